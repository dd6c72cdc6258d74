import { csvRow } from '../base/text.ts';
import { formatUtc } from '../base/instant.ts';
import type { TimelineRow } from '../projections/timeline.ts';
import type { ExportFormat, ExportInput } from './export.ts';
import { drillMark, jsonLine, oneLine, stampOf, takenFrom } from './stamped.ts';
import { noticesOf } from './redacted/notices.ts';
import { rows } from './words.ts';

/**
 * A timeline for Timesketch: its three mandatory fields first, then ours, which it indexes as they are. It places every event in
 * time, so an entry of which nobody said when it happened stands at the time of writing it down, and `timestamp_desc` says so.
 */
export const timesketch: ExportFormat = {
  id: 'timesketch',
  title: 'Timeline for Timesketch',
  of: 'rows',
  forms: [
    { is: 'text', extension: 'csv', pieces: table },
    { is: 'text', extension: 'jsonl', pieces: lines },
  ],
};

function* table(input: ExportInput): Generator<string> {
  yield csvRow(FIELDS);
  for (const event of events(input)) yield csvRow(FIELDS.map((field) => event[field]));
}

/** The same strings as in the table, because both may end in one index; what is empty is left out. */
function* lines(input: ExportInput): Generator<string> {
  for (const event of events(input))
    yield jsonLine(Object.fromEntries(Object.entries(event).filter(([, text]) => text !== '')));
}

const FIELDS = [
  'message',
  'datetime',
  'timestamp_desc',
  'incident',
  'entry',
  'event_type',
  'detail',
  'actor',
  'role',
  'result',
  'outcome',
  'why',
  'phase',
  'step',
  'targets',
  'clock',
  'obligations',
  'evidence',
  'occurred_precision',
  'occurred_basis',
  'recorded_at',
  'written_by',
  'corrects',
  'starred',
  'entry_hash',
  'drill',
] as const;

type Event = Readonly<Record<(typeof FIELDS)[number], string>>;

function* events(input: ExportInput): Generator<Event> {
  for (const row of rows(input)) yield eventOf(row, input);
  yield taken(input, [takenFrom(input), ...noticesOf(input)].join('. '));
}

/** ISO 8601 with its offset, as Timesketch documents it. */
const iso = (at: Parameters<typeof formatUtc>[0]): string => formatUtc(at).replace('Z', '+00:00');

function eventOf(row: TimelineRow, input: ExportInput): Event {
  const { at, known } = stampOf(row);
  return {
    message: `${drillMark(input)}${oneLine(row.what)}`,
    datetime: iso(at),
    timestamp_desc: known ? 'Occurred' : 'Recorded, time of occurrence not known',
    incident: input.incidentId,
    entry: String(row.n),
    event_type: row.kind,
    detail: oneLine(row.detail),
    actor: oneLine(row.actor),
    role: row.role ?? '',
    result: oneLine(row.result),
    outcome: row.outcome,
    why: oneLine(row.why),
    phase: row.phase ?? '',
    step: row.step ?? '',
    targets: oneLine(row.targets.join('; ')),
    clock: oneLine(row.clock),
    obligations: row.obligations.join('; '),
    evidence: oneLine(row.evidence.join('; ')),
    occurred_precision: row.occurredFidelity,
    occurred_basis: row.occurredBasis ?? '',
    recorded_at: iso(row.recordedAt),
    written_by: row.source,
    corrects: row.corrects === null ? '' : String(row.corrects),
    starred: row.star ? 'yes' : 'no',
    entry_hash: row.hash,
    drill: input.drill ? 'yes' : 'no',
  };
}

const NOTHING = Object.fromEntries(FIELDS.map((field) => [field, ''])) as Event;

const taken = (input: ExportInput, words: string): Event => ({
  ...NOTHING,
  message: `${drillMark(input)}${oneLine(words)}`,
  datetime: iso(input.now),
  timestamp_desc: 'Exported',
  incident: input.incidentId,
  event_type: 'export',
  recorded_at: iso(input.now),
  written_by: 'tool',
  entry_hash: input.checkpoint.root,
  drill: input.drill ? 'yes' : 'no',
});
