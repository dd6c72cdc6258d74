import { limits } from '../../model/limits.ts';
import type { JsonObject } from '../../base/canonical.ts';
import { canonicalJson } from '../../base/canonical.ts';
import type { Fresh, Way } from '../../model/event.ts';
import { attempt } from '../attempt.ts';
import type { Job } from '../job.ts';
import { attemptsBefore, endOf, jobFor } from '../jobs.ts';
import type { Engine, RunLine, TargetLine } from '../lines.ts';
import type { ItemFresh } from '../ledger.ts';
import type { Prepared } from '../prepare.ts';
import { asRows } from '../record.ts';
import { entryOf, instanceOf } from '../world.ts';
import { endBatch } from './end.ts';
import { byDanger } from './order.ts';
import { makeGate } from './pace.ts';
import type { Gate, Pace } from './pace.ts';
import { makeProgress, wentWrong } from './progress.ts';

/**
 * Many targets: one entry before them and one after, and for each its own durable rows before its request and after it. Stopped
 * between two items, or killed in the middle, the same step goes on with what is left when it is run again.
 */
export const runBatch = async (
  engine: Engine,
  prepared: Prepared,
  heard: (line: RunLine) => void,
): Promise<readonly TargetLine[]> => {
  const { world, definitions } = engine;
  const { jobs, lines } = await sorted(engine, prepared, heard);
  const progress = makeProgress(jobs.length, () => world.clock.elapsed(), heard);
  const ended = (line: TargetLine): void => {
    lines.push(line);
    if (wentWrong(line)) heard(line);
    progress.ended(line);
  };
  const { first, last } = await byDanger(world, definitions, jobs);
  const gates = new Map<string, Promise<Gate>>();
  const gateOf = async (name: string): Promise<Gate> => {
    const made =
      gates.get(name) ?? paceOf(engine, name).then((pace) => makeGate(pace, world.clock, engine.signal));
    gates.set(name, made);
    return await made;
  };
  for (const part of [...parts(first), ...parts(last)]) {
    if (isStopped(engine)) break;
    await runPart({ engine, prepared, gateOf, ended }, part);
  }
  return lines;
};

const isStopped = ({ signal, stop }: Engine): boolean => signal.aborted || stop?.aborted === true;

/** What is to be attempted, and what is said of the rest: proved already, in doubt, for a person. */
const sorted = async (
  engine: Engine,
  prepared: Prepared,
  heard: (line: RunLine) => void,
): Promise<Readonly<{ jobs: readonly Job[]; lines: TargetLine[] }>> => {
  const jobs: Job[] = [];
  const lines: TargetLine[] = [];
  const before = attemptsBefore(engine.ledger, prepared.request);
  for (const target of prepared.request.targets) {
    if (isStopped(engine)) break;
    const found = await jobFor(engine, prepared, target, before);
    if (found.is === 'job') {
      // All before the first is used: each that turns up later makes the search for all of them anew.
      for (const suspect of found.job.suspects) engine.world.secrets.remember(suspect);
      jobs.push(found.job);
      continue;
    }
    const line: TargetLine =
      found.is === 'line'
        ? found.line
        : { is: 'outcome', target: target.item, outcome: { result: 'unknown', detail: IN_DOUBT } };
    lines.push(line);
    if (line.is === 'by-hand' || found.is === 'doubt') heard(line);
  }
  return { jobs, lines };
};

const IN_DOUBT = 'an earlier attempt may have happened and only a person can say: it was not touched';

/** As many as the first entry of a batch can name. */
const parts = (jobs: readonly Job[]): readonly (readonly Job[])[] => {
  const all: Job[][] = [];
  let bytes = Infinity;
  for (const job of jobs) {
    bytes += job.target.item.length + 8;
    const current = all.at(-1);
    if (
      current === undefined ||
      current.length >= limits.batchItemsMax ||
      bytes > limits.batchNamesBytesMax
    ) {
      all.push([job]);
      bytes = job.target.item.length + 8;
    } else current.push(job);
  }
  return all;
};

