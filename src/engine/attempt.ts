import type { Action, ActionInput, Outside } from '../connectors/connector.ts';
import { limits } from '../model/limits.ts';
import type { Outcome, Proof, Result } from '../model/action.ts';
import type { Act } from '../incident/state.ts';
import type { Reached } from './door.ts';
import type { Job } from './job.ts';
import type { Recorder } from './record.ts';
import { settledBy } from './settle.ts';
import type { World } from './world.ts';

/**
 * Intent, act, outcome, proof: a durable entry before the effect and after it. A crash in between leaves an intent without
 * an outcome, which everybody sees as UNSURE; nothing here ever sends a thing twice by itself.
 */
export type Attempted = Readonly<{ intent: number; outcome: Outcome; proof: Proof | null }>;

/**
 * A bug in a connector must not hide an effect: whatever it throws, the outcome is "may have happened". Only where the state
 * before could not be kept is it certain that nothing was written.
 */
const safely = async (run: () => Promise<Outcome>): Promise<Outcome> => {
  try {
    return await run();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (error instanceof NotKept)
      return {
        result: 'failed',
        detail: `nothing was changed, because the state before could not be kept: ${why}`,
      };
    return { result: 'unknown', detail: `the connector failed: ${why}` };
  }
};

/** The journal refused the state before, so the action never wrote anything. */
class NotKept extends Error {}

const keeper =
  (record: Recorder, intent: number): Outside['keep'] =>
  async (receipt, after) => {
    try {
      await record.keep(intent, receipt, after);
    } catch (error) {
      throw new NotKept(error instanceof Error ? error.message : String(error), { cause: error });
    }
  };

const worthProving: ReadonlySet<Result> = new Set(['done', 'already', 'accepted', 'unknown']);

export const proveOnce = async (action: Action, input: ActionInput, reached: Reached): Promise<Proof> => {
  try {
    return await action.verify(input, reached.outside);
  } catch (error) {
    return {
      is: 'unproved',
      how: `the check failed: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
};

/** A job the vendor only queued is asked about until it is done or the deadline passes; everything else is asked once. */
const prove = async (world: World, job: Job, outcome: Outcome, reached: Reached): Promise<Proof> => {
  const queued =
    outcome.result === 'accepted' || (outcome.result === 'unknown' && job.action.queued === true);
  const until = world.clock.elapsed() + (queued ? limits.pollDeadlineMs : 0);
  for (;;) {
    const proof = await proveOnce(job.action, job.input, reached);
    if (proof.is === 'proved') return proof;
    if (world.clock.elapsed() >= until) return outcome.result === 'accepted' ? stillQueued(proof) : proof;
    await world.clock.sleep(limits.pollMs, reached.outside.signal);
  }
};

/** What was accepted may yet come: "it is still there" is then no refutation, and the board shows it as not proved. */
const stillQueued = (proof: Proof): Proof => ({
  ...proof,
  is: 'unproved',
  how: `${proof.how}; accepted, and not done after ${limits.pollDeadlineMs / 1000} s`,
});

/**
 * Sent again while an earlier attempt is in doubt: a refusal says nothing of that one, so it is not called a failure until the
 * system itself has been asked.
 */
const withDoubt = (outcome: Outcome, older: readonly Act[]): Outcome =>
  older.length > 0 && REFUSED.has(outcome.result)
    ? { ...outcome, result: 'unknown', detail: `${outcome.detail}; an earlier attempt may have happened` }
    : outcome;

const REFUSED: ReadonlySet<Result> = new Set(['failed', 'forbidden', 'not-supported']);

/** One attempt on one target: `heard` is told each entry once it is durable. Never throws for what the world said. */
export const attempt = async (
  world: World,
  record: Recorder,
  job: Job,
  heard: (line: AttemptLine) => void,
): Promise<Attempted> => {
  const { intent, begun } = await record.intent(job);
  heard({ is: 'intent', target: job.target.item, intent });
  const reached = job.open(job.key, keeper(record, intent));
  const { undo, older } = job;
  const ran = await safely(async () =>
    undo === null
      ? await job.action.run(job.input, reached.outside)
      : ((await job.action.undo?.(job.input, undo.done, reached.outside)) ?? {
          result: 'not-supported',
          detail: 'it cannot be undone',
        }),
  );
  const outcome = withDoubt(ran, older);
  await record.outcome(intent, job, outcome, reached.exchanges());
  heard({ is: 'outcome', target: job.target.item, outcome });
  if (undo !== null || !worthProving.has(outcome.result)) {
    await record.older(older, outcome.result, intent);
    return { intent, outcome, proof: null };
  }
  const proof = await prove(world, job, outcome, reached);
  // An answer that was lost is settled by asking at once, where asking can tell; else it stays UNSURE.
  const doubtful = { intent, begun, step: job.step, target: job.target.item, retry: job.action.retry };
  const now = world.clock.now();
  const settled = outcome.result === 'unknown' ? settledBy(proof, doubtful, world.clock.stamp()) : [];
  await record.proof(doubtful, proof, now, settled);
  heard({ is: 'proof', target: job.target.item, proof });
  await record.older(older, settled[0]?.pub.result ?? outcome.result, intent);
  return { intent, outcome, proof };
};

export type AttemptLine =
  | Readonly<{ is: 'intent'; target: string; intent: number }>
  | Readonly<{ is: 'outcome'; target: string; outcome: Outcome }>
  | Readonly<{ is: 'proof'; target: string; proof: Proof }>;
