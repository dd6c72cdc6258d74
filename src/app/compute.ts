/** Pure calculators and tables that need no workspace and no incident. */
export { keepings } from '../regulations/keeping.ts';
export { calendarsOf, computeVector } from '../regulations/compute.ts';
export { computeDuty } from '../regulations/compute-duty.ts';
export { assess, type Assessment, type Point } from '../incident/assessment/assess.ts';
export {
  adjustments,
  bands,
  circumstances,
  contexts,
  dataTypes,
  ease,
  examples,
  identifiers,
} from '../incident/severity.ts';
