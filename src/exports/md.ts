import { grouped } from '../base/grouped.ts';
import { formatLocal } from '../base/instant.ts';
import { markdownText, visible } from '../base/text.ts';
import { isNarrow } from '../projections/choice.ts';
import { evidenceRows } from '../projections/evidence.ts';
import { SEALED } from '../projections/facts.ts';
import type { TimelineRow } from '../projections/timeline.ts';
import type { ExportFormat, ExportInput } from './export.ts';
import { noticesOf } from './redacted/notices.ts';
import { DRILL_LINE, both, inZone, cell, fidelity, underHeading, rows, utc, who } from './words.ts';

/** The whole timeline as one Markdown table, with what the columns mean and what the journal's root hash is. */
export const md: ExportFormat = {
  id: 'md',
  title: 'Timeline as Markdown',
  of: 'rows',
  forms: [{ is: 'text', extension: 'md', pieces }],
};

function* pieces(input: ExportInput): Generator<string> {
  for (const line of top(input)) yield `${line}\n`;
  const shown = new Set<string>();
  for (const row of rows(input)) {
    for (const id of row.evidence) shown.add(id);
    yield `${tableLine(row, input.zone)}\n`;
  }
  for (const line of [...evidence(input, shown), ...foot(input)]) yield `${line}\n`;
}

const top = (input: ExportInput): readonly string[] => {
  const { title, state, drill, zone, now, company, incidentId } = input;
  return [
    `# ${drill ? 'DRILL: ' : ''}Timeline of ${markdownText(title)}`,
    '',
    ...(drill ? [`> **${DRILL_LINE}**`, ''] : []),
    ...underHeading(input),
    `${markdownText(company)} · incident ${markdownText(incidentId)} (${markdownText(state.codename)}) · made ${both(now, zone)}`,
    '',
    ...noticesOf(input).flatMap((notice) => [`**${cell(notice)}**`, '']),
    `**How to read it.** Time: when it happened, ${markdownText(inZone(zone, ' with UTC beside it'))}. ± says how exactly that is known: \`exact\`,`,
    '`minute`, `estimated`, or `?` where nobody said when; no time is made up for it. Recorded: when it was written into the journal,',
    'always exact. ★ marks what the summary shows. `[sealed]` is text whose key is not here.',
    '',
    '| # | Time (local) | Time (UTC) | ± | Who (role) | What | Result | Why | Recorded (UTC) |',
    '|---:|---|---|---|---|---|---|---|---|',
  ];
};

function tableLine(row: TimelineRow, zone: string): string {
  const { occurredAt } = row;
  const extras = [row.detail, row.clock].filter((text) => text !== '').map(cell);
  const what = [cell(row.what), ...extras.map((text) => `*${text}*`)].join('<br>');
  const cells = [
    `${row.n}${row.star ? ' ★' : ''}`,
    occurredAt === null ? '' : formatLocal(occurredAt, zone, 'second'),
    occurredAt === null ? '' : utc(occurredAt),
    fidelity(row),
    cell(who(row)),
    what,
    cell(row.result),
    cell(row.why),
    utc(row.recordedAt),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** What was kept, with the hash that names its bytes. */
function evidence(
  { state, reveal, zone, choice, redaction }: ExportInput,
  shown: ReadonlySet<string>,
): readonly string[] {
  const kept = evidenceRows(state, reveal).filter(
    ({ id }) => (!isNarrow(choice) && redaction === null) || shown.has(id),
  );
  const lines = kept.map(
    ({ n, id, source, method, size, sha256, at }) =>
      `- ${cell(id)}: ${cell(source ?? SEALED)}, by ${method}, ${grouped(size)} bytes, taken ${both(at, zone)}, SHA-256 \`${sha256}\` (entry ${n})`,
  );
  return lines.length === 0 ? [] : ['', '## Evidence', '', ...lines];
}

const foot = ({ checkpoint, drill }: ExportInput): readonly string[] => [
  '',
  '---',
  '',
  `Journal ${markdownText(checkpoint.origin)}, ${checkpoint.size} entries, root hash \`${checkpoint.root}\`.`,
  'Check it with `firebreak verify`. The signed note:',
  '',
  // Indented code: nothing inside it is markup.
  ...checkpoint.note
    .trimEnd()
    .split('\n')
    .map((line) => `    ${visible(line)}`),
  ...(drill ? ['', `> **${DRILL_LINE}**`] : []),
];
