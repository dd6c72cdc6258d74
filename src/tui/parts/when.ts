import { formatLocal, type Instant } from '../../base/instant.ts';

/** Local with its offset, and UTC: the two forms a deadline is always shown in, and one where they are the same. */
export const bothTimes = (at: Instant, zone: string): string =>
  zone === 'UTC'
    ? `${formatLocal(at, zone).slice(0, 'YYYY-MM-DD hh:mm'.length)} UTC`
    : `${formatLocal(at, zone)} = ${formatLocal(at, 'UTC', 'time')} UTC`;
