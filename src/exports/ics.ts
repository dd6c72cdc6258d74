import { ICalAlarmType, ICalEventStatus, ICalEventTransparency, type ICalCalendar } from 'ical-generator';
import { HOUR, MINUTE } from '../base/duration.ts';
import { asDate } from '../base/instant.ts';
import { visible } from '../base/text.ts';
import type { ClockView } from '../projections/countdowns.ts';
import { unknownWords } from '../projections/unknown.ts';
import type { Revision } from '../projections/revisions.ts';
import { calendarNamed } from './calendar.ts';
import type { ExportFormat, ExportInput } from './export.ts';
import { both } from './words.ts';

/** An alarm so long before the end; the last at the end itself. */
const ALARMS = [7 * 24 * HOUR, 24 * HOUR, 6 * HOUR, HOUR, 15 * MINUTE, 0] as const;

/**
 * Every clock that has or had a moment, as an event of a calendar. Calendars travel to servers and telephones of others, so nothing
 * private is in one: the duty by the words of the law, the incident by its codename, a person's request by its number.
 */
export const ics: ExportFormat = {
  id: 'ics',
  title: 'Deadlines as a calendar with alarms',
  of: 'incident',
  forms: [{ is: 'text', extension: 'ics', pieces: (input) => [calendarOf(input)] }],
};

function calendarOf(input: ExportInput): string {
  const calendar = calendarNamed('clocks', `${drillMark(input)}Deadlines of ${input.state.codename}`);
  const unknown = unknownWords(input.unknown);
  if (unknown !== null) calendar.description(unknown);
  for (const clock of input.clocks) addEvent(calendar, clock, input);
  return `${calendar.toString()}\r\n`;
}

const drillMark = ({ drill }: Pick<ExportInput, 'drill'>): string => (drill ? 'DRILL: ' : '');

function addEvent(calendar: ICalCalendar, clock: ClockView, input: ExportInput): void {
  const revision = input.revisions().get(clock.duty);
  const start = clock.due ?? (clock.standing === 'ruled-out' ? (revision?.at ?? null) : null);
  // What never had a moment is in no calendar; what was ruled out may be, and is taken back.
  if (start === null || revision === undefined || (clock.due === null && revision.sequence === 0)) return;
  const open = clock.submittedAt === null && clock.standing !== 'ruled-out';
  const event = calendar.createEvent({
    id: `${clock.duty.replaceAll(':', '-')}.${input.incidentId}@firebreak.invalid`,
    sequence: revision.sequence,
    stamp: asDate(revision.at),
    lastModified: asDate(revision.at),
    start: asDate(start),
    summary: `${drillMark(input)}${standing(clock)}${visible(clock.title)} (${clock.duty})`,
    description: described(clock, input, revision),
    categories: [{ name: visible(clock.regime) }],
    transparency: ICalEventTransparency.TRANSPARENT,
    status:
      clock.standing === 'ruled-out'
        ? ICalEventStatus.CANCELLED
        : clock.provisional
          ? ICalEventStatus.TENTATIVE
          : ICalEventStatus.CONFIRMED,
  });
  if (!open || clock.context) return;
  for (const before of ALARMS)
    event.createAlarm({
      type: ICalAlarmType.display,
      triggerBefore: before / 1000,
      description: `${drillMark(input)}${visible(clock.title)} (${clock.duty})`,
    });
}

function standing(clock: ClockView): string {
  if (clock.standing === 'ruled-out') return 'ruled out: ';
  if (clock.submittedAt !== null) return clock.proved ? 'done: ' : 'SENT, NOT PROVED: ';
  return clock.provisional ? 'PROVISIONAL: ' : '';
}

const described = (clock: ClockView, input: ExportInput, { sequence }: Revision): string =>
  [
    ...(input.drill ? ['This is an exercise: nothing in it has happened.'] : []),
    ...(clock.due === null ? [] : [`Due ${both(clock.due, input.zone)}`]),
    `To: ${visible(clock.to)}`,
    ...(clock.context ? [`Owed by: ${visible(clock.owedByName ?? clock.owedBy)}`] : []),
    `Rule: ${visible(clock.source)}, version ${visible(clock.version)}`,
    visible(clock.startedBecause),
    `Incident ${visible(input.incidentId)} (${visible(input.state.codename)}), change ${sequence}`,
  ].join('\n');
