import ical, { type ICalCalendar } from 'ical-generator';
import { visible } from '../base/text.ts';

/** What every calendar of ours begins with. */
export const calendarNamed = (product: string, name: string): ICalCalendar =>
  ical({ prodId: { company: 'firebreak', product, language: 'EN' }, name: visible(name) });
