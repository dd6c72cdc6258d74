/** Pure calculators and tables that need no workspace and no incident. */
export { keepings } from '../regulations/keeping.ts';
export { calendarsOf, computeVector } from '../regulations/compute.ts';
export { computeDuty } from '../regulations/compute-duty.ts';
