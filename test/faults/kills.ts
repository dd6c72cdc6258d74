import { join } from 'node:path';
import { systemClock } from '../../src/io/clock.ts';
import { openLedger } from '../../src/app/ledger.ts';
import type { RetryClass } from '../../src/model/action.ts';
import { createHere, hear, noAcks, standingOf } from './acks.ts';
import type { Die, DriverConfig } from './child/driver.ts';
import { startProvider, type Moment, type Provider } from './provider.ts';
import { together, type Found } from './report.ts';
import { below, chance, newFolder, pick, pool, startProgram, timer, type Ended, type Rig } from './rig.ts';
import { MANY, opening, TARGETS } from './system.ts';

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
  (nth, next) => ({ at: 'chance', acks: nth * 2 - 2, ms: below(next, 40) }),
];

/** A person settles D, and time C: what arrives later than any request can would be the vendor's own repeat. */
const fits = (retry: RetryClass, boundary: Boundary): Boundary =>
  boundary.at === 'provider' && boundary.moment === 'later' && (retry === 'C' || retry === 'D')
    ? { ...boundary, moment: 'late' }
    : boundary;

const CLASSES: readonly RetryClass[] = ['A', 'B', 'C', 'D'];
/** Longer than a request can be under way at a vendor. */
const COME_BACK_MS = 11_000;
const STARTS_MAX = 12;

/** Makes the journal that a run works on, with its plan adopted. */
export const newIncident = async (
  rig: Rig,
  retry: RetryClass,
  targets = TARGETS,
): Promise<Readonly<{ folder: string; path: string }>> => {
  const folder = newFolder(rig, 'kill');
  const path = join(folder, 'journal.sqlite');
  const journal = createHere(path);
  await openLedger(journal, 'ana').append(opening(retry, systemClock().now(), targets));
  journal.close();
  return { folder, path };
};

/** Starts the driver once and kills it where it was said. */
const once = async (
  rig: Rig,
  config: DriverConfig,
  vendor: Provider,
  boundary: Boundary | null,
): Promise<Ended> => {
  const die = boundary?.at === 'entry' ? boundary.die : null;
  const running = startProgram(rig, 'driver', [JSON.stringify({ ...config, die })]);
  const kill = (): void => void running.child.kill('SIGKILL');
  if (boundary?.at === 'provider') vendor.at(boundary.moment, boundary.nth, kill);
  else vendor.calm();
  if (boundary?.at === 'chance') {
    const look = (): void => {
      if (running.lines().filter((line) => line.startsWith('ack ')).length < boundary.acks) return;
      running.child.stdout?.off('data', look);
      setTimeout(kill, boundary.ms);
    };
    running.child.stdout?.on('data', look);
    if (boundary.acks === 0) setTimeout(kill, 20 + boundary.ms * 2);
  }
  return await running.ended;
};

const unsureIn = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => line.startsWith('unsure ')).map((line) => line.split(' ')[2] ?? '');

type Plan = Readonly<{
  retry: RetryClass;
  boundaries: readonly Boundary[];
  mode: DriverConfig['mode'];
  name: string;
  many?: boolean;
}>;

const runOnce = async (rig: Rig, plan: Plan): Promise<Found> => {
  const { retry, boundaries, mode, name, many = false } = plan;
  const targets = many ? MANY : TARGETS;
  const { folder, path } = await newIncident(rig, retry, targets);
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
        many,
      };
      last = await once(rig, config, vendor, boundaries[i] ?? null);
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
      return fits(retry, make(1 + below(next, 2), next));
    });
    const mode = 'intent-first';
    plans.push({
      retry,
      boundaries,
      mode,
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
      return { retry, boundaries, mode: 'intent-first', name, many: true };
    }),
  );
};

/** More runs than kills are wanted: a start that ended before its kill was not killed. */
export const kills = async (rig: Rig): Promise<Found> => {
  const wanted = rig.full ? 10_000 : 500;
  const found: Found[] = [];
  let done = 0;
  const over = timer(rig, 'kills', 90);
  for (const plan of [plansFor(rig, wanted), plansFor({ ...rig, seed: rig.seed + 1 }, wanted)]) {
    const one = async (run: Plan): Promise<Found> => {
      const result = await runOnce(rig, run);
      done += result.kills ?? 0;
      return result;
    };
    const batch = await pool(plan, rig.workers, one, () => done >= wanted || over());
    found.push(...batch);
  }
  found.push(...(await pool(batchPlans(rig), rig.workers, async (one) => await runOnce(rig, one))));
  const control = together(
    await pool(
      CLASSES.slice(2),
      rig.workers,
      async (retry) =>
        await runOnce(rig, {
          retry,
          boundaries: [{ at: 'provider', moment: 'applied', nth: 1 }],
          mode: 'act-first',
          name: 'control',
        }),
    ),
  );
  const many = await runOnce(rig, {
    retry: 'D',
    boundaries: [{ at: 'provider', moment: 'applied', nth: 17 }],
    mode: 'act-first',
    name: 'control',
    many: true,
  });
  return {
    ...together(found),
    controls: {
      'act, then log': (control.doubled ?? 0) > 0,
      'act, then log, many targets': (many.doubled ?? 0) > 0,
    },
  };
};
