import { assert } from '../base/assert.ts';
import { toHex } from '../base/hash.ts';
import type { Json } from '../base/canonical.ts';
import type { Action, ActionInput, Outside, Undoable } from '../connectors/connector.ts';
import { limits } from '../model/limits.ts';
import type { Confidence, Outcome, Proof, Result, RetryClass } from '../model/action.ts';
import type { Fresh, PrivateText } from '../model/event.ts';
import type { Target } from '../model/plan.ts';
import type { Ledger } from './ledger.ts';
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

export const proofOf = (
  intent: number,
  of: Readonly<{ step: string | null; target: string }>,
  proof: Proof,
  world: World,
): Fresh<'act.verified'> => ({
  kind: 'act.verified',
  pub: {
    intent,
    step: of.step,
    target: of.target,
    proof: proof.is,
    http: proof.http ?? null,
    at: world.clock.now(),
  },
  priv: { how: { class: 'exchange', value: proof.how } },
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

/**
 * The outcome that asking settles. "It is off" settles every doubt. "It is not" settles it only where doing it again would
 * be harmless (A, B), or once a request still under way at the vendor must have ended; until then the attempt stays UNSURE.
 */
export const settledBy = (proof: Proof, act: Doubtful, now: number): Fresh<'act.outcome'> | null => {
  const harmless = act.retry === 'A' || act.retry === 'B';
  const ripe = now - act.at >= limits.inFlightMs;
  if (proof.is === 'unproved' || (proof.is === 'refuted' && !harmless && !ripe)) return null;
  const happened = proof.is === 'proved';
  return {
    kind: 'act.outcome',
    pub: {
      intent: act.intent,
      step: act.step,
      target: act.target,
      result: happened ? 'done' : 'failed',
      http: proof.http ?? null,
      by: 'tool',
    },
    priv: {
      detail: { class: 'exchange', value: `found ${happened ? '' : 'not '}done by asking: ${proof.how}` },
    },
  };
};
export type Doubtful = Readonly<{
  intent: number;
  at: number;
  step: string | null;
  target: string;
  retry: RetryClass;
}>;

export const attempt = async (
  world: World,
  ledger: Ledger,
  job: Job,
  heard: (line: AttemptLine) => void,
): Promise<Attempted> => {
  const key = toHex(world.random.bytes(16));
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
  const settled = outcome.result === 'unknown' ? settledBy(proof, doubtful, world.clock.now()) : null;
  await ledger.append([
    proofOf(intent, { step: job.step, target: job.target.item }, proof, world),
    ...(settled === null ? [] : [settled]),
  ]);
  heard({ is: 'proof', target: job.target.item, proof });
  return { intent, outcome, proof };
};

export type AttemptLine =
  | Readonly<{ is: 'intent'; target: string; intent: number }>
  | Readonly<{ is: 'outcome'; target: string; outcome: Outcome }>
  | Readonly<{ is: 'proof'; target: string; proof: Proof }>;
