import type { Instant } from '../base/instant.ts';
import { instant } from '../base/instant.ts';
import { cadenceRules } from '../model/cadence.ts';
import type { Role } from '../model/names.ts';
import { cadence, cadenceNotice } from '../projections/programme/cadence.ts';
import type { Cadence } from '../projections/programme/cadence.ts';
import { recordOf } from '../projections/programme/record.ts';
import type { DrillRecord } from '../projections/programme/record.ts';
import type { Base } from './base.ts';
import { readCard } from './drill-card.ts';
import type { Knowledge } from './knowledge.ts';
import { idsIn } from './store.ts';
import { readOne } from './summaries.ts';

/** All drills of this installation, read from their journals: what they came to, and whether there were enough of them. */

export type DrillsRead = Readonly<{ drills: readonly DrillRecord[]; unreadable: readonly string[] }>;

/** What the program wrote beside a journal that is from before its beginning was an entry. */
const fromCard = (base: Base, id: string): Readonly<{ begunAt: Instant; by: 'people' | 'script' }> => {
  const { begun, auto } = readCard(base, id);
  return { begunAt: instant(begun), by: auto ? 'script' : 'people' };
};

export const readDrills = (base: Base): DrillsRead => {
  const drills: DrillRecord[] = [];
  const unreadable: string[] = [];
  for (const id of idsIn(base, true)) {
    const read = readOne(base, id, true, (ledger) =>
      recordOf(id, [...ledger.entries()], ledger.reveal, fromCard(base, id)),
    );
    if (!read.ok) unreadable.push(id);
    else if (read.value !== null) drills.push(read.value);
  }
  return { drills: drills.toSorted((a, b) => a.begunAt - b.begunAt), unreadable };
};

/** The people of the built-in company are nobody: without a workspace there is nobody to ask for. */
const peopleOf = (
  base: Base,
  { catalog }: Knowledge,
): readonly Readonly<{ handle: string; roles: readonly Role[]; joined?: string | undefined }>[] =>
  base.workspace === null ? [] : (catalog.company.value.people ?? []);

export const cadenceOf = (base: Base, known: Knowledge, drills: readonly DrillRecord[]): Cadence => {
  const { catalog } = known;
  const company = catalog.company.value;
  return cadence({
    rules: cadenceRules(company.drills),
    drills,
    scenarios: [...catalog.drills].map(([runbook, { value }]) => ({ runbook, title: value.title })),
    people: peopleOf(base, known),
    now: base.clock.now(),
    zone: base.zone ?? company.organisation.zone,
  });
};

/** A screen is drawn again and again, and drills do not become overdue by the second. */
const NOTICE_MS = 60_000;

/** For the home screen. Nobody who only tries the program is told to hold drills: without a workspace the first one begins it. */
export const noticeOf = (base: Base, known: () => Knowledge | null): (() => string | null) => {
  let said: Readonly<{ line: string | null; at: number }> | null = null;
  return () => {
    const knowledge = known();
    if (knowledge === null) return null;
    const at = base.clock.elapsed();
    if (said !== null && at - said.at < NOTICE_MS) return said.line;
    const { drills } = readDrills(base);
    const silent =
      base.workspace === null && !drills.some(({ by, passed }) => by === 'people' && passed !== null);
    said = { line: silent ? null : cadenceNotice(cadenceOf(base, knowledge, drills)), at };
    return said.line;
  };
};
