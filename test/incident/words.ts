import fc from 'fast-check';
import { instant } from '../../src/base/instant.ts';

/** Small values for made-up entries. */
export const place = fc.nat({ max: 30 });
export const time = fc.nat({ max: 2_000_000_000 }).map((ms) => instant(1_700_000_000_000 + ms));
export const word = fc.constantFrom('one', 'two');
