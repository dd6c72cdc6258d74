import { ICalAlarmType, ICalEventTransparency } from 'ical-generator';
import { DAY } from '../base/duration.ts';
import { asDate, parseInstant, type Instant } from '../base/instant.ts';
import { visible } from '../base/text.ts';
import type { Cadence, Turn } from '../projections/programme/cadence.ts';
import { calendarNamed } from './calendar.ts';

/** A week and two weeks before: a drill needs people and a room. */
const ALARMS = [14 * DAY, 7 * DAY] as const;

/**
 * When the next drills are due, as days of a calendar. Handles of people stand in it, names do not. The day that something was
 * last practised makes its number of change, which only grows.
 */
export function drillCalendar(view: Cadence, now: Instant): string {
  const calendar = calendarNamed('drills', 'Drills that are due');
  const add = (id: string, summary: string, turn: Turn): void => {
    // What was never practised is due now: a calendar cannot say "never".
    const day = parseInstant(`${turn.due ?? view.today}T00:00:00Z`);
    if (day === null) return;
    const last = turn.last === null ? null : parseInstant(`${turn.last}T00:00:00Z`);
    const event = calendar.createEvent({
      id: `${id}.drills@firebreak.invalid`,
      sequence: last === null ? 0 : Math.floor(last / DAY),
      stamp: asDate(last ?? now),
      start: asDate(day),
      allDay: true,
      summary: visible(summary),
      description:
        turn.last === null ? 'Never practised so far.' : `Last practised on ${turn.last}, by people.`,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
    for (const before of ALARMS)
      event.createAlarm({
        type: ICalAlarmType.display,
        triggerBefore: before / 1000,
        description: visible(summary),
      });
  };
  add('programme', 'Drill due: the next one of the programme', view.programme);
  for (const one of view.scenarios)
    add(`scenario-${one.runbook}`, `Drill due: ${one.title} (${one.runbook})`, one);
  for (const one of view.people) add(`person-${one.person}`, `Drill due: ${one.person} takes part`, one);
  for (const one of view.elements)
    add(`pci-${one.element}`, `Drill due: PCI DSS 12.10.1, ${one.element}`, one);
  return `${calendar.toString()}\r\n`;
}
