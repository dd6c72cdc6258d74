import { passedAtLeast, type Beat } from '../base/beat.ts';
import type { Instant } from '../base/instant.ts';
import type { Act } from '../incident/state.ts';
import { limits } from '../model/limits.ts';
import type { Proof } from '../model/action.ts';
import type { Fresh } from '../model/event.ts';

/** What the answer of the real system becomes in the journal: a proof always, and the end of a doubt where it can tell. */

/** The attempt that is asked about: as the journal folds it, or as it was just written. */
export type Asked = Pick<Act, 'intent' | 'begun' | 'step' | 'target' | 'retry'>;

export const proofOf = (
  of: Pick<Asked, 'intent' | 'step' | 'target'>,
  proof: Proof,
  now: Instant,
): Fresh<'act.verified'> => ({
  kind: 'act.verified',
  pub: {
    intent: of.intent,
    step: of.step,
    target: of.target,
    proof: proof.is,
    http: proof.http ?? null,
    at: now,
  },
  priv: { how: { class: 'exchange', value: proof.how } },
});

/**
 * Whether "it did not happen" may be believed: where doing it again would be harmless (A, B), or once a request still under
 * way at the vendor must have ended.
 */
const mayDeny = ({ retry, begun }: Asked, now: Beat): boolean =>
  retry === 'A' || retry === 'B' || passedAtLeast(begun, now) >= limits.inFlightMs;

const outcome = (
  of: Asked,
  happened: boolean,
  proof: Proof,
  word: 'done' | 'undone',
): Fresh<'act.outcome'> => ({
  kind: 'act.outcome',
  pub: {
    intent: of.intent,
    step: of.step,
    target: of.target,
    result: happened ? 'done' : 'failed',
    http: proof.http ?? null,
    by: 'tool',
  },
  priv: {
    detail: { class: 'exchange', value: `found ${happened ? '' : 'not '}${word} by asking: ${proof.how}` },
  },
});

/** What asking settles of an attempt in doubt: nothing where the answer cannot tell, and then it stays UNSURE. */
export const settledBy = (proof: Proof, asked: Asked, now: Beat): readonly Fresh<'act.outcome'>[] => {
  if (proof.is === 'proved') return [outcome(asked, true, proof, 'done')];
  return proof.is === 'refuted' && mayDeny(asked, now) ? [outcome(asked, false, proof, 'done')] : [];
};

/** The same for an undo, read off what it was to bring back: on again means that it happened. */
export const undoSettledBy = (proof: Proof, asked: Asked, now: Beat): readonly Fresh<'act.outcome'>[] => {
  if (proof.is === 'refuted') return [outcome(asked, true, proof, 'undone')];
  return proof.is === 'proved' && mayDeny(asked, now) ? [outcome(asked, false, proof, 'undone')] : [];
};

/** What was taken back is open again: a finished step would say that it still holds. */
export const reopened = (step: string): Fresh<'step.reopened'> => ({
  kind: 'step.reopened',
  pub: { step },
  priv: { reason: { class: 'staff', value: 'undone' } },
});
