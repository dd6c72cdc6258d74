import type { Inventory } from '../model/inventory.ts';
import { usualPolicy } from '../model/governance.ts';
import type { Severity } from '../model/names.ts';
import type { Seen, Thing } from './seen.ts';

/** What a rule is, and what it is given. A rule is pure: it looks, and says what it saw. */

export type Policy = Readonly<Record<keyof typeof usualPolicy, number>> &
  Readonly<{ domains: readonly string[]; asks: string | null }>;

export const policyOf = ({ audit = {} }: Inventory): Policy => ({
  every_days: audit.every_days ?? usualPolicy.every_days,
  key_unused_days: audit.key_unused_days ?? usualPolicy.key_unused_days,
  key_age_days: audit.key_age_days ?? usualPolicy.key_age_days,
  review_days: audit.review_days ?? usualPolicy.review_days,
  domains: audit.domains ?? [],
  asks: audit.asks ?? null,
});

/** The credential of the tool itself at one system: what it may do, and what the actions of all runbooks need. */
export type OwnCredential = Readonly<{
  instance: string;
  granted: readonly string[];
  needed: readonly string[];
}>;

export type Audited = Readonly<{
  /** `YYYY-MM-DD`. */
  today: string;
  inventory: Inventory;
  policy: Policy;
  seen: readonly Seen[];
  things: readonly Thing[];
  own: readonly OwnCredential[];
}>;

/** `subject` names the thing for as long as it is there: by it a finding is found again next quarter. */
export type Hit = Readonly<{
  subject: string;
  owner: string | null;
  found: string;
  severity?: Severity;
  fix?: string;
}>;

export type Rule = Readonly<{
  id: string;
  title: string;
  severity: Severity;
  why: string;
  fix: string;
  look(audited: Audited): readonly Hit[];
}>;

export type AuditFinding = Readonly<{
  rule: string;
  severity: Severity;
  subject: string;
  owner: string | null;
  found: string;
  why: string;
  fix: string;
}>;

/** The id of a thing in a report: the row where there is one, else where the system keeps it. */
export const subjectOf = ({ instance, item, row }: Thing): string => row?.id ?? `${instance}:${item.id}`;
export const nameOf = ({ instance, item, row }: Thing): string =>
  row === null ? `${item.title} (${instance})` : `${row.title} (${row.id})`;

const NOBODY = /^(not claimed|nobody|none|unknown|unclaimed|n\/?a|tbd|todo|\?+|-+)$/i;
export const isOwned = (owner: string): boolean => !NOBODY.test(owner.trim());
export const ownerOf = ({ row, item }: Thing): string | null =>
  row !== null && isOwned(row.owner) ? row.owner : (item.owner ?? null);
