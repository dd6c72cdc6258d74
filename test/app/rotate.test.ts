import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { OpenIncident } from '../../src/app/contract.ts';
import { stageActs } from '../../src/incident/rotation.ts';
import { stages } from '../../src/model/action.ts';
import type { Fresh, Recorded } from '../../src/model/event.ts';
import { limits } from '../../src/model/limits.ts';
import { keysOf, OLD, oldLives, rotated, shop } from './rotation-rig.ts';
import type { Shop } from './rotation-rig.ts';

/** A new credential is made, put in its place and proved there before the old one ends; whatever happens in between. */

const begun = async (one: Shop): Promise<OpenIncident> =>
  await (await one.app()).contain('orders-key', 'rotate');

const kinds = (incident: OpenIncident): readonly string[] =>
  incident
    .timeline()
    .map(({ kind }) => kind)
    .filter((kind) => /^(act|rotation|credential)\./.test(kind));

describe('a rotation', () => {
  test('makes, places, proves, ends the old one and asks the service again, each in the journal by itself', async () => {
    const one = await shop();
    const incident = await begun(one);
    const report = await rotated(incident);
    expect(report).toMatchObject({ state: 'rotated', at: 'done', oldDead: true, placed: true });
    const [key, ...others] = keysOf(one);
    expect(others).toEqual([]);
    expect(one.used()).toBe(key);
    expect(oldLives(one)).toBe(false);
    const three = ['act.intent', 'act.outcome', 'act.verified'];
    expect(kinds(incident)).toEqual([
      'rotation.begun',
      'act.intent',
      'credential.made',
      'act.outcome',
      'act.verified',
      ...three,
      ...three,
      'act.intent',
      'act.kept',
      'act.outcome',
      'act.verified',
      ...three,
      'rotation.ended',
    ]);
    const { state, containment } = incident.view();
    const [rotation] = [...state.rotations.values()];
    expect(rotation).toMatchObject({ ended: 'rotated', make: 'twilio.make-key', place: 'orders' });
    for (const stage of stages) expect(stageActs(state, rotation?.n ?? 0, stage)).toHaveLength(1);
    // To the board it is what killing it is, and nothing else.
    expect(containment.targets.map(({ item, action, hold }) => [item, action, hold])).toEqual([
      ['orders-key', 'twilio.delete-key', 'proved'],
    ]);
  });

  test('shows both ways before, with what was declared and nothing that was guessed', async () => {
    const one = await shop();
    const plan = await (await one.app()).planRotation('orders-key');
    expect(plan).toMatchObject({
      next: 'make',
      make: { action: 'twilio.make-key', byHand: null, endsOld: false },
      place: { name: 'orders', minutes: 5, shut: null },
      kill: { friction: 'type-target', phrase: 'orders-key' },
    });
    expect(one.twilio().keys).toHaveLength(2);
  });

  test('wants the name of the credential typed, and a plan that still stands', async () => {
    const one = await shop();
    const incident = await begun(one);
    const plan = await incident.prepareRotation('orders-key', null);
    await expect(incident.rotate(plan, { yes: true }, {})).rejects.toThrow(/needs-confirmation/);
    await expect(incident.rotate({ ...plan, sha256: '00' }, { typed: 'orders-key' }, {})).rejects.toThrow(
      /plan-changed/,
    );
    await one.clock.sleep(limits.previewMaxAgeMs + 1);
    await expect(incident.rotate(plan, { typed: 'orders-key' }, {})).rejects.toThrow(/plan-changed/);
    expect(kinds(incident)).toEqual([]);
    expect(keysOf(one)).toHaveLength(1);
  });

  test('leaves no copy of the new one behind, and none in any line', async () => {
    const one = await shop();
    const incident = await begun(one);
    const lines: unknown[] = [];
    const report = await rotated(incident, {}, (line) => void lines.push(line));
    const secret = one.used().split(':')[1] ?? 'nothing was made';
    const rows = incident.timeline();
    expect(JSON.stringify([lines, report, rows, incident.view()])).not.toContain(secret);
    const names = ['args', 'receipt', 'after', 'exchange', 'detail', 'how', 'secret'];
    for (const { n } of rows)
      for (const name of names) expect(incident.reveal({ n, name }) ?? '').not.toContain(secret);
    expect([...incident.view().state.rotations.values()][0]?.made?.fingerprint).not.toBe('');
  });
});

