import { csvRow } from '../base/text.ts';
import { formatLocal } from '../base/instant.ts';
import { packWords } from '../projections/pack.ts';
import type { TimelineRow } from '../projections/timeline.ts';
import type { ExportFormat, ExportInput } from './export.ts';
import { noticesOf } from './redacted/notices.ts';
import { fidelity, lag, rows, utc, who } from './words.ts';

/** The first eight columns fit a landscape page; the order is part of the format. */
const COLUMNS = [
  '#',
  'Time (local)',
  'Time (UTC)',
  '±',
  'Who (role)',
  'What',
  'Result',
  'Why',
  'Step',
  'Targets',
  'Clock',
  'Obligation',
  'Evidence',
  'Recorded at',
  'Lag',
  'Source',
  'Corrects',
  'Star',
  'Hash',
] as const;

/**
 * RFC 4180: every cell quoted, CRLF. A cell that a spreadsheet would run as a formula begins with an apostrophe. In a drill
 * each row says so in its first cell, because rows are copied without their heading. The last row names the journal and
 * its root hash.
 */
export const csv: ExportFormat = {
  id: 'csv',
  title: 'Timeline as a spreadsheet',
  of: 'rows',
  forms: [{ is: 'text', extension: 'csv', pieces }],
};

function* pieces(input: ExportInput): Generator<string> {
  yield csvRow(COLUMNS);
  for (const What of noticesOf(input)) yield csvRow(ownRow({ '#': NOTICE, What, Source: 'tool' }));
  for (const row of rows(input)) yield csvRow(cells(row, input));
  yield csvRow(journalRow(input));
}

function cells(row: TimelineRow, { zone, drill }: ExportInput): readonly string[] {
  const { occurredAt } = row;
  return [
    drill ? `DRILL ${row.n}` : String(row.n),
    occurredAt === null ? '' : formatLocal(occurredAt, zone, 'second'),
    occurredAt === null ? '' : utc(occurredAt),
    fidelity(row),
    who(row),
    row.detail === '' ? row.what : `${row.what} (${row.detail})`,
    row.result,
    row.why,
    row.step ?? '',
    row.targets.join('; '),
    row.clock,
    row.obligations.join('; '),
    row.evidence.join('; '),
    utc(row.recordedAt),
    lag(row.lagMs),
    row.source,
    row.corrects === null ? '' : String(row.corrects),
    row.star ? 'yes' : '',
    row.hash,
  ];
}

function journalRow({ checkpoint, drill, now, state }: ExportInput): readonly string[] {
  return ownRow({
    '#': drill ? 'DRILL journal' : 'journal',
    What: `Journal ${checkpoint.origin}, ${checkpoint.size} entries; its root hash stands in the last column`,
    Why: packWords(state.plan) ?? '',
    'Recorded at': utc(now),
    Source: 'tool',
    Hash: checkpoint.root,
  });
}

/** In the first cell of a row that is about the file itself. */
const NOTICE = 'about this file';

/** A row that stands for no entry. */
const ownRow = (filled: Readonly<Partial<Record<(typeof COLUMNS)[number], string>>>): readonly string[] =>
  COLUMNS.map((column) => filled[column] ?? '');
