import { isProblem, Problem } from '../base/problem.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { makeScratch } from '../io/scratch.ts';
import type { DrillSource } from '../model/drill.ts';
import type { Base } from './base.ts';
import type { Scorecard, Selftest, SelftestRun, SelftestScenario } from './contract.ts';
import type { WhichCompany } from './place-contract.ts';
import { startDrill } from './drills.ts';
import { placeOf } from './own-drill.ts';
import type { Place, Shelves } from './own-drill.ts';

/**
 * Plays scenarios before people do: the way that is expected, and once into each trap. All of it in a folder of its own, so that no
 * list of drills ever holds it.
 */

type Played = Readonly<{ card: Scorecard; injects: readonly string[]; stuck: string | null }>;

const playOnce = async (
  base: Base,
  place: Place,
  runbook: string,
  seed: number,
  trap: string | null,
): Promise<Played> => {
  const drill = await startDrill(base, place, runbook, { auto: true, fresh: true, seed });
  try {
    let stuck: string | null = null;
    try {
      await drill.auto(() => undefined, trap ?? undefined);
    } catch (error) {
      if (!isProblem(error) || error.code !== 'drill-not-passed') throw error;
      stuck = `${error.facts['step'] ?? ''}: ${error.facts['why'] ?? ''}`;
    }
    const card = await drill.finish();
    return { card, injects: drill.injects().map(({ id }) => id), stuck };
  } finally {
    await drill.leave();
  }
};

const wrongInExpected = ({ card, stuck }: Played): readonly string[] => [
  ...(stuck === null ? [] : [`the scripted responder is stuck at ${stuck}`]),
  ...card.ends.filter(({ holds }) => !holds).map(({ says }) => `not so at the end: ${says}`),
  ...card.traps.map(({ id }) => `the expected way walks into the trap ${id}`),
  ...card.attacks.filter(({ getsIn }) => getsIn !== false).map(({ id }) => `${id} is never refused`),
  ...(card.stopped === null ? [] : [`it was stopped: ${card.stopped}`]),
];

const wrongInTrap = (drill: DrillSource, trap: string, { card, injects }: Played): readonly string[] => {
  const consequence = drill.injects.find(({ after }) => after === trap)?.id;
  return [
    ...(card.traps.some(({ id }) => id === trap) ? [] : ['nobody noticed that it was walked into']),
    ...(consequence === undefined || injects.includes(consequence)
      ? []
      : [`its consequence, ${consequence}, never came`]),
  ];
};

const runOf = (run: string, wrong: readonly string[], { card, injects }: Played): SelftestRun => ({
  run,
  passed: wrong.length === 0,
  wrong,
  injects: injects.length,
  scorecard: card,
});

const scenario = async (
  base: Base,
  place: Place,
  runbook: string,
  seed: number,
  heard: (line: string) => void,
): Promise<SelftestScenario> => {
  const { drill } = place.setting;
  const runs: SelftestRun[] = [];
  const keep = (run: SelftestRun): void => {
    runs.push(run);
    heard(`${run.passed ? 'OK   ' : 'WRONG'} ${runbook} ${run.run}`);
    for (const why of run.wrong) heard(`      ${why}`);
  };
  const expected = await playOnce(base, place, runbook, seed, null);
  keep(runOf('expected', wrongInExpected(expected), expected));
  for (const { id } of drill.traps ?? []) {
    const astray = await playOnce(base, place, runbook, seed, id);
    keep(runOf(`trap:${id}`, wrongInTrap(drill, id, astray), astray));
  }
  return { runbook, passed: runs.every(({ passed }) => passed), runs, unreadable: [], unmapped: null };
};

/** A scenario with a fault in its file is not played; it must not be missing in silence either. */
const broken = (catalog: Catalog, heard: (line: string) => void): SelftestScenario[] =>
  catalog.broken
    .filter(({ kind }) => kind === 'drill')
    .map(({ id, issues }) => {
      const wrong = issues.map(({ message }) => message);
      heard(`WRONG ${id} cannot be read: see firebreak runbook lint`);
      return { runbook: id, passed: false, runs: [], unreadable: wrong, unmapped: null };
    });

export type SelftestAsked = Readonly<{ runbook: string | null; company: WhichCompany | null; seed: number }>;

/** Where one of several has no place in the team's own company, it is said and the others are played; one that was named must have it. */
const placed = async (
  base: Base,
  shelves: Shelves,
  runbook: string,
  { runbook: named, company }: SelftestAsked,
): Promise<Place | string> => {
  try {
    return await placeOf(base, shelves, runbook, company);
  } catch (error) {
    if (named !== null || !isProblem(error) || error.code !== 'drill-unmapped') throw error;
    return error.facts['why'] ?? '';
  }
};

/** @throws Problem `not-found`, `drill-unmapped` */
export const selftest = async (
  base: Base,
  shelves: Shelves,
  asked: SelftestAsked,
  heard: (line: string) => void,
): Promise<Selftest> => {
  const own = asked.company !== 'built-in' && base.workspace !== null;
  const catalog = await (own ? shelves.own() : shelves.example());
  const all = [...catalog.drills.keys()].toSorted();
  const { runbook: named, seed } = asked;
  if (named !== null && !all.includes(named))
    throw new Problem('not-found', { what: 'drill', id: named, near: all.join(', ') });
  const scratch = makeScratch('firebreak-selftest');
  try {
    const apart: Base = { ...base, home: scratch.path };
    const scenarios: SelftestScenario[] = broken(catalog, heard);
    for (const runbook of named === null ? all : [named]) {
      const place = await placed(base, shelves, runbook, asked);
      if (typeof place !== 'string') scenarios.push(await scenario(apart, place, runbook, seed, heard));
      else {
        heard(`NOT PLAYED ${runbook}: ${place}`);
        scenarios.push({ runbook, passed: true, runs: [], unreadable: [], unmapped: place });
      }
    }
    return { seed, passed: scenarios.every(({ passed }) => passed), scenarios };
  } finally {
    scratch.remove();
  }
};
