import { unreachable } from '../../base/assert.ts';
import type { Period } from '../../model/obligation.ts';

const counted = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/** A period as somebody counts it on paper. */
export const periodWords = (period: Period): string => {
  switch (period.kind) {
    case 'hours':
      return `${counted(period.hours, 'hour')}, nights and holidays included`;
    case 'calendar-days':
      return counted(period.days, 'calendar day');
    case 'business-days':
      return `${counted(period.days, 'working day')}${period.cutoff === undefined ? '' : `, by ${period.cutoff}`}`;
    case 'months':
      return counted(period.months, 'month');
    case 'days-after-year-end':
      return `${counted(period.days, 'day')} after the end of the year`;
    case 'none':
      return period.wording;
    default:
      return unreachable(period);
  }
};
