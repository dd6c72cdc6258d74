import { cappedDue, due as dueOf, isZone, type Due } from '../base/calendar.ts';
import { formatLocal, parseInstant, type Instant } from '../base/instant.ts';
import type { Obligation } from '../model/obligation.ts';
import { calendarsFor, lookUp } from './calendars.ts';
import { regulations } from './index.ts';

/** One duty from one moment, without any incident: what `--obligation` asks. `capped` is where its second limit begins. */
export type Asked = Readonly<{
  obligation: string;
  trigger: string;
  zone: string;
  country: string | null;
  capped: string | null;
}>;

/** `due` in RFC 3339, null where the rule has words only. `unknown` names the duties there are. */
export type Told =
  | Readonly<{ due: string | null; wording: string | null; source: string; notes: readonly string[] }>
  | Readonly<{ unknown: string }>
  | Readonly<{ refused: string }>;

export function computeDuty(asked: Asked): Told {
  const all: readonly Obligation[] = Object.values(regulations).flatMap((one) => one.obligations);
  const duty = all.find(({ id }) => id === asked.obligation);
  if (duty === undefined) return { unknown: all.map(({ id }) => id).join(', ') };
  if (!isZone(asked.zone)) return { refused: `${asked.zone} is not a known time zone` };
  const start = momentOf(asked.trigger);
  if (start === null) return { refused: `${asked.trigger} is not a time with its offset (RFC 3339)` };
  const zone = duty.zone ?? asked.zone;
  const day = formatLocal(start, zone, 'date');
  const notes = [...notesOf(duty), ...unknownDays(duty, asked.country)];
  const inForce = (duty.effective_from ?? day) <= day && day <= (duty.effective_to ?? day);
  const base = { wording: duty.period.kind === 'none' ? duty.period.wording : null, source: duty.source };
  if (!inForce) return { ...base, due: null, wording: `not in force on ${day}: no clock starts`, notes };
  const from = momentOf(asked.capped ?? '');
  if (asked.capped !== null && from === null)
    return { refused: `${asked.capped} is not a time with its offset (RFC 3339)` };
  const end = writable(() => endOf(duty, start, from, zone, asked.country));
  if (end === null)
    return { refused: `from ${asked.trigger} the period ends outside the years 0000 to 9999` };
  return { ...base, due: end.is === 'none' ? null : formatLocal(end.at, zone, 'rfc3339'), notes };
}

/** Null where the end has a year that nobody can write. */
const writable = (count: () => Due): Due | null => {
  try {
    return count();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};

const momentOf = (text: string): Instant | null => parseInstant(text);

function endOf(
  duty: Obligation,
  start: Instant,
  from: Instant | null,
  zone: string,
  country: string | null,
): Due {
  const { period, capped } = duty;
  const named = 'calendar' in period && period.calendar !== null ? [period.calendar] : [];
  const find = lookUp(country === null ? calendarsFor(named, '') : calendarsFor(named, country));
  const holidays = 'calendar' in period ? find(period.calendar) : null;
  if (capped === undefined || from === null || period.kind !== 'hours')
    return dueOf(period, start, zone, holidays);
  return cappedDue(period, start, { from, hours: capped.hours }, zone, holidays);
}

/** A choice that moves a deadline is said: what is not known to be a holiday is counted as a working day, which is never too late. */
const unknownDays = ({ period }: Obligation, country: string | null): readonly string[] => {
  if (!('calendar' in period) || period.calendar !== null) return [];
  if (country !== null && (calendarsFor([], country)['own'] ?? []).length > 0) return [];
  const whose = country === null ? 'no country was given' : `no public holidays of ${country} are known`;
  return [
    `Only Saturdays and Sundays are left out, because ${whose}: the end can be too early, never too late.`,
  ];
};

const notesOf = ({ threshold, note, readings = [] }: Obligation): readonly string[] => [
  `Owed: ${threshold}.`,
  ...(note === undefined ? [] : [note]),
  ...readings.map(({ name, text }) => `${name}: ${text}`),
];