/** Dies at the nth writing of this incident, before it is durable or right after. */
const dying = (nth: number, when: 'before' | 'after') => {
  let count = 0;
  let dead = false;
  const die = (at: 'before' | 'after'): void => {
    if (dead) throw new Error('the tool is dead');
    if (at === 'before') count += 1;
    if (at !== when || count !== nth) return;
    dead = true;
    throw new Error('the tool died');
  };
  return {
    hooks: {
      before: (_events: readonly Fresh[]): void => die('before'),
      after: (_written: readonly Recorded[]): void => die('after'),
    },
    died: () => dead,
  };
};

/** Writings of a whole rotation, of which the first tests count the entries. */
const WRITINGS = 18;

describe.each(['before', 'after'] as const)('a crash %s an entry is durable', (when) => {
  test.each(Array.from({ length: WRITINGS }, (_one, i) => i + 1))(
    'writing %i: gone on with, there is one new key, the service has it, and the old one is dead',
    async (nth) => {
      const one = await shop();
      const first = await begun(one);
      const { id } = first;
      await first.leave();
      const death = dying(nth, when);
      const doomed = await (await one.app(death.hooks)).open(id);
      await rotated(doomed).catch(() => null);
      await doomed.leave().catch(() => undefined);
      expect(death.died()).toBe(true);
      // Wherever it died: no key ended before another was in its place.
      if (!oldLives(one)) expect(keysOf(one)).toContain(one.used());
      const again = await (await one.app()).open(id);
      const open = [...again.view().state.rotations.values()].some(({ ended }) => ended === null);
      const report = open || nth <= 1 ? await rotated(again) : null;
      if (report !== null) expect(report.state).toBe('rotated');
      expect(keysOf(one)).toEqual([one.used()]);
      expect(oldLives(one)).toBe(false);
      const { state } = again.view();
      expect([...state.rotations.values()].map(({ ended }) => ended)).toEqual(['rotated']);
      expect([...state.acts.values()].filter(({ result }) => result === null)).toEqual([]);
      await again.leave();
    },
  );
});

describe('a service that does not come back', () => {
  test('keeps the old one alive, says what is still true, and is gone on with once it is mended', async () => {
    const one = await shop();
    const incident = await begun(one);
    one.service.broken = true;
    const report = await rotated(incident);
    expect(report).toMatchObject({ state: 'unproved', at: 'prove', oldDead: false, placed: true });
    expect(report.why).toContain('503');
    expect(oldLives(one)).toBe(true);
    expect(one.clock.slept()).toBeGreaterThanOrEqual(5 * 60_000);
    one.service.broken = false;
    expect(await rotated(incident)).toMatchObject({ state: 'rotated' });
    expect(keysOf(one)).toEqual([one.used()]);
    expect(one.twilio().keys_made).toBe(1);
  });

  test('after the old one is dead says so, and puts the new one in its place again when asked to', async () => {
    const one = await shop();
    const incident = await begun(one);
    const report = await rotated(incident, {}, (line) => {
      if (line.is === 'proof' && !oldLives(one)) one.service.broken = true;
    });
    expect(report).toMatchObject({ state: 'unproved', at: 'after', oldDead: true });
    writeFileSync(one.file, 'somebody wrote over it');
    one.service.broken = false;
    expect(await rotated(incident, { again: true })).toMatchObject({ state: 'rotated' });
    expect(keysOf(one)).toEqual([one.used()]);
  });

  test('can be gone back from: the old one is in its place again and the new one is dead', async () => {
    const one = await shop();
    const app = await one.app();
    const old = one.used();
    const incident = await app.contain('orders-key', 'rotate', { leaked: [old] });
    one.service.broken = true;
    await rotated(incident);
    expect(one.used()).not.toBe(old);
    one.service.broken = false;
    const plan = await incident.prepareRotation('orders-key', null);
    const back = await incident.goBack(plan, { typed: 'orders-key' }, {});
    expect(back).toMatchObject({ state: 'back', left: null, service: { is: 'proved' } });
    expect(one.used()).toBe(old);
    expect(keysOf(one)).toEqual([old]);
    // A new rotation begins with a new key.
    expect(await rotated(incident)).toMatchObject({ state: 'rotated' });
    expect(one.twilio().keys_made).toBe(2);
  });

  test('without a copy of the old one, a person puts it back first', async () => {
    const one = await shop();
    const old = one.used();
    const incident = await begun(one);
    one.service.broken = true;
    await rotated(incident);
    const plan = await incident.prepareRotation('orders-key', null);
    expect(await incident.goBack(plan, { typed: 'orders-key' }, {})).toMatchObject({ state: 'by-hand' });
    writeFileSync(one.file, old);
    one.service.broken = false;
    const again = await incident.prepareRotation('orders-key', null);
    expect(await incident.goBack(again, { typed: 'orders-key' }, { placed: true })).toMatchObject({
      state: 'back',
      left: null,
    });
  });

  test('cannot be gone back from once the old one is dead', async () => {
    const one = await shop();
    const incident = await begun(one);
    await rotated(incident, {}, (line) => {
      if (line.is === 'proof' && !oldLives(one)) one.service.broken = true;
    });
    const plan = await incident.prepareRotation('orders-key', null);
    await expect(incident.goBack(plan, { typed: 'orders-key' }, { placed: true })).rejects.toThrow(/dead/);
  });
});

