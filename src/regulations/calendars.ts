import type { Holidays } from '../base/calendar.ts';
import { holidays } from './holidays.ts';

/** Which days are holidays where. What is not known is none: counting a holiday as a working day is never too late. */

/** Dates by the calendar's name, as an incident freezes them: `YYYY-MM-DD`. */
export type Calendars = Readonly<Record<string, readonly string[]>>;

/** What a team says of its own place: days that its region adds, or that do not count for it. */
export type OwnHolidays = Readonly<{
  add?: readonly string[] | undefined;
  remove?: readonly string[] | undefined;
}>;

/** The SEC counts with the federal holidays, and so does a company in the United States. */
const idOf = (name: string): string => (name === 'US-FED' ? 'US' : name);

const datesOf = (id: string): readonly string[] =>
  (holidays[idOf(id)] ?? '').split('; ').flatMap((line) => {
    const [year = '', days = ''] = line.split(': ');
    return days
      .split(' ')
      .flatMap((day) => (day === '' ? [] : [`${year}-${day.slice(0, 2)}-${day.slice(2)}`]));
  });

/** The calendars that the rules ask for by name, and as `own` that of the company's place. */
export function calendarsFor(names: readonly string[], country: string, own: OwnHolidays = {}): Calendars {
  const gone = new Set(own.remove);
  const here = [...datesOf(country), ...(own.add ?? [])].filter((day) => !gone.has(day));
  return {
    ...Object.fromEntries(names.map((name) => [name, datesOf(name)])),
    own: [...new Set(here)].toSorted(),
  };
}

/** How a clock looks one up: null asks for that of the company's place. */
export const lookUp =
  (calendars: Calendars): ((name: string | null) => Holidays | null) =>
  (name) => {
    const dates = calendars[name ?? 'own'];
    return dates === undefined ? null : { id: name ?? 'own', dates: new Set(dates) };
  };
