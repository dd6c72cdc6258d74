import { APPROVAL_NAMESPACE, approvalText } from '../base/approval.ts';
import { canonicalJson } from '../base/canonical.ts';
import type { Json } from '../base/canonical.ts';
import { sha256Hex } from '../base/hash.ts';
import { plus } from '../base/instant.ts';
import type { Instant } from '../base/instant.ts';
import { checkSshsig } from '../base/sshsig.ts';
import { Problem } from '../base/problem.ts';
import type { Fresh, PrivateText } from '../model/event.ts';
import { limits } from '../model/limits.ts';
import type { PlannedStep } from '../model/plan.ts';
import { targetsOf } from './ready.ts';
import type { Asked, IncidentState, OverrideState } from './state.ts';

/** Who must agree to a step beside the one who takes it, who has, and for how long that holds. Pure. */

export type Intended = Readonly<{
  step: string | null;
  direction: 'do' | 'undo';
  targets: readonly Json[];
  input: Json;
  plan: string;
}>;

/** Names one act: the same step on the same targets with the same input under the same plan has the same hash. */
export const intendedSha256 = (intended: Intended): string =>
  sha256Hex(canonicalJson(intended as unknown as Json));

/** What taking this step now would be. */
export const intendedBy = (state: IncidentState, step: PlannedStep): string =>
  intendedSha256({
    step: step.id,
    direction: 'do',
    targets: targetsOf(step, state) as unknown as readonly Json[],
    input: step.kind === 'act' ? step.input : {},
    plan: state.planSha256,
  });

/**
 * Whether a typed reason can never stand in for the approval: what leaves the company cannot be called back, and nobody bleeds
 * while it waits.
 */
const isStrict = (step: PlannedStep): boolean => {
  // What is answered or decided stays in the house, whatever the phase.
  if (step.kind === 'ask' || step.kind === 'decide') return false;
  return step.phase === 'notify' || step.kind === 'write' || (step.kind === 'do' && step.submits !== null);
};

/** Whether other words would leave now than were asked about. Asked of steps that let a letter go; of others it is never so. */
export type Outdated = (step: PlannedStep, asked: Asked) => boolean;

export type Approval = Readonly<{
  need: number;
  /** No typed reason can stand in for it. */
  strict: boolean;
  /** The request that stands, by its entry; null where nobody has asked, or what was asked is not what would be done now. */
  asked: number | null;
  askedBy: string | null;
  expiresAt: Instant | null;
  expired: boolean;
  /** A request stood until the letter came to say something else; absent where there is none such. */
  outdated?: true;
  given: Asked['given'];
  enough: boolean;
  /** Who else could sign: people with a key, without the one who asks. */
  could: readonly string[];
}>;

/** How the step stands with its approvals; null where it needs none. `by` is who would ask now. */
export const approvalOf = (
  state: IncidentState,
  step: PlannedStep,
  now: Instant,
  by: string,
  outdated: Outdated = () => false,
): Approval | null => {
  if (step.approvals === 0) return null;
  const intended = intendedBy(state, step);
  const newest = [...state.asked.values()].findLast(
    (one) => one.step === step.id && one.intended_sha256 === intended && !one.over,
  );
  const isOld = newest !== undefined && outdated(step, newest);
  const found = isOld ? undefined : newest;
  const expired = found !== undefined && now > found.expires_at;
  const given = found?.given ?? [];
  return {
    need: step.approvals,
    strict: isStrict(step),
    asked: found?.n ?? null,
    askedBy: found?.by ?? null,
    expiresAt: found?.expires_at ?? null,
    expired,
    ...(isOld ? { outdated: true } : {}),
    given,
    enough: !expired && given.length >= step.approvals,
    could: approvers(state, found?.by ?? by),
  };
};

/** The same before there is an incident: what the step will ask for. */
export const unasked = (step: PlannedStep): Approval | null =>
  step.approvals === 0
    ? null
    : {
        need: step.approvals,
        strict: isStrict(step),
        asked: null,
        askedBy: null,
        expiresAt: null,
        expired: false,
        given: [],
        enough: false,
        could: [],
      };

