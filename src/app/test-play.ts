import { conditionName } from '../base/condition.ts';
import type { Json } from '../base/canonical.ts';
import { isProblem } from '../base/problem.ts';
import { clockName, contextAt } from '../drill/context.ts';
import { play } from '../drill/play.ts';
import type { Player } from '../drill/play.ts';
import { letterWord, statusesOf, wayThrough } from '../drill/testing/seen.ts';
import type { Seen } from '../drill/testing/seen.ts';
import { progress } from '../incident/ready.ts';
import type { DrillSource } from '../model/drill.ts';
import type { RunbookTest } from '../model/runbook-test.ts';
import type { Known } from '../model/scenario.ts';
import { containment } from '../projections/containment.ts';
import type { Base } from './base.ts';
import { directorOf } from './drill-door.ts';
import { playerOf } from './drill-player.ts';
import type { DrillParts } from './drill-parts.ts';
import { startBare } from './drills.ts';
import type { Runtime } from './incident.ts';
import type { Playable } from './test-places.ts';
import { trouble } from './trouble.ts';
import { clocksOf, titlesOf } from './views.ts';

/** One test of a runbook, played by the scripted responder on simulators, and what came of it. */

/** What one test makes of the scenery that its file stands in. */
const stagedFor = (drill: DrillSource, test: RunbookTest): DrillSource => ({
  ...drill,
  starts: test.starts ?? drill.starts,
  earliest: test.earliest ?? drill.earliest,
  moves: { ...drill.moves, ...test.moves },
  faults: test.faults ?? drill.faults ?? [],
});

/** As quick as the runbook says, and no further than the test wants to see. */
const upTo = (player: Player, until: string | undefined): Player => ({
  ...player,
  pace: () => 1,
  over: () => player.over() || (until !== undefined && player.progress().current?.step.id === until),
});

const stuckAt = (error: unknown, player: Player): Seen['stuck'] => {
  if (!isProblem(error)) throw error;
  const { step, why } = error.facts;
  const words =
    error.code === 'drill-not-passed' && why !== undefined && why !== '' ? why : trouble(error).failed;
  return { step: step ?? player.progress().current?.step.id ?? 'the end', why: words };
};

const playedTo = async (player: Player, drill: DrillSource, test: RunbookTest): Promise<Seen['stuck']> => {
  try {
    for (const [fact, value] of Object.entries(test.facts ?? {}))
      await player.learn(fact, value, 'It is known before the first step.');
    await play(player, drill, () => undefined, test.before ?? {});
    return null;
  } catch (error) {
    return stuckAt(error, player);
  }
};

/** Words are sealed beside the journal, everything else stands in it. */
const factsOf = ({ parts: { ledger } }: Runtime): ReadonlyMap<string, Known> =>
  new Map(
    [...ledger.state().facts].flatMap(([id, fact]): readonly (readonly [string, Known])[] => {
      if (!fact.known || fact.ruledOut) return [];
      const value = fact.value ?? ledger.reveal({ n: fact.n, name: 'text' });
      return [[id, plain(value)]];
    }),
  );

/** A range is known by what it is about. */
const plain = (value: Json): Known => {
  if (Array.isArray(value)) return value.map(String);
  if (value === null || typeof value !== 'object') return value;
  const about: Json | undefined = (value as Readonly<Record<string, Json>>)['about'];
  return typeof about === 'number' ? about : JSON.stringify(value);
};

const seenIn = async (
  runtime: Runtime,
  parts: DrillParts,
  test: RunbookTest,
  stuck: Seen['stuck'],
): Promise<Seen> => {
  const { ledger, frozen, world, zone } = runtime.parts;
  const state = ledger.state();
  const stands = progress(state);
  const now = world.clock.now();
  const clocks = clocksOf(state, frozen, now, zone);
  const letters = Object.keys(test.expect.letters ?? {});
  const complete = await Promise.all(letters.map(async (id) => (await runtime.letter(id)).complete));
  return {
    ...wayThrough([...ledger.entries()]),
    steps: statusesOf(stands),
    clocks: new Map(clocks.map((clock) => [clock.duty, clock])),
    letters: new Map(letters.map((id, i) => [id, letterWord(stands.steps, id, complete[i] === true)])),
    containment: containment(state, titlesOf(frozen)),
    facts: factsOf(runtime),
    context: contextAt({
      state,
      progress: stands,
      truth: Object.fromEntries(
        Object.entries(parts.systems.truth()).map(([name, truth]) => [conditionName(name), truth]),
      ),
      clocks: Object.fromEntries(clocks.map((clock) => [clockName(clock.duty), clock.standing])),
      start: parts.start,
      now,
    }),
    stuck,
  };
};

export type Tested = Readonly<{ seen: Seen; earliest: string }>;

/** `base.home` is a folder that is thrown away afterwards. */
export const playTest = async (
  base: Base,
  { runbook, place, drill: around }: Playable,
  test: RunbookTest,
): Promise<Tested> => {
  const drill = stagedFor(around, test);
  const { runtime, parts } = await startBare(
    base,
    { ...place, setting: { ...place.setting, drill } },
    runbook,
  );
  try {
    const director = directorOf(runtime, parts);
    const player = upTo(playerOf(runtime, parts, director), test.until);
    const stuck = await playedTo(player, drill, test);
    return { seen: await seenIn(runtime, parts, test, stuck), earliest: drill.earliest };
  } finally {
    await runtime.leave();
    await parts.systems.close();
  }
};
