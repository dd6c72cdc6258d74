/** Pure calculators that need no workspace and no incident. */
export { calendarsOf, computeVector } from '../regulations/compute.ts';