/** People with a key who are not the one that asks. */
export const approvers = (state: IncidentState, by: string): readonly string[] =>
  [...state.people.values()]
    .filter(({ person, keys }) => person !== by && keys.length > 0)
    .map(({ person }) => person);

/** Why a signature is no approval: the word stands in the journal and in the sentence that a person reads. */
export type Refused =
  | 'no-such-request'
  | 'not-open'
  | 'expired'
  | 'own-approval'
  | 'unknown-person'
  | 'unknown-key'
  | 'given-already'
  | 'must-sign'
  | 'not-a-signature'
  | 'other-namespace'
  | 'does-not-fit';

export type Given = Readonly<{ person: string; signature: string; at: Instant }>;

/** Whether this is an approval of that request: asked when it is given, and again by everybody who reads the journal. */
export const whyRefused = (state: IncidentState, asked: number, given: Given): Refused | null => {
  const request = state.asked.get(asked);
  if (request === undefined) return 'no-such-request';
  if (request.over) return 'not-open';
  if (given.at > request.expires_at) return 'expired';
  if (given.person === request.by) return 'own-approval';
  if (request.given.some(({ person }) => person === given.person)) return 'given-already';
  return whyUnsigned(state, request, given);
};

type Signable = Readonly<{ hash: string; by: string }>;

/** Whether the signature is that person's, over that entry, and with no key of the one who wrote it. */
const whyUnsigned = (
  state: IncidentState,
  { hash, by }: Signable,
  { person, signature }: Pick<Given, 'person' | 'signature'>,
): Refused | null => {
  const signer = state.people.get(person);
  if (signer === undefined) return 'unknown-person';
  const check = checkSshsig(signature, approvalText(hash), APPROVAL_NAMESPACE);
  if (!check.ok) return check.why;
  if (!signer.keys.includes(check.key.line)) return 'unknown-key';
  return state.people.get(by)?.keys.includes(check.key.line) === true ? 'own-approval' : null;
};

/** Nobody reviews what they did themselves, and who has a key signs with it. */
export const whyNoReview = (
  state: IncidentState,
  override: OverrideState,
  { person, signature }: Readonly<{ person: string; signature: string | null }>,
): Refused | null => {
  if (override.review !== null) return 'given-already';
  if (person === override.by) return 'own-approval';
  if (signature !== null) return whyUnsigned(state, override, { person, signature });
  return (state.people.get(person)?.keys.length ?? 0) > 0 ? 'must-sign' : null;
};

/** An act without the approval that it wants: the reason is sealed, that it was taken is not. */
export const overrideTaken = (
  step: string | null,
  what: string,
  reason: PrivateText,
  now: Instant,
): Fresh<'override.taken'> => ({
  kind: 'override.taken',
  pub: { step, what, review_by: plus(now, limits.overrideReviewMs) },
  priv: { reason },
});

const words: Readonly<Record<Refused, string>> = {
  'no-such-request': 'no request for approval has that number',
  'not-open': 'the step was finished or opened again since: ask anew',
  expired: 'the request has expired: ask anew',
  'own-approval': 'whoever asks cannot approve it themselves',
  'unknown-person': 'firebreak.yaml named nobody of that handle when this incident was declared',
  'unknown-key': 'the key that signed is not one that firebreak.yaml names for that person',
  'given-already': 'that was given already',
  'must-sign': 'a key of that person is known, so the review is signed with it',
  'not-a-signature': 'this is not an SSH signature as ssh-keygen -Y sign writes it',
  'other-namespace': `the signature was made for something else than ${APPROVAL_NAMESPACE}`,
  'does-not-fit': 'the signature is over another request, or over an altered text',
};

export const refusal = (why: Refused): Problem =>
  why === 'no-such-request'
    ? new Problem('not-found', { what: 'request for approval', why: words[why] })
    : new Problem('not-authorised', {
        rule: why,
        why: words[why],
        next: 'firebreak approve lists what waits, and what is to be signed',
      });
