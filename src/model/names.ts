/** The words that travel through every room. Ids are the names of files and of inventory rows: written once, there. */

/** What an id looks like: lower-case words joined by hyphens. */
export const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export type RunbookId = string;
export type StepId = string;
export type DutyId = string;
export type LetterId = string;
export type ItemId = string;
export type ConnectorId = string;
/** The name a workspace gives to one configured connector; targets name the instance, never the kind. */
export type InstanceId = string;
export type ActionId = string;
export type IncidentId = string;
/** A regulation item that a step serves: `gdpr:33`, `pci:12.10.5`. */
export type ItemOfLaw = string;

export const phaseIds = ['declare', 'contain', 'secure', 'scope', 'notify', 'recover', 'review'] as const;
/** The seven stages of every runbook, always in this order. */
export type PhaseId = (typeof phaseIds)[number];

/** What a person is tonight; one person may be several. */
export const roles = ['commander', 'responder', 'scribe', 'comms', 'legal', 'pci', 'manager'] as const;
export type Role = (typeof roles)[number];

/** From least to most; the runbook proposes the worst plausible, and a person changes it with a reason. */
export const severities = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** What special laws make of a company, in the words of those laws. */
export const regulatedAs = [
  'telecom-provider',
  'hipaa-covered-entity',
  'hipaa-business-associate',
  'financial-entity',
  'credit-institution',
  'nis2-essential',
  'nis2-important',
  'trust-service-provider',
  'sec-registrant',
] as const;
export type RegulatedAs = (typeof regulatedAs)[number];
