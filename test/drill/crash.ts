import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { App, OpenDrill, Scorecard } from '../../src/app/contract.ts';
import type { LedgerHooks } from '../../src/app/ledger.ts';
import { newHome, rigApp, roomsOf } from '../rig/app.ts';

/**
 * The tool dies at every entry of every drill, once just before the entry is written and once just after, and is started
 * again. The end must be the same: everything true in the simulators that must be, and no war room made twice.
 * One play dies at every eighth entry, and the next play one entry later, so that eight plays die at all of them. Every other
 * scenario dies before its entries and the rest after them; with FIREBREAK_CRASHES=both each does both, and with
 * FIREBREAK_CRASHES=single each play dies once, which takes an hour.
 */

const asked = process.env['FIREBREAK_CRASHES'];
const APART = asked === 'single' ? Number.POSITIVE_INFINITY : 8;
const whens = (place: number): readonly Deaths['when'][] =>
  asked === undefined ? [place % 2 === 0 ? 'before' : 'after'] : ['before', 'after'];

const homes: string[] = [];
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
});

class Died extends Error {}

/** At which entry it dies first, and how many entries later again. */
type Deaths = Readonly<{ first: number; apart: number; when: 'before' | 'after' }>;

/** Counts entries from the opening of the drill on, over all starts; once dead, the tool never gets to say anything more. */
const dying = (deaths: Deaths | null) => {
  let count = 0;
  let died = 0;
  const due = (at: number): boolean =>
    deaths !== null && at >= deaths.first + (died === 0 ? 0 : died * deaths.apart);
  return {
    appended: () => count,
    died: () => died,
    /** The hooks of one start. */
    hooks: (): LedgerHooks => {
      let dead = false;
      const die = (): never => {
        dead = true;
        died += 1;
        throw new Died();
      };
      return {
        before: () => {
          if (dead) throw new Died();
          if (deaths?.when === 'before' && due(count + 1)) die();
          count += 1;
        },
        after: () => {
          if (!dead && deaths?.when === 'after' && due(count)) die();
        },
      };
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

type Played = Readonly<{ card: Scorecard; appended: number; died: number; rooms: readonly string[] }>;

/** One whole drill, started again after each death. */
const playDying = async (runbook: string, deaths: Deaths | null): Promise<Played> => {
  const home = newHome();
  homes.push(home);
  const { hooks, appended, died } = dying(deaths);
  let id = '';
  for (;;) {
    const app = await rigApp({ home, hooks: hooks() });
    let drill: OpenDrill | null = null;
    try {
      // It may have died before anybody was handed the drill: then it is found as a person finds it, in the list.
      if (id === '') id = app.incidents()[0]?.id ?? '';
      drill =
        id === '' ? await app.drill(runbook, { seed: 7, auto: true }) : ((await app.open(id)) as OpenDrill);
      ({ id } = drill);
      const card = await finish(app, drill);
      return { card, appended: appended(), died: died(), rooms: roomsOf(home, id) };
    } catch (error) {
      if (!(error instanceof Died)) throw error;
    }
    await drill?.leave();
  }
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
  describe.each(runbooks(half).map((runbook, place) => [runbook, place] as const))('%s', (runbook, place) => {
    let calm: Promise<Played> | null = null;
    /** The play in which nothing dies: what it ends in is asked by both tests. */
    const undisturbed = async (): Promise<Played> => await (calm ??= playDying(runbook, null));

    test('is passed by the scripted responder', async () => {
      const { card, rooms } = await undisturbed();
      // Sees what the drill makes: otherwise the comparison below could not fail.
      expect(rooms.filter((name) => name.startsWith('incident-room'))).toHaveLength(1);
      expect(holds(card)).toEqual([]);
      expect(card.passed).toBe(true);
    });

    test.each(whens(place))(
      'ends the same when the tool dies just %s any of its entries',
      async (when) => {
        const { card, appended, rooms } = await undisturbed();
        expect(card.passed).toBe(true);
        expect(appended).toBeGreaterThan(30);
        const wrong: string[] = [];
        let deaths = 0;
        for (let first = 1; first <= Math.min(appended, APART); first += 1) {
          const played = await playDying(runbook, { first, apart: APART, when });
          deaths += played.died;
          const name = `${when} entry ${first}${APART > appended ? '' : ` and each ${APART} later`}`;
          if (!played.card.passed) wrong.push(`${name}: ${holds(played.card).join(', ')}`);
          if (played.rooms.join() !== rooms.join()) wrong.push(`${name}: ${played.rooms.join(', ')}`);
        }
        // What was written twice over by starting again is died at too.
        expect(deaths).toBeGreaterThanOrEqual(appended);
        expect(wrong).toEqual([]);
      },
      240_000,
    );
  });
