/**
 * How a clock is named: a duty by its id, and one of the many of a duty that is owed to one person each by that and a number,
 * `gdpr.dsar:3`. The name is public and says nothing of the person; what the company calls the request is sealed.
 */

export const personClockId = (duty: string, number: number): string => `${duty}:${number}`;

/** The duty that a clock is of. */
export const dutyOfClock = (clock: string): string => clock.split(':')[0] ?? clock;

/** Why a clock for one person ends without an answer. */
export const clockEnds = ['withdrawn', 'refused', 'duplicate', 'not-ours', 'opened-by-mistake'] as const;
export type ClockEnd = (typeof clockEnds)[number];

/** What people ask for in the words of a command line, and whose law answers: by the country where the person is. */
export const personKinds = ['dsar', 'erasure', 'complaint'] as const;
export type PersonKind = (typeof personKinds)[number];

/** The United Kingdom has laws of its own, and it alone has the clock for complaints. */
export const dutyForKind = (kind: PersonKind, country: string | null): string =>
  kind === 'complaint' || country === 'GB' ? `uk.${kind}` : `gdpr.${kind}`;

const GDPR_PLACES =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' ');

/** Whether the law that the duty is of is that of the country; null where no country was named. */
export const lawFits = (duty: string, country: string | null): boolean | null => {
  if (country === null) return null;
  return duty.startsWith('uk.')
    ? country === 'GB'
    : !duty.startsWith('gdpr.') || GDPR_PLACES.includes(country);
};
