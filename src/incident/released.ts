import type { Recorded } from '../model/event.ts';
import { stepsOf } from '../model/plan.ts';
import { put } from './state.ts';
import type { IncidentState, ReleasedLetter } from './state.ts';

/** Which texts a named person let go, and which of them was the last. Pure. */

const releaseKey = (letter: string, language: string): string => `${letter} ${language}`;

/**
 * The newest release of a letter in a language; null where nobody released it. It speaks of one text: what is to be sent is released
 * only if its draft, written for `at`, has the same `sha256`.
 */
export const releasedLetter = (
  { released: all }: Pick<IncidentState, 'released'>,
  letter: string,
  language: string,
): ReleasedLetter | null => all.get(releaseKey(letter, language)) ?? null;

export type LetterEntry = Recorded<'letter.drafted'> | Recorded<'letter.released'>;
export const isAboutLetters = (entry: Recorded): entry is LetterEntry =>
  entry.kind === 'letter.drafted' || entry.kind === 'letter.released';

/** The newest draft and the newest release count: the text that goes out is the one looked at last. */
export const lettersChanged = (
  state: Pick<IncidentState, 'letters' | 'released'>,
  entry: LetterEntry,
): Partial<IncidentState> => {
  const { n, actor, recorded_at } = entry;
  if (entry.kind === 'letter.drafted') {
    const { letter, sha256, missing, follows } = entry.pub;
    return { letters: put(state.letters, letter, { n, sha256, missing, follows }) };
  }
  const { letter, language } = entry.pub;
  const release = { ...entry.pub, n, by: actor, releasedAt: recorded_at };
  return { released: put(state.released, releaseKey(letter, language), release) };
};

/**
 * Duties that were submitted although nobody let their letter go here. It may have been given by telephone or typed into a portal, so
 * nothing is refused; it is only not passed over.
 */
export const submittedUnreleased = ({
  plan,
  submissions,
  released,
}: Pick<IncidentState, 'plan' | 'submissions' | 'released'>): readonly Readonly<{
  duty: string;
  letter: string;
}>[] =>
  (plan === null ? [] : stepsOf(plan)).flatMap((step) => {
    if (step.kind !== 'write' || step.duty === null || !submissions.has(step.duty)) return [];
    const { duty, letter } = step;
    return [...released.values()].some((one) => one.duty === duty) ? [] : [{ duty, letter }];
  });
