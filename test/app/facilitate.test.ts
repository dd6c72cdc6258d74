import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { App, OpenDrill, Seat } from '../../src/app/contract.ts';
import { systemSockets } from '../../src/io/socket.ts';
import { newHome, rigApp } from '../rig/app.ts';

/** A drill that people play, and somebody who directs it through the real socket. */

const RUNBOOK = 'leaked-whatsapp-token';
const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

type Played = Readonly<{ home: string; app: App; drill: OpenDrill; other: (actor: string) => Promise<App> }>;

const played = async (home = newHome()): Promise<Played> => {
  const app = await rigApp({ home });
  ends.push(async () => await app.close());
  const drill = await app.drill(RUNBOOK, {});
  ends.push(async () => await drill.leave());
  const other = async (actor: string): Promise<App> => {
    const one = await rigApp({ home, actor });
    ends.push(async () => await one.close());
    return one;
  };
  return { home, app, drill, other };
};

const seated = async (app: App, drill: OpenDrill | null = null): Promise<Seat> => {
  const seat = await app.facilitate(drill?.id ?? null, true);
  ends.push(() => seat.leave());
  return seat;
};

const spoken = (drill: OpenDrill): readonly string[] =>
  drill
    .timeline()
    .flatMap(({ what, actor }) => (what.startsWith('Facilitator:') ? [`${actor} ${what}`] : []));

describe('a facilitator', () => {
  test('sees the truth, sends, holds and leaves out messages, and each stands in the journal by their handle', async () => {
    const { drill, other } = await played();
    const seat = await seated(await other('eve'));
    const page = await seat.page();
    expect(page.truth.length).toBeGreaterThan(40);
    const [first, second, third] = page.queue.filter(({ state }) => state === 'waiting');
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('messages to come');
    const before = drill.injects().length;
    expect(await seat.direct({ do: 'fire', inject: second.id })).toContain(second.id);
    expect(drill.injects().map(({ id }) => id)).toContain(second.id);
    expect(drill.injects()).toHaveLength(before + 1);
    await seat.direct({ do: 'hold', inject: first.id });
    await seat.direct({ do: 'skip', inject: third.id });
    const state = new Map((await seat.page()).queue.map((one) => [one.id, one.state]));
    expect([first, second, third].map(({ id }) => state.get(id))).toEqual(['held', 'arrived', 'skipped']);
    await expect(seat.direct({ do: 'fire', inject: second.id })).rejects.toThrow('arrived already');
    await expect(seat.direct({ do: 'fire', inject: 'nothing-like-it' })).rejects.toThrow(/usage/);
    expect(spoken(drill)).toEqual([
      'eve Facilitator: joined',
      `eve Facilitator: message ${second.id} sent now`,
      `eve Facilitator: message ${first.id} held back`,
      `eve Facilitator: message ${third.id} left out`,
    ]);
  });

  test('sees what the players did last, and nothing that the company or the drill did', async () => {
    const { drill, other } = await played();
    const seat = await seated(await other('eve'));
    expect((await seat.page()).lately).toEqual([]);
    await drill.acknowledge();
    await drill.act({ do: 'note', text: 'The alarm was muted on Tuesday' });
    await seat.direct({ do: 'assist', text: 'Look at the log' });
    expect((await seat.page()).lately.map(({ who, what }) => `${who} ${what}`)).toEqual([
      expect.stringContaining('ada Note: The alarm was muted on Tuesday') as string,
      expect.stringContaining('The page was acknowledged') as string,
    ]);
  });

  test('may look and act at once: no answer is taken for another one', async () => {
    const { drill, other } = await played();
    const seat = await seated(await other('eve'));
    const [page, said, again] = await Promise.all([seat.page(), seat.direct({ do: 'pause' }), seat.page()]);
    expect([page.paused, again.paused]).toEqual([false, true]);
    expect(said).toContain('stands still');
    expect(drill.over()).toBeNull();
  });

  test('speaks to the players and helps them; a pasted token is masked, and help is counted', async () => {
    const { drill, other } = await played();
    const seat = await seated(await other('eve'));
    await seat.direct({ do: 'free', channel: 'phone', to: 'legal', text: 'The press is on line two' });
    await seat.direct({ do: 'assist', text: 'Card 4111 1111 1111 1111 is no evidence' });
    const last = drill.injects().slice(-2);
    expect(last.map(({ channel, to }) => [channel, to])).toEqual([
      ['phone', 'legal'],
      ['chat', 'commander'],
    ]);
    expect(last[0]?.body).toBe('The press is on line two');
    expect(last[1]?.body).not.toContain('4111 1111');
    expect((await seat.page()).assists).toBe(1);
  });

  test('makes time fly and stand still without one legal clock counting other hours', async () => {
    const { drill, other } = await played();
    const seat = await seated(await other('eve'));
    const due = new Map(drill.view().clocks.map((clock) => [clock.duty, clock.due]));
    await seat.direct({ do: 'compress', speed: 600 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await seat.direct({ do: 'pause' });
    const stood = drill.view().now;
    expect((await seat.page()).minute).toBeGreaterThan(2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(drill.view().now).toBe(stood);
    expect(new Map(drill.view().clocks.map((clock) => [clock.duty, clock.due]))).toEqual(due);
    // Whoever goes on with it tomorrow finds it as it was left.
    await drill.leave();
    const again = await (await other('ada')).drill(RUNBOOK, {});
    ends.push(async () => await again.leave());
    const back = await seated(await other('eve'));
    expect(again.id).toBe(drill.id);
    expect(again.view().now - stood).toBe(0);
    expect(await back.page()).toMatchObject({ paused: true, speed: 600 });
    await back.direct({ do: 'compress', speed: 1 });
    await back.direct({ do: 'go-on' });
    expect(again.view().jumps).toEqual([]);
  });

  test('is alone: a second one is refused in a sentence until the first has gone', async () => {
    const { drill, other } = await played();
    const [eve, mallory] = [await other('eve'), await other('mallory')];
    const seat = await seated(eve);
    await expect(seated(mallory)).rejects.toMatchObject({
      code: 'not-authorised',
      facts: { why: expect.stringContaining('eve facilitates this drill already') as string },
    });
    seat.leave();
    await expect.poll(() => drill.timeline().some(({ what }) => what === 'Facilitator: left')).toBe(true);
    const next = await seated(mallory);
    await next.direct({ do: 'end' });
    expect(drill.over()).not.toBeNull();
    await expect(next.direct({ do: 'pause' })).rejects.toThrow('the drill is over');
  });

  test('finds nobody to direct where nobody plays, and says how to begin', async () => {
    const { drill, other } = await played();
    await drill.leave();
    await expect((await other('eve')).facilitate(null, false)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('is a stranger to the socket: nonsense gets an answer and changes nothing', async () => {
    const { home, drill } = await played();
    const path = join(home, 'drills', drill.id, 'facilitate.sock');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    const size = drill.view().state.size;
    const link = await systemSockets().connect(path);
    for (const line of [
      '',
      'null',
      '{"is":"show"}',
      '{"is":"direct","direction":{"do":"end"}}',
      '{"is":"join","as":"eve\\u001b[2J","stays":true}',
      '{"is":"join","as":"__proto__","stays":"yes"}',
      `[${'['.repeat(5000)}`,
    ])
      expect(JSON.parse(await link.ask(line))).toMatchObject({ ok: false });
    link.close();
    expect(drill.view().state.size).toBe(size);
    expect(drill.over()).toBeNull();
  });
});
