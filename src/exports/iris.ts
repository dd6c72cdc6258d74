import { formatLocal, type Instant } from '../base/instant.ts';
import { csvCell, visible } from '../base/text.ts';
import type { TimelineRow } from '../projections/timeline.ts';
import type { ExportFormat, ExportInput } from './export.ts';
import { drillMark, oneLine, stampOf, takenFrom } from './stamped.ts';
import { noticesOf } from './redacted/notices.ts';
import { rows, utc, who } from './words.ts';

/**
 * Events for the timeline of a case in DFIR-IRIS: exactly its ten columns. Its import stops at an asset, an indicator or a category
 * that the case does not know, so those three are left blank and what they would say stands in the content. It reads the file
 * line by line and wants a time in each, so a row is one line, and one of unknown time stands at the time of writing it down.
 */
export const iris: ExportFormat = {
  id: 'iris',
  title: 'Timeline for DFIR-IRIS',
  of: 'rows',
  forms: [{ is: 'text', extension: 'csv', pieces }],
};

function* pieces(input: ExportInput): Generator<string> {
  yield `${COLUMNS.map(csvCell).join(',')}\r\n`;
  for (const row of rows(input)) yield eventLine(eventOf(row, input));
  yield eventLine(taken(input));
}

const COLUMNS = [
  'event_date',
  'event_tz',
  'event_title',
  'event_category',
  'event_content',
  'event_raw',
  'event_source',
  'event_assets',
  'event_iocs',
  'event_tags',
] as const;

type IrisEvent = Readonly<{
  date: string;
  /** The offset alone, as `+01:00`. */
  offset: string;
  title: string;
  content: string;
  raw: string;
  tags: readonly string[];
}>;

/** The offset is ours and begins with a sign: an apostrophe before it would be no offset to the import. */
function eventLine({ date, offset, title, content, raw, tags }: IrisEvent): string {
  const cell = (text: string): string => csvCell(visible(text));
  const cells = [
    cell(date),
    `"${offset}"`,
    cell(title),
    cell(''),
    cell(content),
    cell(raw),
    cell('firebreak'),
    cell(''),
    cell(''),
    cell(tags.join('|')),
  ];
  return `${cells.join(',')}\r\n`;
}

/** The wall clock with milliseconds and its offset beside it, each in a column of its own. */
function wallOf(at: Instant, zone: string): Pick<IrisEvent, 'date' | 'offset'> {
  const local = formatLocal(at, zone, 'rfc3339');
  const millis = String(((at % 1000) + 1000) % 1000).padStart(3, '0');
  return { date: `${local.slice(0, 19)}.${millis}`, offset: local.slice(19) };
}

function eventOf(row: TimelineRow, input: ExportInput): IrisEvent {
  const { at, known } = stampOf(row);
  return {
    ...wallOf(at, input.zone),
    title: `${drillMark(input)}${oneLine(row.what)}`,
    content: contentOf(row, known),
    raw: `${input.incidentId}/${row.n} sha256:${row.hash}`,
    tags: [
      'firebreak',
      row.kind,
      ...(row.phase === null ? [] : [row.phase]),
      ...(row.star ? ['summary'] : []),
      ...(known ? [] : ['time-of-writing']),
      ...(input.drill ? ['DRILL'] : []),
    ],
  };
}

function contentOf(row: TimelineRow, known: boolean): string {
  const said: readonly (readonly [string, string])[] = [
    ['Who', who(row)],
    ['Detail', row.detail],
    ['Result', row.result],
    ['Why', row.why],
    ['Step', row.step ?? ''],
    ['Assets', row.targets.join(', ')],
    ['Clock', row.clock],
    ['Obligations', row.obligations.join(', ')],
    ['Evidence', row.evidence.join(', ')],
    ['Corrects entry', row.corrects === null ? '' : String(row.corrects)],
    ['Recorded', utc(row.recordedAt)],
  ];
  const parts = said.filter(([, text]) => text !== '').map(([label, text]) => `${label}: ${oneLine(text)}`);
  const first = known ? [] : ['Nobody said when it happened: the time is that of writing it down'];
  return [...first, ...parts].join('; ');
}

const taken = (input: ExportInput): IrisEvent => ({
  ...wallOf(input.now, input.zone),
  title: `${drillMark(input)}${takenFrom(input)}`,
  content: [
    'Each event before this one names its entry of that journal and the hash of it',
    ...noticesOf(input).map(oneLine),
  ].join('. '),
  raw: `${input.incidentId} sha256:${input.checkpoint.root}`,
  tags: ['firebreak', 'export', ...(input.drill ? ['DRILL'] : [])],
});
