import type { Recorded } from '../model/event.ts';
import { put } from './state.ts';
import type { IncidentState, ReleasedLetter, SubmissionState, Submitted } from './state.ts';

/** What was told for a duty, and what was known when: each submission keeps the facts of its moment. Pure. */

export type DutyEntry = Recorded<'duty.submitted'> | Recorded<'duty.proved'> | Recorded<'duty.acknowledged'>;

type Before = Pick<IncidentState, 'submissions' | 'facts' | 'released'>;

export const submissionsChanged = (state: Before, entry: DutyEntry): IncidentState['submissions'] => {
  const { submissions } = state;
  const before = submissions.get(entry.pub.duty);
  const next = entry.kind === 'duty.submitted' ? submitted(state, before, entry) : answered(before, entry);
  return next === undefined ? submissions : put(submissions, entry.pub.duty, next);
};

/** A later phase adds to the record; the instant that met the clock is the first. */
const submitted = (
  { facts, released }: Before,
  before: SubmissionState | undefined,
  { n, pub }: Recorded<'duty.submitted'>,
): SubmissionState => {
  const { duty, at, phase } = pub;
  const letter = newestFor(duty, released);
  const each: Submitted = { n, at, phase, facts, letter, proofs: [], acknowledged: null };
  return before === undefined
    ? { n, submittedAt: at, proved: false, acknowledgedAt: null, phase, each: [each] }
    : { ...before, phase, each: [...before.each, each] };
};

/** A proof or an acknowledgement is of what was submitted last. */
const answered = (
  before: SubmissionState | undefined,
  entry: Exclude<DutyEntry, Recorded<'duty.submitted'>>,
): SubmissionState | undefined => {
  const last = before?.each.at(-1);
  if (before === undefined || last === undefined) return undefined;
  const earlier = before.each.slice(0, -1);
  const { n } = entry;
  if (entry.kind === 'duty.acknowledged') {
    const { at } = entry.pub;
    return { ...before, acknowledgedAt: at, each: [...earlier, { ...last, acknowledged: { n, at } }] };
  }
  const { kind, evidence } = entry.pub;
  const proofs = [...last.proofs, { n, kind, evidence }];
  return { ...before, proved: true, each: [...earlier, { ...last, proofs }] };
};

const newestFor = (duty: string, released: IncidentState['released']): ReleasedLetter | null =>
  [...released.values()].filter((one) => one.duty === duty).toSorted((a, b) => b.n - a.n)[0] ?? null;
