/** Pure calculators that need no workspace and no incident. */
export { calendarsOf, computeVector, type Computed, type Refused } from '../regulations/compute.ts';
