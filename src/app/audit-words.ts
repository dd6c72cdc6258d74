import type { AskedSystem, Due } from './audit-contract.ts';

/** When the next audit is due. `how`: what makes one, in the words of whoever asks. */
export const dueWords = ({ last, due, overdue, daysLeft }: Due, how: string): string => {
  if (last === null) return `No whole audit was ever made here: ${how}`;
  const when = overdue ? `was due on ${due}` : `is due on ${due}, in ${daysLeft} days`;
  return `The last whole audit was on ${last}; the next one ${when}.`;
};

/** What no listing shows, without the systems that were not asked: those have a row with the way to mend it. */
export const withoutUnasked = (
  blindSpots: readonly string[],
  unasked: readonly AskedSystem[],
): readonly string[] =>
  blindSpots.filter((says) => !unasked.some(({ instance }) => says.startsWith(`${instance} was not asked`)));
