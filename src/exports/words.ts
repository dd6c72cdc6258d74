import { MINUTE, formatDuration } from '../base/duration.ts';
import { formatLocal, formatUtc, type Instant } from '../base/instant.ts';
import { markdownText } from '../base/text.ts';
import type { Recorded } from '../model/event.ts';
import { tlpLabel } from '../model/tlp.ts';
import { choiceWords, isChosen, isNarrow } from '../projections/choice.ts';
import { isUtc, type FactWords } from '../projections/facts.ts';
import { isUnsigned, packWords } from '../projections/pack.ts';
import {
  timelineContext,
  timelineRow,
  type TimelineContext,
  type TimelineRow,
} from '../projections/timeline.ts';
import type { ExportInput } from './export.ts';

/** What the formats for people share: escaping for Markdown, both times, the marks of a drill. */

/** Foreign text of many lines for a table cell or a list item, which are one line. */
export const cell = (text: string): string => markdownText(text.replaceAll(/\s*[\r\n]+\s*/g, ' / '));

export const utc = (at: Instant): string => `${formatUtc(at).slice(0, 19).replace('T', ' ')}Z`;

/** Local with offset, UTC beside it; once where the zone is UTC. */
export const both = (at: Instant, zone: string): string => {
  const there = utc(at).slice(0, 16);
  return isUtc(zone) ? `${there} UTC` : `${formatLocal(at, zone)} / ${there}Z`;
};

/** Behind the words of whoever says in which zone something is: the zone, and that UTC is there too. */
export const inZone = (zone: string, beside: string): string =>
  isUtc(zone) ? 'in UTC' : `in ${zone}${beside}`;

/** For the head of a column of such times. */
export const timeHead = (name: string, zone: string): string =>
  `${name} (${isUtc(zone) ? 'UTC' : 'local / UTC'})`;

export const entriesIn = (entries: readonly number[]): string =>
  `${entries.length === 1 ? 'entry' : 'entries'} ${entries.join(', ')}`;

/** Behind what rests on them. */
export const fromEntries = (entries: readonly number[]): string =>
  entries.length === 0 ? '' : ` (${entriesIn(entries)})`;

/** For behind what is known: how, and where it stands in the journal. */
export const restsOn = ({ text, basis, entries }: FactWords): string => {
  const parts = [
    ...(text === null || basis === '' ? [] : [`basis: ${basis}`]),
    ...(entries.length === 0 ? [] : [entriesIn(entries)]),
  ];
  return parts.length === 0 ? '' : `(${parts.join('; ')})`;
};

/** How exactly the moment is known, in a word for a narrow column. */
export const fidelity = (row: TimelineRow): string => {
  if (row.occurredAt === null) return '?';
  if (row.occurredBasis === 'estimated') return 'estimated';
  return row.occurredFidelity;
};

export const lag = (ms: number | null): string =>
  ms === null || Math.abs(ms) < MINUTE ? '' : `${ms < 0 ? '-' : ''}${formatDuration(ms)}`;

export const who = (row: TimelineRow): string =>
  row.role === null ? row.actor : `${row.actor} (${row.role})`;

export const DRILL_LINE = 'DRILL: an exercise. Nothing in this document has happened.';

/**
 * Under the heading of a page: who may read it, and before anything that it led to, that a runbook is one that nobody known has signed.
 */
export const underHeading = ({ state, tlp }: ExportInput): readonly string[] => {
  const words = packWords(state.plan);
  return [
    `**${tlpLabel(tlp)}**`,
    '',
    ...(words === null
      ? []
      : [isUnsigned(state.plan) ? `> **${markdownText(words)}**` : markdownText(words), '']),
  ];
};

/** The rows that are wanted, one at a time. */
export function* rows(input: ExportInput): Generator<TimelineRow> {
  for (const { row } of chosen(input)) yield row;
}

/** The same, each with the entry that it tells of. */
export function* chosen(input: ExportInput): Generator<Told> {
  const { choice } = input;
  for (const one of everyRow(input)) if (isChosen(choice, one.row)) yield one;
}

type Told = Readonly<{ entry: Recorded; row: TimelineRow }>;

export const contextOf = (input: ExportInput): TimelineContext => {
  const names = new Map(input.contacts.map(({ id, name }) => [id, name]));
  const titles = (id: string): string | null => input.titles(id) ?? names.get(id) ?? null;
  return timelineContext(input.state, input.obligations, input.zone, titles);
};

function* everyRow(input: ExportInput): Generator<Told> {
  const context = contextOf(input);
  const given = input.redaction?.row ?? ((row: TimelineRow) => row);
  for (const entry of input.entries()) yield { entry, row: given(timelineRow(entry, input.reveal, context)) };
}

/** How many rows are wanted of how many; null where all of them are. */
export const leftOut = (input: ExportInput): ReturnType<typeof rowCount> | null =>
  isNarrow(input.choice) ? rowCount(input) : null;

export function rowCount(input: ExportInput): Readonly<{ shown: number; total: number }> {
  let [shown, total] = [0, 0];
  for (const { row } of everyRow(input)) {
    total += 1;
    if (isChosen(input.choice, row)) shown += 1;
  }
  return { shown, total };
}

/** For the head of what is made of rows: whoever reads it must know that there is more. Its words may be foreign. */
export function leftOutWords(input: ExportInput): string | null {
  const left = leftOut(input);
  if (left === null) return null;
  const { shown, total } = left;
  return `Not everything is here: ${shown} of ${total} rows are shown and ${total - shown} are left out. Chosen: ${choiceWords(input.choice, input.zone)}.`;
}
