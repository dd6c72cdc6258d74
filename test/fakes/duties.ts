import { personDuties } from '../../src/incident/person-clocks.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import type { Obligation } from '../../src/model/obligation.ts';
import { gdpr } from '../../src/regulations/gdpr.ts';
import { ZONE } from './company.ts';

/** Two duties of a breach, and those of the people who asked for something. */
export const dutiesShown = (state: IncidentState): readonly Obligation[] => [
  ...gdpr.obligations.filter(({ id }) => id === 'gdpr.33-1' || id === 'gdpr.34'),
  ...personDuties(state, gdpr.obligations, ZONE),
];
