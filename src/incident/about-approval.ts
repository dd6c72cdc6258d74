import { plus } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import type { Command } from '../model/command.ts';
import type { Fresh } from '../model/event.ts';
import { limits } from '../model/limits.ts';
import { stepsOf } from '../model/plan.ts';
import type { PlannedStep } from '../model/plan.ts';
import { approvalOf, intendedBy, overrideTaken, refusal, whyNoReview, whyRefused } from './approvals.ts';
import type { Approval, Outdated } from './approvals.ts';
import { latestActs, targetsOf } from './ready.ts';
import { RELEASE, releaseApproval, releasedNames, releaseSha256 } from './release.ts';
import { needed, staff } from './said.ts';
import type { DecideContext } from './said.ts';
import type { Asked, IncidentState } from './state.ts';

/** What commands about approvals and reviews become. */

type ApprovalCommand = Extract<Command, { do: 'ask-approval' | 'approve' | 'review' }>;

export const aboutApproval = (
  state: IncidentState,
  command: ApprovalCommand,
  context: DecideContext,
): readonly Fresh[] => {
  switch (command.do) {
    case 'ask-approval':
      return asked(state, command.step, context);
    case 'approve': {
      const { asked: request, person, signature } = command;
      const why = whyRefused(state, request, { person, signature, at: context.now });
      if (why !== null) throw refusal(why);
      return [{ kind: 'approval.given', pub: { asked: request, person, signature } }];
    }
    case 'review':
      return reviewed(state, command, context);
  }
};

/** One request stands at a time: asking again gives the same one, until it expires or something else would be done. */
const asked = (state: IncidentState, id: string, context: DecideContext): readonly Fresh[] => {
  if (id === RELEASE) return askedToRelease(state, context);
  const step = (state.plan === null ? [] : stepsOf(state.plan)).find((one) => one.id === id);
  if (step === undefined) throw new Problem('not-found', { what: 'step', id });
  const approval = approvalOf(state, step, context.now, context.actor, context.outdated);
  if (approval === null) throw new Problem('usage', { why: `step ${id} needs nobody's approval` });
  const status = state.steps.get(id)?.status;
  if (status === 'finished' || status === 'skipped')
    throw new Problem('usage', { why: `step ${id} is ${status}: there is nothing left to approve` });
  if (approval.asked !== null && !approval.expired) return [];
  return [
    {
      kind: 'approval.asked',
      pub: {
        step: id,
        action: step.kind === 'act' ? step.action : 'by-hand',
        targets: targetsOf(step, state).map((target) => target.item),
        intended_sha256: intendedBy(state, step),
        plan_sha256: state.planSha256,
        need: approval.need,
        expires_at: plus(context.now, limits.approvalMs),
      },
      priv: { title: staff(step.title, context) },
    },
  ];
};

/** What is asked for names every attempt that would be taken back: what is stopped afterwards is not in it. */
const askedToRelease = (state: IncidentState, context: DecideContext): readonly Fresh[] => {
  const approval = releaseApproval(state, context.now, context.actor);
  if (approval === null) throw new Problem('usage', { why: 'nothing is held that the tool could let go of' });
  if (approval.asked !== null && !approval.expired) return [];
  const names = releasedNames(state);
  return [
    {
      kind: 'approval.asked',
      pub: {
        step: RELEASE,
        action: 'release',
        targets: names,
        intended_sha256: releaseSha256(state, names),
        plan_sha256: state.planSha256,
        need: approval.need,
        expires_at: plus(context.now, limits.approvalMs),
      },
      priv: { title: staff('Release what was contained', context) },
    },
  ];
};

const reviewed = (
  state: IncidentState,
  command: Extract<Command, { do: 'review' }>,
  context: DecideContext,
): readonly Fresh[] => {
  const { override, person, agrees, signature, comment } = command;
  const found = state.overrides.find(({ n }) => n === override);
  if (found === undefined) throw new Problem('not-found', { what: 'override', id: String(override) });
  const why = whyNoReview(state, found, { person, signature });
  if (why !== null) throw refusal(why);
  return [
    {
      kind: 'review.given',
      pub: { override, person, agrees, signature },
      priv: { comment: needed(comment, 'comment', context) },
    },
  ];
};

