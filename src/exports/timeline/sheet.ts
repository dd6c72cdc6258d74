import { grouped } from '../../base/grouped.ts';
import { formatLocal, formatUtc } from '../../base/instant.ts';
import { visible } from '../../base/text.ts';
import { settable } from '../../letters/papers/settable.ts';
import { nameOf } from '../../letters/papers/words.ts';
import { tlpColour, tlpLabel } from '../../model/tlp.ts';
import { evidenceRows } from '../../projections/evidence.ts';
import { SEALED } from '../../projections/facts.ts';
import { isNarrow } from '../../projections/choice.ts';
import { isUnsigned, packWords } from '../../projections/pack.ts';
import type { TimelineRow } from '../../projections/timeline.ts';
import type { ExportInput } from '../export.ts';
import { HEAD_LENGTH, heading, lines, run, short, words, type Lines, type Words } from '../paper/words.ts';
import { noticesOf } from '../redacted/notices.ts';
import { LATE_MS } from './late.ts';
import { refuseTooMany } from './limit.ts';
import { DRILL_LINE, both, fidelity, inZone, lag, rows, utc, who } from '../words.ts';

/** A timeline as the page wants it: rows, and what stands before and after them. */

type Cell = Readonly<{ lines: Lines; late: boolean }>;
type Row = Readonly<{ tone: 'plain' | 'star'; cells: readonly Cell[] }>;
type Column = Readonly<{ title: string }> & Readonly<{ mm: number } | { fr: number }>;

export type Sheet = Readonly<{
  title: string;
  paper: ExportInput['page'];
  head: Words;
  foot: Words;
  tlp: Readonly<{ label: string; colour: string }>;
  stamp: 'DRILL' | null;
  opening: Readonly<{ title: Words; notices: readonly Words[]; paragraphs: readonly Lines[] }>;
  closing: readonly Readonly<{ title: string; paragraphs: readonly Lines[] }>[];
  columns: readonly Column[];
  /** Each as JSON: ten thousand rows as objects would take more memory than the pages. */
  rows: readonly string[];
}>;

/** The first sixteen digits are enough to find the journal by; all of them stand at the end. */
const ROOT_SHOWN = 16;

export function sheetOf(input: ExportInput): Sheet {
  const { incidentId, title, company, drill, now, tool, checkpoint, tlp, page, choice, redaction } = input;
  const all: string[] = [];
  const named = new Set<string>();
  for (const row of rows(input)) {
    for (const id of row.evidence) named.add(id);
    refuseTooMany(all.length + 1);
    all.push(JSON.stringify(rowOf(row, input.zone)));
  }
  const mark = drill ? 'DRILL: ' : '';
  return {
    title: nameOf(settable(visible(`${mark}Timeline of ${title}`)).text),
    paper: page,
    head: words(short(`${mark}Timeline of ${title} · ${company}`, HEAD_LENGTH)),
    foot: words(
      short(
        `Incident ${incidentId} · made ${formatUtc(now).slice(0, 19)}Z · ${tool} · journal root ${checkpoint.root.slice(0, ROOT_SHOWN)}`,
        HEAD_LENGTH * 2,
      ),
    ),
    tlp: { label: tlpLabel(tlp), colour: tlpColour[tlp] },
    stamp: drill ? 'DRILL' : null,
    opening: openingOf(input),
    closing: [...evidenceOf(input, isNarrow(choice) || redaction !== null ? named : null), journalOf(input)],
    columns: COLUMNS,
    rows: all,
  };
}

const COLUMNS: readonly Column[] = [
  { title: '#', mm: 13 },
  { title: 'Happened', mm: 21 },
  { title: 'UTC', mm: 19 },
  { title: '±', mm: 14 },
  { title: 'Who (role)', mm: 25 },
  { title: 'What', fr: 5 },
  { title: 'Result', mm: 24 },
  { title: 'Why', fr: 3 },
  { title: 'Recorded (UTC)', mm: 24 },
];