describe('an old one that may be dead', () => {
  test('is not put back, and the new one is not ended, until the system has been asked', async () => {
    const one = await shop();
    const incident = await begun(one);
    const report = await rotated(incident, {}, (line) => {
      // Ended, and the vendor answers no question about it.
      if (line.is === 'outcome' && !oldLives(one))
        for (let i = 0; i <= limits.retriesMax; i += 1) one.vendor.fault({ is: 'status', status: 503 });
    });
    expect(report).toMatchObject({ state: 'unproved', at: 'revoke', oldDead: false });
    const [fresh] = keysOf(one);
    const plan = await incident.prepareRotation('orders-key', null);
    const back = incident.goBack(plan, { typed: 'orders-key' }, { placed: true });
    await expect(back).rejects.toThrow(/may be dead/);
    expect(keysOf(one)).toEqual([fresh]);
    expect(one.used()).toBe(fresh);
    expect(await rotated(incident)).toMatchObject({ state: 'rotated' });
  });

  test('that turns out to live can be put back', async () => {
    const one = await shop();
    const app = await one.app();
    const old = one.used();
    const incident = await app.contain('orders-key', 'rotate', { leaked: [old] });
    let cut = false;
    await rotated(incident, {}, (line) => {
      if (line.is !== 'proof' || cut || one.used() === old) return;
      cut = true;
      one.vendor.fault({ is: 'status', status: 403, method: 'DELETE', path: 'Keys' });
    });
    expect(oldLives(one)).toBe(true);
    const plan = await incident.prepareRotation('orders-key', null);
    expect(await incident.goBack(plan, { typed: 'orders-key' }, {})).toMatchObject({ state: 'back' });
    expect(one.used()).toBe(old);
  });
});

describe('a new one that a person makes', () => {
  const row = '    rotate_by_hand: Console > API keys\n    place: orders';
  const byHand = async () => {
    const one = await shop({ row });
    one.vendor.change(
      (state) =>
        ({
          ...(state as object),
          keys: [
            ...one.twilio().keys,
            { ...one.twilio().keys[1], sid: `SK${'a'.repeat(32)}`, secret: 'hand-made-secret' },
          ],
        }) as never,
    );
    return { one, incident: await begun(one), fresh: `SK${'a'.repeat(32)}:hand-made-secret` };
  };

  test('is asked for, and nothing is begun without it', async () => {
    const { one, incident } = await byHand();
    const plan = await incident.prepareRotation('orders-key', null);
    expect(plan.make.byHand).toMatchObject({ manual: { where: 'Console > API keys' } });
    expect(await rotated(incident)).toMatchObject({ state: 'by-hand', at: 'make', made: null });
    expect(oldLives(one)).toBe(true);
  });

  test('is placed, proved by the service, and then the old one ends', async () => {
    const { one, incident, fresh } = await byHand();
    expect(await rotated(incident, { fresh })).toMatchObject({ state: 'rotated', oldDead: true });
    expect(one.used()).toBe(fresh);
    expect(oldLives(one)).toBe(false);
  });

  test('that was pasted wrong leaves the old one alone, and can be given again', async () => {
    const { one, incident, fresh } = await byHand();
    expect(await rotated(incident, { fresh: 'SKnot:the-key' })).toMatchObject({
      state: 'unproved',
      at: 'prove',
      oldDead: false,
    });
    expect(oldLives(one)).toBe(true);
    expect(await rotated(incident, { fresh })).toMatchObject({ state: 'rotated' });
    expect(one.used()).toBe(fresh);
  });
});

test('killing the old one on the spot stands, and the rotation goes on with what is left', async () => {
  const one = await shop();
  const incident = await begun(one);
  one.service.broken = true;
  await rotated(incident);
  const kill = await incident.prepareItem('orders-key', 'revoke');
  expect((await incident.run(kill, { typed: kill.phrase })).state).toBe('proved');
  one.service.broken = false;
  expect(await rotated(incident)).toMatchObject({ state: 'rotated' });
  expect(OLD).not.toBe('');
});

test('what is no credential is not replaced', async () => {
  const one = await shop();
  await expect((await one.app()).planRotation('nothing')).rejects.toThrow(/not-found/);
});
