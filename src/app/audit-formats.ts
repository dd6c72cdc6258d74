import { sarif as sarifOf } from '../audit/sarif.ts';
import type { AuditReport } from './audit-contract.ts';

/** What other programs read of an audit. */
export const sarif = (
  { findings, lines }: AuditReport,
  tool: Readonly<{ version: string; practice: boolean }>,
): Readonly<Record<string, unknown>> => sarifOf(findings, tool, (subject) => lines[subject] ?? 1);
