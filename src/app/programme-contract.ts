import type { Instant } from '../base/instant.ts';
import type { NewCall } from '../incident/called.ts';
import type { NewItem } from '../incident/improving.ts';
import type { Cadence } from '../projections/programme/cadence.ts';
import type { DrillRecord, Item } from '../projections/programme/record.ts';

import type { Hours } from '../model/consent.ts';

export type { Consent } from '../model/consent.ts';
export type { Cadence, Turn } from '../projections/programme/cadence.ts';
export type { DrillRecord, Item } from '../projections/programme/record.ts';
export type { NewItem } from '../incident/improving.ts';

export const reportFormats = ['md', 'docx', 'pdf', 'svg'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export type ReportAsked = Readonly<{
  /** An id or a codename; null: the newest drill that was scored, of people where there is one. */
  drill: string | null;
  format: ReportFormat;
  /** Roles and numbers instead of handles and names. */
  pseudonyms: boolean;
}>;

/** `replaced`: characters that no font of the PDF has. */
export type ReportFile = Readonly<{
  drill: string;
  format: ReportFormat;
  name: string;
  bytes: Uint8Array;
  sha256: string;
  replaced: readonly string[];
}>;

/** `until` is a day; hours are those where the team is. */
export type ConsentAsked = Readonly<{
  scenario: string;
  by: string;
  until: string;
  notBetween: Hours | null;
}>;

/** The programme of drills: how often, what came of it, what is to be improved. */
export interface Programme {
  cadence(): Cadence;
  /** Oldest first; also those that were not played to their end. */
  drills(): readonly DrillRecord[];
  /** Ids of drills whose journal does not open. */
  unreadable(): readonly string[];
  items(): readonly Item[];
  now(): Instant;
  /** @throws Problem `not-found`, `usage` */
  addItem(drill: string, item: NewItem): Promise<Item>;
  /** `retest` is the id or codename of a drill. @throws Problem `not-found`, `usage` */
  closeItem(item: string, how: Readonly<{ evidence: string }> | Readonly<{ retest: string }>): Promise<Item>;
  /** Writes a call on a real telephone into a drill; null: the newest one. @throws Problem `not-found`, `usage` */
  addCall(drill: string | null, call: NewCall): Promise<DrillRecord>;
  /** The calendar of what is due. */
  calendar(): string;
  /** The same as a file, 0600; its path. Null: into the folder of exports. */
  writeCalendar(out: string | null): string;
  /** The report after a drill; nothing is written. @throws Problem `not-found`, `usage` */
  report(asked: ReportAsked): Promise<ReportFile>;
  /** The same as a file, 0600, said in the journal of the drill. `out`: a file or a folder; null: the drill's own folder of exports. */
  writeReport(
    asked: ReportAsked,
    out: string | null,
    overwrite: boolean,
  ): Promise<ReportFile & Readonly<{ path: string }>>;
}
