import type { JsonObject } from '../../base/canonical.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../base/duration.ts';
import { formatUtc, type Instant } from '../../base/instant.ts';
import type { ExportInput } from '../export.ts';

/** How long things took, in the units of VERIS. What no entry says is `Unknown`, and a length that would be negative is as well. */

const UNITS: readonly (readonly [string, number])[] = [
  ['Years', 365 * DAY],
  ['Months', 30 * DAY],
  ['Weeks', 7 * DAY],
  ['Days', DAY],
  ['Hours', HOUR],
  ['Minutes', MINUTE],
  ['Seconds', SECOND],
];

const UNKNOWN = { unit: 'Unknown' } as const;

/** In the largest unit that it fills at least once, rounded down. */
const lengthOf = (ms: number): JsonObject => {
  if (ms < 0) return UNKNOWN;
  const [unit, size] = UNITS.find((one) => ms >= one[1]) ?? (['Seconds', SECOND] as const);
  return { unit, value: Math.floor(ms / size) };
};

/** When somebody of the company knew of it: the fact where it is known, else the opening, by which they did. */
const discoveredAt = ({ facts, openedAt }: ExportInput['state']): Instant => {
  const aware = facts.get('aware');
  return aware !== undefined && aware.known && !aware.ruledOut && aware.at < openedAt ? aware.at : openedAt;
};

/**
 * The incident begins at the earliest known time. Nobody records when an attribute was first compromised or when data left, so those two are
 * unknown; contained is what the systems themselves confirm, and nothing before.
 */
export function timelineOf({ state, containment }: ExportInput): JsonObject {
  const [year, month, day] = formatUtc(state.earliestAt).slice(0, 10).split('-').map(Number);
  const found = discoveredAt(state);
  const contained = containment.bleeding === 'no' ? containment.since : null;
  return {
    incident: { year: year ?? 0, month: month ?? 0, day: day ?? 0 },
    compromise: UNKNOWN,
    exfiltration: UNKNOWN,
    discovery: lengthOf(found - state.earliestAt),
    containment: contained === null ? UNKNOWN : lengthOf(contained - found),
  };
}
