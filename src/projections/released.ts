/** Letters ask whether they were let go; the state machine knows. */
export { releasedLetter, submittedUnreleased } from '../incident/released.ts';
export type { ReleasedLetter } from '../incident/state.ts';
