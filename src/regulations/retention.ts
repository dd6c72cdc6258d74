import { HOUR } from '../base/duration.ts';
import { plus } from '../base/instant.ts';
import type { Instant } from '../base/instant.ts';
import type { PrivateClass } from '../model/event.ts';
import { isSecretClass, policyClasses, usualDays } from '../model/retention.ts';
import type { Retention } from '../model/retention.ts';
import { keepings } from './keeping.ts';

/** How long one class is kept and by whose word: the company's days, or an archive duty that asks for more. Pure. */
export type Term = Readonly<{ class: PrivateClass; days: number; policy: string }>;

/** Where policies differ, as the one that was frozen and the one of today may, the longer term stands. */
export const terms = (policies: readonly Retention[]): readonly Term[] =>
  policyClasses.map((one) => {
    const [first, ...others] = policies;
    return others
      .map((policy) => termOf(policy, one))
      .reduce((longest, term) => (term.days > longest.days ? term : longest), termOf(first, one));
  });

const termOf = (retention: Retention | undefined, one: PrivateClass): Term => {
  const own = isSecretClass(one) ? undefined : retention?.days?.[one];
  const days = own ?? usualDays[one];
  const asks = keepings.filter(
    (duty) => retention?.keeps?.includes(duty.id) === true && duty.classes.includes(one) && duty.days > days,
  );
  const longest = asks.toSorted((a, b) => b.days - a.days)[0];
  return longest === undefined
    ? { class: one, days, policy: `${one}: ${days} days${own === undefined ? ' (as usual)' : ''}` }
    : { class: one, days: longest.days, policy: `${one}: ${longest.days} days (${longest.id})` };
};

/** When content of the class may go; null while the incident is open. */
export const dueAt = ({ days }: Term, closedAt: Instant | null): Instant | null =>
  closedAt === null ? null : plus(closedAt, days * 24 * HOUR);
