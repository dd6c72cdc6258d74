import { APPROVAL_NAMESPACE, approvalText } from '../../src/base/approval.ts';
import type { OpenIncident, Prepared } from '../../src/app/contract.ts';
import type { Instant } from '../../src/base/instant.ts';
import { sha256 } from '../../src/base/hash.ts';
import { signSshsig, sshKeyOfSeed } from '../../src/base/sshsig.ts';
import { approvalOf } from '../../src/incident/approvals.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import type { Plan, PlannedStep } from '../../src/model/plan.ts';
import type { Fresh } from '../../src/model/event.ts';
import type { Role } from '../../src/model/names.ts';

/** People with keys that are made from their names. */

export const seedOf = (person: string): Uint8Array => sha256(`key of ${person}`);

const lines = new Map<string, string>();

export const lineOf = (person: string): string => {
  const line = lines.get(person) ?? sshKeyOfSeed(seedOf(person)).line;
  lines.set(person, line);
  return line;
};

/** As an incident knows them. */
export const known = (
  person: string,
  roles: readonly Role[] = [],
  keys = [lineOf(person)],
): Fresh<'person.known'> => ({
  kind: 'person.known',
  pub: { person, roles, keys },
});

/** What there is to sign in an incident of memory, and everybody's signature. */
export const signing = (hashOf: (n: number) => string): Pick<OpenIncident, 'toSign' | 'sign'> => ({
  toSign: (n) => ({
    n,
    is: 'request',
    step: null,
    text: approvalText(hashOf(n)),
    namespace: APPROVAL_NAMESPACE,
    leaf: '{}',
  }),
  sign: async (n, person) =>
    await Promise.resolve(signSshsig(seedOf(person), approvalText(hashOf(n)), APPROVAL_NAMESPACE)),
});

export const withApprovals = (
  plan: Plan,
  { approvals = {} }: Readonly<{ approvals?: Readonly<Record<string, number>> }>,
): Plan => ({
  ...plan,
  phases: plan.phases.map((phase) => ({
    ...phase,
    steps: phase.steps.map((step) => ({ ...step, approvals: approvals[step.id] ?? step.approvals })),
  })),
});

/** As the engine prepares them. */
export const approvalFields = (
  state: IncidentState,
  step: PlannedStep,
  now: Instant,
  direction: 'do' | 'undo',
): Pick<Prepared, 'approval' | 'needsReason'> => {
  const approval = direction === 'undo' ? null : approvalOf(state, step, now, 'ada');
  const lacks = approval !== null && !approval.enough && !approval.strict;
  return { approval, needsReason: lacks ? 'no second person has approved this' : null };
};
