import { answerOf, type FactView, type Obligation } from '../model/obligation.ts';
import type { IncidentState } from './state.ts';

type Told = Pick<IncidentState, 'facts' | 'submissions'>;

/** The submission that starts a duty, and of which duty it was. */
export type SentBefore = Readonly<{ duty: string; start: FactView }>;

/**
 * What was submitted starts the clocks of what follows on it: the final report counts from the notification. Nobody has to record a
 * second time that it was sent, and a clock that nobody started would be missed in silence. A fact that a person recorded stands.
 */
export const sentBefore = (
  { facts, submissions }: Told,
  { after = [], starts }: Obligation,
): SentBefore | null => {
  if (answerOf(facts.get(starts)) !== 'unknown') return null;
  const [first] = after
    .flatMap((duty) => {
      const sent = submissions.get(duty);
      return sent === undefined ? [] : [{ duty, sent }];
    })
    .toSorted((a, b) => a.sent.submittedAt - b.sent.submittedAt);
  if (first === undefined) return null;
  const { n, submittedAt: at } = first.sent;
  return { duty: first.duty, start: { n, at, known: true, value: true, ruledOut: false } };
};

/** Those starts as facts: a clock knows nothing else. */
export const sentFacts = (told: Told, duties: readonly Obligation[]): ReadonlyMap<string, FactView> =>
  new Map(
    duties.flatMap((duty) => {
      const sent = sentBefore(told, duty);
      return sent === null ? [] : [[duty.starts, sent.start] as const];
    }),
  );