const lacks = (id: string, { given, need, outdated }: Approval): string =>
  `step ${id} needs the approval of ${need} other ${need === 1 ? 'person' : 'people'} and has ${
    outdated === true
      ? 'none for what the letter says now: its facts have changed since it was asked'
      : given.length
  }`;

/** The refusal of what no typed reason can stand in for. What happened all the same has another place in the journal. */
export const mustBeApproved = (
  step: Pick<PlannedStep, 'id'> & Readonly<{ submits?: string | null }>,
  approval: Approval,
): Problem => {
  const { could } = approval;
  const who =
    could.length === 0 ? 'nobody whose key this incident knows could approve' : `could: ${could.join(', ')}`;
  const duty = step.submits ?? null;
  return new Problem('not-authorised', {
    rule: 'needs-approval',
    why: `${lacks(step.id, approval)}; no reason stands in for it, because what leaves the company cannot be called back`,
    next: `ask for it: firebreak approve --ask ${step.id}, or a in the app   (${who}). ${
      duty === null
        ? 'If it has left already, write a note'
        : `If it has left already: firebreak duty submit ${duty}`
    }; the step stays open, or is left out with a reason`,
  });
};

/** Nobody bleeds while a release waits, and whoever let the thief in must not open the door again alone. */
export const releaseMustBeApproved = ({ need, given, could, asked, expired }: Approval): Problem =>
  new Problem('not-authorised', {
    rule: 'needs-approval',
    why: `the release needs the approval of ${need} other ${need === 1 ? 'person' : 'people'} and has ${expired ? 'none that still holds' : given.length}; no reason stands in for it`,
    next: `${asked === null || expired ? 'ask for it: firebreak release --ask' : `it is asked for: firebreak approve ${asked} --print`}   (${could.length === 0 ? 'nobody whose key this incident knows could approve' : `could: ${could.join(', ')}`}). Everything stays off meanwhile`,
  });

/** An answer or a decision that wants others is given with a reason where none of them has agreed. */
const needsReason = (id: string, approval: Approval): Problem =>
  new Problem('not-authorised', {
    rule: 'needs-approval',
    why: `${lacks(id, approval)}, and no reason to go on without it was given`,
    next: `ask for it: firebreak approve --ask ${id}, or a in the app; or do the same with --why TEXT: it counts, is marked OVERRIDE and reviewed within 24 h`,
  });

/** Let go under this request, so in the words that were agreed to: what is learned afterwards takes nothing back. */
const hasLeft = ({ released }: IncidentState, step: PlannedStep, { n }: Asked): boolean =>
  [...released.values()].some(
    (one) =>
      one.n > n &&
      (step.kind === 'write' ? one.letter === step.letter : step.kind === 'do' && one.duty === step.submits),
  );

/**
 * A step that a person settles, under its approvals: what they allow is used, what they lack is an override with this reason,
 * or a refusal.
 */
export const settledUnder = (
  state: IncidentState,
  step: PlannedStep,
  reason: string | null,
  context: DecideContext,
): readonly Fresh[] => {
  const outdated: Outdated = (one, asked) =>
    context.outdated?.(one, asked) === true && !hasLeft(state, one, asked);
  const approval = approvalOf(state, step, context.now, context.actor, outdated);
  // What the tool tried before the person did it was approved or overridden then.
  if (approval === null || latestActs(step.id, state).size > 0) return [];
  if (approval.enough) return [approvalUsed(approval)];
  if (approval.strict) throw mustBeApproved(step, approval);
  if (reason === null || reason.trim() === '') throw needsReason(step.id, approval);
  return [overrideTaken(step.id, 'approval', needed(reason, 'reason', context), context.now)];
};

/** What an act rests on, written before it. */
export const approvalUsed = ({ asked: request, given }: Approval): Fresh<'approval.used'> => ({
  kind: 'approval.used',
  pub: { asked: request ?? 0, given: given.map(({ n }) => n) },
});