type Running = Readonly<{
  engine: Engine;
  prepared: Prepared;
  gateOf: (instance: string) => Promise<Gate>;
  ended: (line: TargetLine) => void;
}>;

const runPart = async (running: Running, jobs: readonly Job[]): Promise<void> => {
  const { engine, prepared } = running;
  const { ledger } = engine;
  const { step } = prepared;
  const batch = await begin(running, jobs);
  const settled: Fresh[] = [];
  const failures: unknown[] = [];
  const one = async (gate: Gate, job: Job, place: number): Promise<void> => {
    try {
      const record = asRows(
        ledger,
        batch,
        place,
        () => engine.world.clock.stamp(),
        (more) => void settled.push(...more),
      );
      const paced: Job = {
        ...job,
        open: (key, keep) => {
          const reached = job.open(key, keep);
          return { ...reached, outside: gate.through(reached.outside) };
        },
      };
      const { outcome, proof } = await attempt(engine.world, record, paced, () => undefined);
      running.ended(endOf(job.target.item, outcome, proof));
    } catch (error) {
      // What cannot be written down must not be done: nothing further begins.
      failures.push(error);
    } finally {
      gate.done();
    }
  };
  const bySystem = Map.groupBy([...jobs.entries()], ([, job]) => job.target.instance ?? '');
  await Promise.all(
    [...bySystem].map(async ([instance, items]) => {
      const gate = await running.gateOf(instance);
      const begun: Promise<void>[] = [];
      for (const [place, job] of items) {
        await gate.room(job.action.retry !== 'D');
        if (isStopped(engine) || failures.length > 0) {
          gate.done();
          break;
        }
        begun.push(one(gate, job, place));
      }
      await Promise.all(begun);
    }),
  );
  if (failures.length > 0) throw failures[0];
  await endBatch(ledger, batch, step, isStopped(engine) ? 'stopped' : 'whole');
  if (settled.length > 0) await ledger.append(settled);
};

/** The first entry, with a row for each item that says what is planned. */
const begin = async ({ engine, prepared }: Running, jobs: readonly Job[]): Promise<number> => {
  const ways: Way[] = [];
  const known = new Map<string, number>();
  const way = jobs.map((job) => {
    const one: Way = {
      instance: job.target.instance ?? '',
      action: job.actionId,
      effect: job.action.effect,
      retry: job.action.retry,
      confidence: job.confidence,
    };
    const name = canonicalJson(one);
    const at = known.get(name) ?? ways.push(one) - 1;
    known.set(name, at);
    return at;
  });
  const items = jobs.map((job, item): ItemFresh => {
    const pub: JsonObject = {
      target: job.target.item,
      attempt: job.attempt,
      idem: job.key,
      of: job.undo?.of ?? null,
    };
    return {
      item,
      kind: 'plan',
      pub,
      priv: { args: { class: 'exchange', value: JSON.stringify(job.input) } },
    };
  });
  return await engine.ledger.batches.begin(
    'batch.intent',
    {
      step: prepared.step,
      direction: prepared.direction,
      plan_sha256: prepared.request.planSha256,
      ways,
      targets: jobs.map(({ target }) => target.item),
      way,
    },
    items,
  );
};

/** What the workspace says of its instance, else what the connector says of its vendor, else a careful guess. */
export const paceOf = async ({ definitions }: Pick<Engine, 'definitions'>, name: string): Promise<Pace> => {
  const instance = instanceOf(definitions, name);
  const connector = instance === null ? undefined : await entryOf(definitions, instance.uses)?.load();
  return {
    atOnce: instance?.pace?.at_once ?? connector?.pace?.atOnce ?? limits.paceAtOnce,
    perMinute: instance?.pace?.per_minute ?? connector?.pace?.perMinute ?? null,
  };
};
