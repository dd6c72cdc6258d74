import type { AuditFormat, AuditReport } from '../app/contract.ts';

/** What the screen of the audit asks for and hears. */

export type AuditEffect =
  /** Opens the screen; nobody is asked for it. */
  | Readonly<{ do: 'audit' }>
  | Readonly<{ do: 'run-audit' }>
  | Readonly<{ do: 'answer-audit'; question: string; answer: AuditAnswer; note: string }>
  | Readonly<{ do: 'save-audit'; report: AuditReport; format: AuditFormat; out: string | null }>;

export type AuditAnswer = 'yes' | 'no' | 'unknown';

export type AuditEvent =
  /** Null where it was stopped. */
  | Readonly<{ is: 'audited'; report: AuditReport | null }>
  | Readonly<{ is: 'answered'; question: string; answer: AuditAnswer }>;

const about: ReadonlySet<string> = new Set<AuditEffect['do']>([
  'audit',
  'run-audit',
  'answer-audit',
  'save-audit',
]);

export const isAudit = (effect: Readonly<{ do: string }>): effect is AuditEffect => about.has(effect.do);
