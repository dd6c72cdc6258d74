import { join } from 'node:path';
import type { RetryClass } from '../../src/model/action.ts';
import { hear, noAcks, standingOf } from './acks.ts';
import type { Die, DriverConfig } from './child/driver.ts';
import { driversFor, type Drivers } from './drivers.ts';
import { incidentsFor, type Incidents } from './incidents.ts';
import { startProvider, type Moment, type Provider } from './provider.ts';
import { together, type Found } from './report.ts';
import { below, chance, pick, pool, timer, type Ended, type Rig } from './rig.ts';
import { FOUR, MANY } from './system.ts';

/** kill -9 of the real engine at every boundary and at chance moments, one to four times a run, until the step is through. */

type Boundary =
  | Readonly<{ at: 'entry'; die: Die }>
  | Readonly<{ at: 'provider'; moment: Moment; nth: number }>
  /** So many milliseconds after so many entries were told as durable. */
  | Readonly<{ at: 'chance'; acks: number; ms: number }>;

const entry =
  (kind: Die['kind'], when: Die['when']) =>
  (nth: number): Boundary => ({
    at: 'entry',
    die: { kind, when, nth },
  });
const provider =
  (moment: Moment) =>
  (nth: number): Boundary => ({ at: 'provider', moment, nth });

const BOUNDARIES: readonly ((nth: number, next: () => number) => Boundary)[] = [
  entry('act.intent', 'before'),
  entry('act.intent', 'after'),
  entry('act.kept', 'after'),
  provider('applied'),
  provider('late'),
  entry('act.outcome', 'before'),
  entry('act.outcome', 'after'),
  provider('asked'),
  entry('act.verified', 'after'),
  provider('later'),
  (nth, next) => ({ at: 'chance', acks: nth * 2 - 2, ms: below(next, 30) }),
];

/**
 * A person settles D, and time C: what arrives later than any request can would be the vendor's own repeat. And nobody asks a
 * vendor that cannot be asked.
 */
const fits = (retry: RetryClass, boundary: Boundary): Boundary => {
  if (boundary.at !== 'provider') return boundary;
  if (boundary.moment === 'asked' && retry === 'D') return entry('act.outcome', 'after')(boundary.nth);
  const settledByTime = retry === 'C' || retry === 'D';
  return boundary.moment === 'later' && settledByTime ? { ...boundary, moment: 'late' } : boundary;
};

const CLASSES: readonly RetryClass[] = ['A', 'B', 'C', 'D'];
/** Longer than a request can be under way at a vendor. */
const COME_BACK_MS = 11_000;
const STARTS_MAX = 12;
/** More than processors: a run waits for its vendor, and for the start of the next engine, most of its time. */
const AT_ONCE = 4;

type Parts = Readonly<{ rig: Rig; drivers: Drivers; incidents: Incidents }>;

/** Starts the engine once and kills it where it was said. */
const once = async (
  drivers: Drivers,
  config: DriverConfig,
  vendor: Provider,
  boundary: Boundary | null,
): Promise<Ended> => {
  const die = boundary?.at === 'entry' ? boundary.die : null;
  const driving = drivers.start({ ...config, die });
  const { kill } = driving;
  if (boundary?.at === 'provider') vendor.at(boundary.moment, boundary.nth, kill);
  else vendor.calm();
  if (boundary?.at === 'chance') {
    const look = (): void => {
      if (driving.lines().filter((line) => line.startsWith('ack ')).length < boundary.acks) return;
      driving.onSaid(() => undefined);
      setTimeout(kill, boundary.ms);
    };
    driving.onSaid(look);
    look();
  }
  return await driving.ended;
};

const unsureIn = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => line.startsWith('unsure ')).map((line) => line.split(' ')[2] ?? '');

type Plan = Readonly<{
  retry: RetryClass;
  boundaries: readonly Boundary[];
  mode: DriverConfig['mode'];
  name: string;
  targets: readonly string[];
}>;

const runOnce = async ({ rig, drivers, incidents }: Parts, plan: Plan): Promise<Found> => {
  const { retry, boundaries, mode, name, targets } = plan;
  const { folder, path } = await incidents(retry, targets);
  const vendor = await startProvider(join(folder, 'effects'), retry);
  const acks = noAcks();
  const unsure: string[] = [];
  const broken: string[] = [];
  let kills = 0;
  let last: Ended | null = null;
  try {
    for (let i = 0; i < STARTS_MAX; i += 1) {
      const config = {
        path,
        url: vendor.url,
        retry,
        laterMs: i * COME_BACK_MS,
        die: null,
        mode,
        exchangeMs: null,
        rounds: 6,
        targets,
      };
      last = await once(drivers, config, vendor, boundaries[i] ?? null);
      await vendor.arrived();
      hear(last.lines, acks);
      unsure.push(...unsureIn(last.lines));
      if (last.signal === 'SIGKILL') kills += 1;
      else if (last.code !== 0) break;
      else if (boundaries[i + 1] === undefined) break;
    }
    if (last?.lines.at(-1) !== 'end') broken.push(`${name}: it never came to its end: ${last?.stderr ?? ''}`);
    const { lost, findings } = standingOf(path, acks);
    const effects = await vendor.effects();
    const doubled = targets.reduce((sum, target) => sum + Math.max(0, (effects.get(target) ?? 0) - 1), 0);
    const undone = targets.filter((target) => !effects.has(target));
    const wrong = unsure.filter((one) => one !== 'D');
    if (findings.length > 0) broken.push(`${name}: ${findings[0]}`);
    if (undone.length > 0) broken.push(`${name}: told as done and not done: ${undone.join(', ')}`);
    const ends = last?.lines.filter((line) => /^is \S+ (done|already) /.test(line)) ?? [];
    if (mode === 'intent-first' && ends.length !== targets.length)
      broken.push(`${name}: ${ends.length} of ${targets.length} targets have an end`);
    if (wrong.length > 0 && mode === 'intent-first')
      broken.push(`${name}: unsure in class ${wrong.join(', ')}`);
    if (lost + doubled > 0 && mode === 'intent-first') rig.say(`  ${name}: ${lost} lost, ${doubled} doubled`);
    return { kills, lost, doubled, unsure: unsure.length, broken };
  } finally {
    await vendor.close();
  }
};