function rowOf(row: TimelineRow, zone: string): Row {
  const { occurredAt, recordedAt, lagMs, outcome } = row;
  const [date = '', ...time] = occurredAt === null ? [] : formatLocal(occurredAt, zone, 'second').split(' ');
  const after = lag(lagMs);
  const cells: readonly Lines[] = [
    [run(row.star ? 'strong' : 'plain', `${row.n}${row.star ? ' ★' : ''}`)],
    occurredAt === null ? [run('dim', 'not known')] : [run('plain', date), run('plain', time.join(' '))],
    occurredAt === null ? [] : utcLines(utc(occurredAt)),
    [run('plain', fidelity(row))],
    lines('plain', who(row)),
    [
      ...lines(row.star ? 'strong' : 'plain', row.what),
      ...lines('dim', row.detail),
      ...lines('dim', row.clock === '' ? '' : `Clock: ${row.clock}`),
      ...lines('dim', row.corrects === null ? '' : `Corrects entry ${row.corrects}`),
    ],
    lines(outcome === 'fail' || outcome === 'unsure' ? 'alarm' : 'plain', row.result),
    lines('plain', row.why),
    [...utcLines(utc(recordedAt)), ...lines('strong', after === '' ? '' : `${after} after`)],
  ];
  return {
    tone: row.star ? 'star' : 'plain',
    cells: cells.map((cell, i) => ({
      lines: cell.length === 0 ? [run('plain', '')] : cell,
      late: i === cells.length - 1 && lagMs !== null && lagMs >= LATE_MS,
    })),
  };
}

const utcLines = (moment: string): Lines => moment.split(' ').map((part) => run('plain', part));

function openingOf(input: ExportInput): Sheet['opening'] {
  const { title, drill, company, incidentId, state, zone, now, progress } = input;
  const pack = packWords(state.plan);
  const stands = state.phase === 'closed' ? `closed (${state.closedAs?.replaceAll('-', ' ') ?? ''})` : 'open';
  const roles = [...state.roles].map(([role, person]) => `${role}: ${person}`).join(', ');
  return {
    title: words(heading(`${drill ? 'DRILL: ' : ''}Timeline of ${title}`)),
    notices: [
      ...(drill ? [DRILL_LINE] : []),
      ...(pack !== null && isUnsigned(state.plan) ? [pack] : []),
      ...noticesOf(input),
    ].map(words),
    paragraphs: [
      lines(
        'plain',
        `${company} · incident ${incidentId} (${state.codename}) · ${stands} · severity ${state.severity}`,
      ),
      lines(
        'plain',
        `As of ${both(now, zone)}. Steps: ${progress.done} done, ${progress.skipped} left out, ${progress.unsure} unsure, of ${progress.total}.`,
      ),
      ...(pack !== null && !isUnsigned(state.plan) ? [lines('plain', pack)] : []),
      lines('plain', `Roles: ${roles === '' ? 'nobody took one' : roles}.`),
      lines('strong', 'How to read it'),
      lines(
        'plain',
        `Happened: when it took place, ${inZone(zone, ', with UTC beside it')}. ± says how exactly that is known: exact, minute, estimated, or ? where nobody said when; no time is made up for it.`,
      ),
      lines(
        'plain',
        'Recorded: when it was written into the journal, always exact; how long after is said where it was a minute or more, and shaded from 15 minutes on. Rows are in the order in which they were recorded.',
      ),
      lines('plain', '★ marks what the summary keeps. [sealed] stands for text whose key is not here.'),
    ],
  };
}

function evidenceOf(
  { state, reveal, zone }: ExportInput,
  named: ReadonlySet<string> | null,
): Sheet['closing'] {
  const kept = evidenceRows(state, reveal).filter(({ id }) => named === null || named.has(id));
  if (kept.length === 0) return [];
  const paragraphs = kept.map(({ n, id, source, method, size, sha256, at }) =>
    lines(
      'plain',
      `${id}: ${source ?? SEALED}, by ${method}, ${grouped(size)} bytes, taken ${both(at, zone)}, SHA-256 ${sha256} (entry ${n})`,
    ),
  );
  return [{ title: 'Evidence', paragraphs }];
}

const journalOf = ({ checkpoint, incidentId }: ExportInput): Sheet['closing'][number] => ({
  title: 'The journal that this was taken from',
  paragraphs: [
    lines('plain', `${checkpoint.origin}, ${checkpoint.size} entries, root hash ${checkpoint.root}.`),
    lines('plain', `Check it with: firebreak verify ${incidentId}. The signed note on it:`),
    lines('dim', checkpoint.note.trimEnd()),
  ],
});
