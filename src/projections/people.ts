import { formatDistance } from '../base/duration.ts';
import type { Instant } from '../base/instant.ts';
import { approvalOf, approvers } from '../incident/approvals.ts';
import type { Approval, Outdated } from '../incident/approvals.ts';
import { RELEASE, releaseApproval } from '../incident/release.ts';
import { unfilledRoles } from '../incident/roles.ts';
import type { IncidentState, OverrideState } from '../incident/state.ts';
import { limits } from '../model/limits.ts';
import type { Role } from '../model/names.ts';
import { teamNags } from './team.ts';
import { stepsOf } from '../model/plan.ts';

export type { Approval } from '../incident/approvals.ts';
export { RELEASE } from '../incident/release.ts';

/** Who must still agree to what, who must look at what, and which role nobody holds: computed from the journal and now. */

/** A step that needs others and is not finished. */
export type StepApproval = Readonly<{ step: string; title: string; approval: Approval }>;

export type PeopleView = Readonly<{
  approvals: readonly StepApproval[];
  /** Requests that wait for a signature, each with the hash that is signed. */
  waiting: readonly Readonly<{
    asked: number;
    hash: string;
    step: string;
    title: string;
    approval: Approval;
  }>[];
  /** Overrides that nobody has reviewed yet. `lateMs` is negative while there is time. */
  reviews: readonly (OverrideState & Readonly<{ lateMs: number; could: readonly string[] }>)[];
  unfilled: readonly Role[];
  /** What is to be mentioned now, most urgent first. */
  nags: readonly string[];
}>;

export const peopleOf = (
  state: IncidentState,
  now: Instant,
  actor: string,
  outdated?: Outdated,
): PeopleView => {
  const open = (state.plan === null ? [] : stepsOf(state.plan)).filter(({ id }) => {
    const status = state.steps.get(id)?.status;
    return status !== 'finished' && status !== 'skipped';
  });
  const approvals = open.flatMap((step): StepApproval[] => {
    const approval = approvalOf(state, step, now, actor, outdated);
    return approval === null ? [] : [{ step: step.id, title: step.title, approval }];
  });
  const release = state.phase === 'open' ? releaseApproval(state, now, actor) : null;
  if (release !== null)
    approvals.push({ step: RELEASE, title: 'Release what was contained', approval: release });
  approvals.push(...beside(state, now));
  const waiting = approvals.flatMap((one) => {
    const { asked, enough, expired } = one.approval;
    const request = asked === null ? undefined : state.asked.get(asked);
    return request === undefined || enough || expired
      ? []
      : [{ ...one, asked: request.n, hash: request.hash }];
  });
  const reviews = state.overrides
    .filter(({ review }) => review === null)
    .map((one) => ({ ...one, lateMs: now - one.dueAt, could: approvers(state, one.by) }));
  const unfilled = unfilledRoles(state);
  return { approvals, waiting, reviews, unfilled, nags: nagsOf({ waiting, reviews, unfilled }, state, now) };
};

/** What is asked for beside the steps: letters that are to leave, content that is to be destroyed. Gone once enough have agreed. */
const beside = (state: IncidentState, now: Instant): readonly StepApproval[] => {
  const steps = new Set((state.plan === null ? [] : stepsOf(state.plan)).map(({ id }) => id));
  return [...state.asked.values()]
    .filter((one) => one.step !== RELEASE && !steps.has(one.step) && now <= one.expires_at)
    .filter(({ given, need }) => given.length < need)
    .map(({ n, by, step, need, given, expires_at: expiresAt, targets }) => ({
      step,
      title: targets.filter((target) => /^(?:letters|through|given) /.test(target)).join(', ') || step,
      approval: {
        need,
        strict: true,
        asked: n,
        askedBy: by,
        expiresAt,
        expired: false,
        given,
        enough: false,
        could: approvers(state, by),
      },
    }));
};

/** A role that nobody holds is mentioned for a while every quarter of an hour, and never stands in the way of anything. */
const nagsOf = (
  { waiting, reviews, unfilled }: Pick<PeopleView, 'waiting' | 'reviews' | 'unfilled'>,
  state: IncidentState,
  now: Instant,
): readonly string[] => {
  const open = now - state.openedAt;
  const turn = open >= limits.roleNagMs && open % limits.roleNagMs < limits.roleNagShownMs;
  return [
    ...reviews.map(({ n, lateMs }) =>
      lateMs > 0
        ? `REVIEW LATE by ${formatDistance(-lateMs)}: override in entry ${n}`
        : `review of the override in entry ${n} is due in ${formatDistance(-lateMs)}`,
    ),
    ...waiting.map(
      ({ title, approval }) => `${title}: ${approval.given.length} of ${approval.need} approved`,
    ),
    ...teamNags(state, now),
    ...(turn && unfilled.length > 0 ? [`nobody is ${unfilled.join(', ')} yet`] : []),
  ];
};

/** How a step stands with its approvals, in sentences: who must, who has, until when, who could. */
export const approvalLines = (approval: Approval, when: (at: Instant) => string): readonly string[] => {
  const { need, given, asked, askedBy, expiresAt, expired, enough, could, strict, outdated } = approval;
  const who = given.map(({ person }) => person).join(', ');
  const people = need === 1 ? '1 other person' : `${need} other people`;
  const has = given.length === 0 ? 'nobody has yet' : `${who} ${given.length === 1 ? 'has' : 'have'}`;
  const until = expiresAt === null ? '' : when(expiresAt);
  const stands =
    asked === null
      ? outdated === true
        ? 'the letter says something else since it was asked: ask anew'
        : 'nobody was asked yet'
      : expired
        ? `the request of ${askedBy ?? ''} (entry ${asked}) expired ${until}`
        : `asked by ${askedBy ?? ''} in entry ${asked}, ${enough ? 'holds until' : 'expires'} ${until}`;
  const left = could.filter((person) => !given.some((one) => one.person === person));
  return [
    `${people} must approve: ${enough ? `${who} did` : has}`,
    stands,
    ...(enough
      ? []
      : [`could approve: ${left.length === 0 ? 'nobody with a key in firebreak.yaml' : left.join(', ')}`]),
    ...(enough
      ? []
      : [
          strict
            ? 'no reason stands in for it'
            : 'a typed reason can stand in for it: an OVERRIDE, reviewed within 24 h',
        ]),
  ];
};
