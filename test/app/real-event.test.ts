import { afterEach, describe, expect, test } from 'vitest';
import type { App, OpenDrill } from '../../src/app/contract.ts';
import { newHome, rigApp } from '../rig/app.ts';

/** Something real happens while people play: the drill ends and is kept, and nothing of it becomes an incident. */

const RUNBOOK = 'leaked-whatsapp-token';
const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const appAt = async (home: string, actor = 'ada'): Promise<App> => {
  const app = await rigApp({ home, actor });
  ends.push(async () => await app.close());
  return app;
};

type Played = Readonly<{ home: string; app: App; drill: OpenDrill }>;
const played = async (): Promise<Played> => {
  const home = newHome();
  const app = await appAt(home);
  const drill = await app.drill(RUNBOOK, {});
  ends.push(async () => await drill.leave());
  await drill.acknowledge();
  await drill.act({ do: 'note', text: 'Practised words' });
  return { home, app, drill };
};

const ended = (drill: OpenDrill): readonly string[] =>
  drill.timeline().flatMap(({ what, actor }) => (what.startsWith('REAL EVENT') ? [actor] : []));

describe('a real event', () => {
  test('ends the drill where it stands: scored as far as it came, closed, and never gone on with', async () => {
    const { app, drill } = await played();
    await drill.realEvent();
    const { state } = drill.view();
    expect(state.phase).toBe('closed');
    expect(drill.over()).toContain('Something real happened');
    expect(drill.notices()).toContain('REAL EVENT: ! declares it');
    expect(app.incidents('live')).toEqual([]);
    const size = drill.view().state.size;
    await drill.realEvent();
    expect(drill.view().state.size).toBe(size);
    await drill.leave();
    const again = await app.drill(RUNBOOK, {});
    ends.push(async () => await again.leave());
    expect(again.id).not.toBe(drill.id);
  });

  test('is why the report says that it ended, with what was not measured; it counts as no drill held', async () => {
    const { app, drill } = await played();
    await drill.realEvent();
    const programme = await app.programme();
    const report = await programme.report({ drill: drill.id, format: 'md', pseudonyms: false });
    const text = new TextDecoder().decode(report.bytes);
    expect(text).toContain('CUT SHORT: something real happened');
    expect(text).toMatch(/Not measured: \d+ of \d+ steps were not reached: .*revoke/);
    expect(text).toMatch(/Not measured: \d+ messages had not come/);
    expect(programme.cadence()).toMatchObject({ played: 0, programme: { last: null } });
    // The control: one that people played to its score counts.
    const other = await app.drill(RUNBOOK, { fresh: true, seed: 5 });
    ends.push(async () => await other.leave());
    await other.finish();
    expect((await app.programme()).cadence().played).toBe(1);
  });

  test('is said from another terminal although somebody sits in the chair, in the name of who said it', async () => {
    const { home, drill } = await played();
    const seat = await (await appAt(home, 'eve')).facilitate(null, true);
    ends.push(() => seat.leave());
    expect(await (await appAt(home, 'mallory')).realEvent(null)).toBe(drill.id);
    expect(ended(drill)).toEqual(['mallory']);
    expect(drill.view().state.phase).toBe('closed');
    expect((await seat.page()).over).toContain('Something real happened');
  });

  test('is said by the facilitator too', async () => {
    const { home, drill } = await played();
    const seat = await (await appAt(home, 'eve')).facilitate(null, true);
    ends.push(() => seat.leave());
    expect(await seat.direct({ do: 'real-event' })).toContain('firebreak declare');
    expect(ended(drill)).toEqual(['eve']);
  });

  test('ends an unfinished drill that nobody plays; where there is none it says that nothing has to end', async () => {
    const { home, drill } = await played();
    await drill.leave();
    const other = await appAt(home, 'eve');
    expect(await other.realEvent(null)).toBe(drill.id);
    expect(other.incidents('drills').map(({ phase }) => phase)).toEqual(['closed']);
    await expect(other.realEvent(null)).rejects.toMatchObject({
      code: 'not-found',
      facts: { next: expect.stringContaining('firebreak declare') as string },
    });
  });
});
