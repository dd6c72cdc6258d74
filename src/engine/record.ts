import { assert } from '../base/assert.ts';
import type { Beat } from '../base/beat.ts';
import type { Json, JsonObject } from '../base/canonical.ts';
import type { Instant } from '../base/instant.ts';
import type { Exchange } from '../io/http.ts';
import type { Act } from '../incident/state.ts';
import type { Outcome, Proof, Result } from '../model/action.ts';
import type { Fresh, PrivateText } from '../model/event.ts';
import { itemRef, refText } from '../model/item.ts';
import type { ItemKind } from '../model/item.ts';
import type { Job } from './job.ts';
import type { Ledger } from './ledger.ts';
import { proofOf } from './settle.ts';
import type { Asked } from './settle.ts';

/**
 * Where an attempt is written down: as entries of its own, or as rows of the batch that it is an item of. Each call resolves once
 * it is durable.
 */
export type Recorder = Readonly<{
  intent: (job: Job) => Promise<Readonly<{ intent: number; begun: Beat }>>;
  keep: (intent: number, receipt: Json, after: Json) => Promise<void>;
  outcome: (intent: number, job: Job, outcome: Outcome, exchange: readonly Exchange[]) => Promise<void>;
  proof: (of: Asked, proof: Proof, now: Instant, settled: readonly Fresh<'act.outcome'>[]) => Promise<void>;
  /** What this attempt says of earlier ones in doubt; nothing while it is in doubt itself. */
  older: (older: readonly Act[], result: Result, by: number) => Promise<void>;
}>;

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
    ...(job.rotation === undefined ? {} : { stage: job.rotation.stage, rotation: job.rotation.n }),
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

export const asEntries = (ledger: Ledger, job: Job): Recorder => ({
  intent: async () => {
    const [written] = await ledger.append([intentOf(job, job.key)]);
    assert(written !== undefined, 'an append returns what it wrote');
    return { intent: written.n, begun: written.beat };
  },
  keep: async (intent, receipt, after) => {
    await ledger.append([
      {
        kind: 'act.kept',
        pub: { intent, step: job.step, target: job.target.item },
        priv: { receipt: sealed(receipt), after: sealed(after) },
      },
    ]);
  },
  outcome: async (intent, of, outcome, exchange) => {
    await ledger.append([outcomeOf(intent, of, outcome, exchange)]);
  },
  proof: async (of, proof, now, settled) => {
    await ledger.append([proofOf(of, proof, now), ...settled]);
  },
  older: async (older, result, by) => {
    const settled = olderSettled(older, result, by);
    if (settled.length > 0) await ledger.append(settled);
  },
});

/** `now` is the clock of the world: rows carry what the wall clock showed themselves. */
export const asRows = (
  ledger: Ledger,
  batch: number,
  place: number,
  now: () => Beat,
  later: (settled: readonly Fresh[]) => void,
): Recorder => {
  const write = async (
    ...rows: readonly (readonly [ItemKind, JsonObject, Fresh['priv']])[]
  ): Promise<void> => {
    await ledger.batches.write(
      batch,
      rows.map(([kind, pub, priv = {}]) => ({ item: place, kind, pub, priv })),
    );
  };
  return {
    intent: async () => {
      const { boot, mono } = now();
      await write(['intent', { boot, mono }, {}]);
      return { intent: itemRef(batch, place), begun: { boot, mono } };
    },
    keep: async (_intent, receipt, after) => {
      await write(['kept', {}, { receipt: sealed(receipt), after: sealed(after) }]);
    },
    outcome: async (intent, job, outcome, exchange) => {
      const { pub, priv } = outcomeOf(intent, job, outcome, exchange);
      await write(['outcome', { result: pub.result, http: pub.http }, priv]);
    },
    proof: async (of, proof, at, settled) => {
      const { pub, priv } = proofOf(of, proof, at);
      await write(
        ['proof', { proof: pub.proof, http: pub.http }, priv],
        ...settled.map(
          (one) => ['outcome', { result: one.pub.result, http: one.pub.http }, one.priv] as const,
        ),
      );
    },
    older: (older, result, by) => {
      later(olderSettled(older, result, by));
      return Promise.resolve();
    },
  };
};

const olderSettled = (older: readonly Act[], result: Result, by: number): readonly Fresh<'act.outcome'>[] => {
  if (result === 'unknown') return [];
  const worked = result === 'done' || result === 'already' || result === 'accepted';
  return older.map((act) => {
    // Of class B the state was read first: had it happened, there would have been nothing left to do.
    const happened = worked && !(act.retry === 'B' && result === 'done');
    return {
      kind: 'act.outcome',
      pub: {
        intent: act.intent,
        step: act.step,
        target: act.target,
        result: happened ? 'done' : 'failed',
        http: null,
        by: 'tool',
      },
      priv: {
        detail: {
          class: 'exchange',
          value: `found ${happened ? '' : 'not '}done by attempt ${refText(by)} on the same target`,
        },
      },
    };
  });
};
