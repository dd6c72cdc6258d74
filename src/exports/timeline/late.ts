import { MINUTE } from '../../base/duration.ts';

/** From here on a row is shaded: what was written down so much later rests on memory. */
export const LATE_MS = 15 * MINUTE;
