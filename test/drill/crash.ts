import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { App, OpenDrill, Scorecard } from '../../src/app/contract.ts';
import type { LedgerHooks } from '../../src/app/ledger.ts';
import { newHome, rigApp, roomsOf } from '../rig/app.ts';

/**
 * The tool dies at every entry of every drill, once just before the entry is written and once just after, and is started
 * again. The end must be the same: everything true in the simulators that must be, and no war room made twice.
 */

const homes: string[] = [];
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

class Died extends Error {}

type Death = Readonly<{ at: number; when: 'before' | 'after' }>;

/** Counts entries from the opening of the drill on, and throws at the chosen one; the tool never gets to say anything more. */
const dyingAt = (death: Death | null): Readonly<{ hooks: LedgerHooks; appended: () => number }> => {
  let count = 0;
  let dead = false;
  const die = (): never => {
    dead = true;
    throw new Died();
  };
  return {
    appended: () => count,
    hooks: {
      before: () => {
        if (dead || (death?.when === 'before' && count + 1 === death.at)) die();
        count += 1;
      },
      after: () => {
        if (death?.when === 'after' && count === death.at) die();
      },
    },
  };
};

const finish = async (app: App, drill: OpenDrill): Promise<Scorecard> => {
  await drill.auto(() => undefined);
  const card = await drill.finish();
  await drill.leave();
  expect((await app.verify(drill.id)).problems).toEqual([]);
  return card;
};

/** One whole drill, dying once. Null when the death lies behind its last entry. */
const playDying = async (
  runbook: string,
  death: Death | null,
): Promise<Readonly<{ card: Scorecard; appended: number; rooms: readonly string[] }>> => {
  const home = newHome();
  homes.push(home);
  const { hooks, appended } = dyingAt(death);
  const app = await rigApp({ home, hooks });
  let drill: OpenDrill | null = null;
  try {
    drill = await app.drill(runbook, { seed: 7, auto: true });
    const card = await finish(app, drill);
    return { card, appended: appended(), rooms: roomsOf(home, drill.id) };
  } catch (error) {
    if (!(error instanceof Died)) throw error;
  }
  await drill?.leave();
  const again = await rigApp({ home });
  // It may have died before anybody was handed the drill: then it is found as a person finds it, in the list.
  const id = drill?.id ?? again.incidents()[0]?.id ?? '';
  const resumed = (await again.open(id)) as OpenDrill;
  const card = await finish(again, resumed);
  return { card, appended: appended(), rooms: roomsOf(home, id) };
};

const holds = (card: Scorecard): readonly string[] =>
  card.ends.filter((end) => !end.holds).map((end) => end.id);

/** Every runbook that has a drill; the halves run beside each other, because this takes longer than all other tests. */
const runbooks = (half: 0 | 1): readonly string[] => {
  const folder = join(import.meta.dirname, '../../runbooks');
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'drill.yaml')))
    .toSorted()
    .filter((_, i) => i % 2 === half);
};

export const crashesEverywhere = (half: 0 | 1): void =>
  describe.each(runbooks(half))('%s', (runbook) => {
    test('is passed by the scripted responder', async () => {
      const { card, rooms } = await playDying(runbook, null);
      // Sees what the drill makes: otherwise the comparison below could not fail.
      expect(rooms.filter((name) => name.startsWith('incident-room'))).toHaveLength(1);
      expect(holds(card)).toEqual([]);
      expect(card.passed).toBe(true);
    });

    test.each(['before', 'after'] as const)(
      'ends the same when the tool dies just %s any of its entries',
      async (when) => {
        const { card, appended, rooms } = await playDying(runbook, null);
        expect(card.passed).toBe(true);
        expect(appended).toBeGreaterThan(30);
        const wrong: string[] = [];
        for (let at = 1; at <= appended; at += 1) {
          const died = await playDying(runbook, { at, when });
          if (!died.card.passed) wrong.push(`${when} append ${at}: ${holds(died.card).join(', ')}`);
          if (died.rooms.join() !== rooms.join())
            wrong.push(`${when} append ${at}: ${died.rooms.join(', ')}`);
        }
        expect(wrong).toEqual([]);
      },
      240_000,
    );
  });
