import { daysBetween } from '../base/instant.ts';
import type { AuditFinding } from './rule.ts';

/** What became of the findings of the last quarter. */
export type Kept = Readonly<{
  rule: string;
  subject: string;
  found: string;
  severity: AuditFinding['severity'];
}>;
/** One audit as it is kept. */
export type Past = Readonly<{
  date: string;
  by: string;
  findings: readonly Kept[];
  notAsked: readonly string[];
}>;

export type Since = Readonly<{
  /** The audit it is compared with; null for a first one. */
  date: string | null;
  fresh: readonly Kept[];
  mended: readonly Kept[];
  still: readonly Kept[];
  /** Not found, and not known to be mended: its system was not asked this time. */
  unseen: readonly Kept[];
}>;

const keyOf = ({ rule, subject }: Pick<Kept, 'rule' | 'subject'>): string => JSON.stringify([rule, subject]);

/** The newest audit that is at least half a period old: several looks on one day are one audit. */
export const lastPeriod = (past: readonly Past[], today: string, everyDays: number): Past | null =>
  past.findLast(({ date }) => (daysBetween(date, today) ?? 0) >= Math.ceil(everyDays / 2)) ?? past[0] ?? null;

export const since = (
  before: Past | null,
  findings: readonly AuditFinding[],
  notAsked: ReadonlySet<string>,
  instanceOf: (subject: string) => string | null,
): Since => {
  const now = findings.map(({ rule, subject, found, severity }): Kept => ({
    rule,
    subject,
    found,
    severity,
  }));
  if (before === null) return { date: null, fresh: now, mended: [], still: [], unseen: [] };
  const old = new Set(before.findings.map(keyOf));
  const here = new Set(now.map(keyOf));
  const gone = before.findings.filter((one) => !here.has(keyOf(one)));
  const unseen = (one: Kept): boolean => notAsked.has(instanceOf(one.subject) ?? '');
  return {
    date: before.date,
    fresh: now.filter((one) => !old.has(keyOf(one))),
    still: now.filter((one) => old.has(keyOf(one))),
    mended: gone.filter((one) => !unseen(one)),
    unseen: gone.filter(unseen),
  };
};

export type Due = Readonly<{
  last: string | null;
  due: string | null;
  overdue: boolean;
  daysLeft: number | null;
}>;

/** A team that has never looked is overdue from the first day. */
export const dueOf = (
  past: readonly Past[],
  today: string,
  everyDays: number,
  plusDays: (day: string, days: number) => string,
): Due => {
  const last = past.at(-1)?.date ?? null;
  if (last === null) return { last, due: null, overdue: true, daysLeft: null };
  const due = plusDays(last, everyDays);
  const daysLeft = daysBetween(today, due) ?? 0;
  return { last, due, overdue: daysLeft < 0, daysLeft };
};
