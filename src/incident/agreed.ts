import type { Recorded } from '../model/event.ts';
import { whyNoReview, whyRefused } from './approvals.ts';
import { put } from './state.ts';
import type { Asked, IncidentState, OverrideState } from './state.ts';

/** What entries about people, their approvals and their reviews do to the incident. A signature that does not hold does nothing. */

type AgreedEntry =
  | Recorded<'person.known'>
  | Recorded<'approval.asked'>
  | Recorded<'approval.given'>
  | Recorded<'review.given'>;

export const agreed = (state: IncidentState, entry: AgreedEntry): IncidentState => {
  switch (entry.kind) {
    case 'person.known':
      return { ...state, people: put(state.people, entry.pub.person, entry.pub) };
    case 'approval.asked':
      return { ...state, asked: put(state.asked, entry.n, askedFor(entry, state.facts)) };
    case 'approval.given':
      return approved(state, entry);
    case 'review.given':
      return reviewed(state, entry);
  }
};

const askedFor = (
  { n, hash, recorded_at, actor, pub }: Recorded<'approval.asked'>,
  facts: IncidentState['facts'],
): Asked => ({
  ...pub,
  n,
  hash,
  at: recorded_at,
  by: actor,
  over: false,
  facts,
  given: [],
});

/** Judged anew by whoever reads the journal: an entry that merely says so approves nothing. */
const approved = (
  state: IncidentState,
  { n, recorded_at: at, pub }: Recorded<'approval.given'>,
): IncidentState => {
  const { asked, person, signature } = pub;
  const request = state.asked.get(asked);
  if (request === undefined || whyRefused(state, asked, { person, signature, at }) !== null) return state;
  return {
    ...state,
    asked: put(state.asked, asked, { ...request, given: [...request.given, { n, at, person }] }),
  };
};

/** An override as it is taken: nobody has looked at it yet. */
export const overridden = ({
  n,
  hash,
  recorded_at,
  actor,
  pub,
}: Recorded<'override.taken'>): OverrideState => ({
  n,
  hash,
  at: recorded_at,
  by: actor,
  step: pub.step,
  what: pub.what,
  dueAt: pub.review_by,
  review: null,
});

/** Nobody reviews what they did themselves, and who has a key signs with it. */
const reviewed = (state: IncidentState, entry: Recorded<'review.given'>): IncidentState => {
  const { override, person, agrees, signature } = entry.pub;
  const review = { n: entry.n, at: entry.recorded_at, person, agrees, signed: signature !== null };
  return {
    ...state,
    overrides: state.overrides.map((one) =>
      one.n === override && whyNoReview(state, one, { person, signature }) === null
        ? { ...one, review }
        : one,
    ),
  };
};

type StepEntry = Recorded<'step.started' | 'step.finished' | 'step.skipped' | 'step.reopened'>;

/** What was approved was one act: once its step has ended or was opened again, the next is another. */
export const ended = (asked: IncidentState['asked'], entry: StepEntry): IncidentState['asked'] => {
  const open = (one: Asked): boolean => one.step === entry.pub.step && !one.over;
  if (entry.kind === 'step.started' || ![...asked.values()].some(open)) return asked;
  return new Map([...asked].map(([n, one]) => [n, open(one) ? { ...one, over: true } : one]));
};
