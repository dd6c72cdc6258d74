import type { AuditFormat, AuditReport, InventoryDraft, SyncReport } from '../app/contract.ts';

/** What the screens of the audit and of the inventory's difference ask for and hear. */

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

/** `draft-inventory` shows what `write-inventory` writes. */
export type InventoryEffect =
  | Readonly<{ do: 'compare' }>
  | Readonly<{ do: 'draft-inventory'; report: SyncReport }>
  | Readonly<{ do: 'write-inventory'; report: SyncReport }>;

export type InventoryEvent =
  /** Null where it was stopped. */
  | Readonly<{ is: 'compared'; report: SyncReport | null }>
  | Readonly<{ is: 'drafted'; draft: InventoryDraft }>
  | Readonly<{ is: 'inventory-written'; written: Pick<InventoryDraft, 'file' | 'rows'> }>;

const about: ReadonlySet<string> = new Set<AuditEffect['do']>([
  'audit',
  'run-audit',
  'answer-audit',
  'save-audit',
]);

export const isAudit = (effect: Readonly<{ do: string }>): effect is AuditEffect => about.has(effect.do);

const aboutInventory: ReadonlySet<string> = new Set<InventoryEffect['do']>([
  'compare',
  'draft-inventory',
  'write-inventory',
]);

export const isInventory = (effect: Readonly<{ do: string }>): effect is InventoryEffect =>
  aboutInventory.has(effect.do);
