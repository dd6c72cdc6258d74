import { formatDistance } from '../base/duration.ts';
import type { Contact } from '../model/inventory.ts';
import type { Awaiting, ClockView } from './countdowns.ts';

/** What is said of a submission that is not the end of it: the same words in a terminal, on a screen and in the brief. */

/** What waits for the other side to say that they have it; null where nothing does. */
export const awaitingWords = ({ duty, awaiting }: Pick<ClockView, 'duty' | 'awaiting'>): string | null =>
  awaiting === null ? null : `${duty} was ${ageWords(awaiting)}`;

const ageWords = ({ ageMs, due, overdue }: Awaiting): string => {
  const by =
    due === null ? '' : overdue ? '; by the rule the answer is LATE' : '; the rule gives them a time';
  return `submitted and proved ${formatDistance(-ageMs)} ago, and NOT ACKNOWLEDGED${by}`;
};

/** How the last submission differs from what is known now; null where it does not. */
export const changedWords = (
  { duty, contact, changed }: Pick<ClockView, 'duty' | 'contact' | 'changed'>,
  contacts: readonly Contact[],
): string | null => {
  if (changed === null || changed === 0) return null;
  const name = contacts.find((one) => contact !== null && one.for?.includes(contact) === true)?.name;
  const facts = changed === 1 ? '1 fact' : `${changed} facts`;
  return name === undefined
    ? `${facts} changed since ${duty} was submitted`
    : `${facts} changed since ${name} was told (${duty})`;
};
