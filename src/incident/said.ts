import { Problem } from '../base/problem.ts';
import type { Instant } from '../base/instant.ts';
import type { PrivateText } from '../model/event.ts';
import type { Outdated } from './approvals.ts';

/** What deciding needs of the world, handed in. */
export type DecideContext = Readonly<{
  now: Instant;
  /** The handle of whoever sits here. */
  actor: string;
  /** Masks card numbers and tokens in anything a person typed. */
  mask: (text: string) => string;
  /** A keyed fingerprint: names a secret in public without giving anything away. */
  fingerprint: (secret: string) => string;
  /** Absent where no letters are at hand, and so none is let go. */
  outdated?: Outdated;
}>;

/** What a person typed, on its way into a private field: nothing gets there without having been masked. */
export const staff = (value: string, { mask }: DecideContext): PrivateText => ({
  class: 'staff',
  value: mask(value),
});

/** As `staff`, for words that a command cannot do without. `what` names them. @throws Problem `usage` */
export const needed = (value: string, what: string, context: DecideContext): PrivateText => {
  if (value.trim() === '') throw new Problem('usage', { why: `a ${what} is needed, in a few words` });
  return staff(value, context);
};