const plansFor = (rig: Rig, kills: number): readonly Plan[] => {
  const next = chance(rig.seed);
  const plans: Plan[] = [];
  for (let planned = 0, i = 0; planned < kills; i += 1) {
    const count = 1 + below(next, 4);
    const retry = CLASSES[i % CLASSES.length] ?? 'A';
    const boundaries = Array.from({ length: count }, (_, k) => {
      // Every boundary in turn as the first kill of a run, at chance afterwards.
      const make =
        k === 0 ? BOUNDARIES[Math.floor(i / CLASSES.length) % BOUNDARIES.length] : pick(next, BOUNDARIES);
      if (make === undefined) throw new Error('there are boundaries');
      // The later ones at the first of what is left, so that something is left for each.
      return fits(retry, make(k === 0 ? 1 + below(next, 2) : 1, next));
    });
    const mode = 'intent-first';
    plans.push({
      retry,
      boundaries,
      mode,
      targets: FOUR,
      name: `kill run ${i} (class ${retry}, ${JSON.stringify(boundaries)})`,
    });
    planned += count;
  }
  return plans;
};

const BATCH_BOUNDARIES: readonly Boundary[] = [
  { at: 'entry', die: { kind: 'batch.intent', when: 'after', nth: 1 } },
  { at: 'entry', die: { kind: 'row', when: 'before', nth: 31 } },
  { at: 'entry', die: { kind: 'row', when: 'after', nth: 62 } },
  { at: 'provider', moment: 'applied', nth: 17 },
  { at: 'entry', die: { kind: 'batch.outcome', when: 'before', nth: 1 } },
];

/** Every class killed in a batch, and again in what was left of it, a batch or not. Bounded, the classes share the boundaries. */
const batchPlans = (rig: Rig): readonly Plan[] => {
  const next = chance(rig.seed + 2);
  return CLASSES.flatMap((retry, k) =>
    BATCH_BOUNDARIES.filter((_boundary, i) => rig.full || (i + k) % 3 === 0).map((first) => {
      const again: Boundary = { at: 'entry', die: { kind: 'row', when: 'after', nth: 1 + below(next, 40) } };
      const boundaries = [first, again];
      const name = `kill in a batch (class ${retry}, ${JSON.stringify(boundaries)})`;
      return { retry, boundaries, mode: 'intent-first', name, targets: MANY };
    }),
  );
};

/** Acts first: killed after an effect, it knows nothing of it. */
const control = (retry: RetryClass, targets: readonly string[], nth: number): Plan => ({
  retry,
  boundaries: [{ at: 'provider', moment: 'applied', nth }],
  mode: 'act-first',
  name: 'control',
  targets,
});

/** More runs than kills are wanted: a start that ended before its kill was not killed. */
const killed = async (parts: Parts, wanted: number): Promise<readonly Found[]> => {
  const { rig } = parts;
  const over = timer(rig, 'kills', 130);
  const plans = [...plansFor(rig, wanted), ...plansFor({ ...rig, seed: rig.seed + 1 }, wanted)];
  let done = 0;
  const one = async (run: Plan): Promise<Found> => {
    const result = await runOnce(parts, run);
    done += result.kills ?? 0;
    return result;
  };
  return await pool(plans, AT_ONCE, one, () => done >= wanted || over());
};

export const kills = async (rig: Rig): Promise<Found> => {
  const drivers = driversFor(rig, AT_ONCE);
  try {
    const parts: Parts = { rig, drivers, incidents: incidentsFor(rig) };
    const all = async (plans: readonly Plan[]): Promise<readonly Found[]> =>
      await pool(plans, AT_ONCE, async (one) => await runOnce(parts, one));
    const batches = batchPlans(rig);
    const found = [...(await all(batches)), ...(await killed(parts, rig.full ? 10_000 : 500))];
    const few = together(await all(CLASSES.slice(2).map((retry) => control(retry, FOUR, 1))));
    const many = together(await all([control('D', MANY, 17)]));
    return {
      ...together(found),
      controls: {
        'act, then log': (few.doubled ?? 0) > 0,
        'act, then log, many targets': (many.doubled ?? 0) > 0,
      },
    };
  } finally {
    drivers.close();
  }
};
