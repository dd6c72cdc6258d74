import { formatLocal, type Instant } from '../../base/instant.ts';

/** Local with its offset, and UTC: the two forms a deadline is always shown in. */
export const bothTimes = (at: Instant, zone: string): string =>
  `${formatLocal(at, zone)} = ${formatLocal(at, 'UTC', 'time')} UTC`;
