import { join } from 'node:path';
import type { RetryClass } from '../../src/model/action.ts';
import { limits } from '../../src/model/limits.ts';
import { hear, noAcks, standingOf } from './acks.ts';
import { driversFor, type Drivers } from './drivers.ts';
import { incidentsFor, type Incidents } from './incidents.ts';
import { after, cut, FAULTS, type Fault } from './answers.ts';
import { openNowhere, type Nowhere } from './nowhere.ts';
import { startProvider, type Trick } from './provider.ts';
import { together, type Found } from './report.ts';
import { chance, pool, shuffled, timer, type Ended, type Rig } from './rig.ts';
import { TARGETS } from './system.ts';

/** What a vendor can do to a request, over a real socket, for each class: an end in time, an honest one, and no second effect. */

const CLASSES: readonly RetryClass[] = ['A', 'B', 'C', 'D'];
const EXCHANGE_MS = 700;
/** Longer than a request can be under way at a vendor. */
const COME_BACK_MS = 11_000;
const STARTS_MAX = 6;
/** Each exchange, each wait between two, and what a start of the program takes on a busy machine. */
const WAITS_MS = limits.retryFirstWaitMs * (2 ** limits.retriesMax - 1);
const TOTAL_MS = TARGETS.length * ((limits.retriesMax + 1) * EXCHANGE_MS + WAITS_MS);
const START_MS = 30_000;
const WORDS = new Set(['done', 'already', 'accepted', 'failed', 'forbidden', 'not-supported', 'unknown']);

const trickOf = ({ answer, once }: Extract<Fault, { answer: unknown }>): Trick => {
  let met = 0;
  return (request, response, apply) => {
    met += 1;
    if (once && met > 1) return false;
    answer(response, request, apply);
    return true;
  };
};

type Case = Readonly<{ fault: string; retry: RetryClass }>;

/** What it held to be done when it came to its end. */
const doneIn = ({ lines }: Ended): readonly string[] =>
  lines.flatMap((line) => /^is (\S+) (?:done|already|accepted) /.exec(line)?.[1] ?? []);

/** What is wrong with the start that met the fault. */
const atFault = (fault: Fault, { lines }: Ended, took: number): readonly string[] => {
  const outcomes = lines.filter((line) => line.startsWith('outcome '));
  const doubted = lines.some((line) => line.startsWith('unsure ')) || outcomes.some(endsUnknown);
  return [
    ...(took > TOTAL_MS * 2 + START_MS ? [`it took ${Math.round(took)} ms`] : []),
    ...outcomes
      .filter((line) => !WORDS.has(line.split(' ')[2] ?? ''))
      .map((line) => `an outcome nobody knows: ${line}`),
    // What never left was not done, and nobody has to look whether it was.
    ...('at' in fault && doubted ? ['in doubt, though nothing was sent'] : []),
  ];
};

const endsUnknown = (line: string): boolean => line.endsWith(' unknown');

type Parts = Readonly<{ rig: Rig; drivers: Drivers; incidents: Incidents; nowhere: Nowhere }>;

const one = async ({ rig, drivers, incidents, nowhere }: Parts, { fault, retry }: Case): Promise<Found> => {
  const name = `"${fault}" in class ${retry}`;
  const is = FAULTS[fault];
  if (is === undefined) throw new Error(`there is no fault ${fault}`);
  const { folder, path } = await incidents(retry, TARGETS);
  const vendor = await startProvider(join(folder, 'effects'), retry);
  const acks = noAcks();
  const said: string[] = [];
  const begin = async (laterMs: number, url: string, exchangeMs: number | null): Promise<Ended> => {
    // Once where the fault is met: each request is repeated as it may be even so.
    const rounds = said.length === 0 ? 1 : 6;
    const given = { path, url, retry, laterMs, exchangeMs, rounds, targets: TARGETS } as const;
    const ended = await drivers.start({ ...given, die: null, mode: 'intent-first' }).ended;
    hear(ended.lines, acks);
    said.push(...ended.lines);
    return ended;
  };
  try {
    if ('answer' in is) vendor.trick(trickOf(is));
    const started = performance.now();
    const first = 'at' in is ? await begin(0, nowhere[is.at], null) : await begin(0, vendor.url, EXCHANGE_MS);
    const took = performance.now() - started;
    vendor.trick(null);
    let last = await begin(COME_BACK_MS, vendor.url, null);
    for (let i = 2; i < STARTS_MAX && doneIn(last).length < TARGETS.length; i += 1)
      last = await begin(i * COME_BACK_MS, vendor.url, null);
    const { lost, findings } = standingOf(path, acks);
    const effects = await vendor.effects();
    const doubled = TARGETS.reduce((sum, target) => sum + Math.max(0, (effects.get(target) ?? 0) - 1), 0);
    if (doubled > 0) rig.say(`  ${name}: ${doubled} doubled`);
    const lied = doneIn(last).filter((target) => !effects.has(target));
    const broken = [
      ...atFault(is, first, took),
      ...(last.lines.at(-1) === 'end' ? [] : [`it never came to its end: ${last.stderr}`]),
      ...(doneIn(last).length === TARGETS.length ? [] : ['the vendor is well again, and it is not through']),
      ...(lied.length === 0 ? [] : [`told as done and not done: ${lied.join(', ')}`]),
      ...findings,
    ].map((says) => `${name}: ${says}`);
    return { lost, doubled, unsure: said.filter((line) => line.startsWith('unsure ')).length, broken };
  } finally {
    await vendor.close();
  }
};

/** Whether a script doubles an effect whose answer was lost, as scripts do: it has no line of it, so it acts again. */
const scriptDoubles = async ({ drivers, incidents }: Parts): Promise<boolean> => {
  const { folder, path } = await incidents('D', TARGETS);
  const vendor = await startProvider(join(folder, 'effects'), 'D');
  try {
    vendor.trick(trickOf({ answer: after(cut), once: true }));
    const given = {
      path,
      url: vendor.url,
      retry: 'D',
      targets: TARGETS,
      exchangeMs: null,
      rounds: 1,
    } as const;
    for (const laterMs of [0, COME_BACK_MS])
      await drivers.start({ ...given, laterMs, die: null, mode: 'act-first' }).ended;
    return [...(await vendor.effects()).values()].some((times) => times > 1);
  } finally {
    await vendor.close();
  }
};

export const api = async (rig: Rig): Promise<Found> => {
  const rounds = rig.full ? 20 : 1;
  const cases = Array.from({ length: rounds }, () =>
    Object.keys(FAULTS).flatMap((fault) => CLASSES.map((retry): Case => ({ fault, retry }))),
  ).flat();
  // Most of them wait: more of them at a time than there are cores.
  const drivers = driversFor(rig, rig.workers);
  await using nowhere = await openNowhere(rig);
  try {
    const parts: Parts = { rig, drivers, incidents: incidentsFor(rig), nowhere };
    const found = await pool(
      shuffled(chance(rig.seed), cases),
      rig.workers * 12,
      async (it) => await one(parts, it),
      timer(rig, 'API faults', 45),
    );
    rig.say(`  ${found.length} of ${cases.length} API faults`);
    const doubles = await scriptDoubles(parts);
    return { ...together(found), controls: { 'act again where no answer came': doubles } };
  } finally {
    drivers.close();
  }
};
