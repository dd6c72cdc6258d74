import { assert } from '../base/assert.ts';
import { toHex } from '../base/hash.ts';
import type { Json } from '../base/canonical.ts';
import type { Action, ActionInput, Outside, Undoable } from '../connectors/connector.ts';
import { limits } from '../model/limits.ts';
import type { Confidence, Outcome, Proof, Result } from '../model/action.ts';
import type { Fresh, PrivateText } from '../model/event.ts';
import type { Target } from '../model/plan.ts';
import type { Ledger } from './ledger.ts';
import { proofOf, settledBy } from './settle.ts';
import type { Reached } from './door.ts';
import type { World } from './world.ts';

/**
 * Intent, act, outcome, proof: a durable entry before the effect and after it. A crash in between leaves an intent without
 * an outcome, which everybody sees as UNSURE; nothing here ever sends a thing twice by itself.
 */
export type Job = Readonly<{
  step: string | null;
  target: Target;
  action: Action;
  actionId: string;
  input: ActionInput;
  planSha256: string;
  attempt: number;
  /** The idempotency key of an earlier attempt that this one must not double; null for a new one. */
  key: string | null;
  confidence: Confidence;
  suspects: readonly string[];
  /** Set for an undo: which attempt is taken back, and what it left behind. */
  undo: Readonly<{ of: number; done: Undoable }> | null;
  open: (key: string, keep: Outside['keep']) => Reached;
}>;

export type Attempted = Readonly<{ intent: number; outcome: Outcome; proof: Proof | null }>;

const sealed = (value: Json): PrivateText => ({ class: 'exchange', value: JSON.stringify(value) });

const intentOf = (job: Job, key: string): Fresh<'act.intent'> => ({
  kind: 'act.intent',
  pub: {
    step: job.step,
    target: job.target.item,
    instance: job.target.instance ?? '',
    action: job.actionId,
    attempt: job.attempt,
    direction: job.undo === null ? 'do' : 'undo',
    of: job.undo?.of ?? null,
    effect: job.action.effect,
    retry: job.action.retry,
    confidence: job.confidence,
    idem: key,
    plan_sha256: job.planSha256,
  },
  priv: { args: sealed(job.input) },
});

const outcomeOf = (intent: number, job: Job, outcome: Outcome, exchange: Json): Fresh<'act.outcome'> => ({
  kind: 'act.outcome',
  pub: {
    intent,
    step: job.step,
    target: job.target.item,
    result: outcome.result,
    http: outcome.http ?? null,
    by: 'tool',
  },
  priv: {
    detail: { class: 'exchange', value: outcome.detail },
    exchange: sealed(exchange),
    ...(outcome.receipt === undefined ? {} : { receipt: sealed(outcome.receipt) }),
    ...(outcome.after === undefined ? {} : { after: sealed(outcome.after) }),
  },
});

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
  (ledger: Ledger, intent: number, job: Job): Outside['keep'] =>
  async (receipt, after) => {
    const kept: Fresh = {
      kind: 'act.kept',
      pub: { intent, step: job.step, target: job.target.item },
      priv: { receipt: sealed(receipt), after: sealed(after) },
    };
    try {
      await ledger.append([kept]);
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
  const until = world.clock.now() + (outcome.result === 'accepted' ? limits.pollDeadlineMs : 0);
  for (;;) {
    const proof = await proveOnce(job.action, job.input, reached);
    if (proof.is === 'proved' || world.clock.now() >= until) return proof;
    await world.clock.sleep(limits.pollMs, reached.outside.signal);
  }
};

/** One attempt on one target: `heard` is told each entry once it is durable. Never throws for what the world said. */
export const attempt = async (
  world: World,
  ledger: Ledger,
  job: Job,
  heard: (line: AttemptLine) => void,
): Promise<Attempted> => {
  const key = job.key ?? toHex(world.random.bytes(16));
  const [written] = await ledger.append([intentOf(job, key)]);
  assert(written !== undefined, 'an append returns what it wrote');
  const intent = written.n;
  heard({ is: 'intent', target: job.target.item, intent });
  const reached = job.open(key, keeper(ledger, intent, job));
  const undo = job.undo;
  const outcome = await safely(async () =>
    undo === null
      ? await job.action.run(job.input, reached.outside)
      : ((await job.action.undo?.(job.input, undo.done, reached.outside)) ?? {
          result: 'not-supported',
          detail: 'it cannot be undone',
        }),
  );
  await ledger.append([outcomeOf(intent, job, outcome, reached.exchanges())]);
  heard({ is: 'outcome', target: job.target.item, outcome });
  if (undo !== null || !worthProving.has(outcome.result)) return { intent, outcome, proof: null };
  const proof = await prove(world, job, outcome, reached);
  // An answer that was lost is settled by asking at once, where asking can tell; else it stays UNSURE.
  const doubtful = {
    intent,
    at: written.recorded_at,
    step: job.step,
    target: job.target.item,
    retry: job.action.retry,
  };
  const now = world.clock.now();
  const settled = outcome.result === 'unknown' ? settledBy(proof, doubtful, now) : [];
  await ledger.append([proofOf(doubtful, proof, now), ...settled]);
  heard({ is: 'proof', target: job.target.item, proof });
  return { intent, outcome, proof };
};

export type AttemptLine =
  | Readonly<{ is: 'intent'; target: string; intent: number }>
  | Readonly<{ is: 'outcome'; target: string; outcome: Outcome }>
  | Readonly<{ is: 'proof'; target: string; proof: Proof }>;
