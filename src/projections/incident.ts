/**
 * What letters, exports and screens may know of the state machine: its types, never its parts. They read an incident through
 * projections, so that one reading of it serves every page.
 */
export type { IncidentState } from '../incident/state.ts';
export type { Progress, StepStatus, StepView } from '../incident/ready.ts';
