import { grouped } from '../../base/grouped.ts';
import { formatDistance } from '../../base/duration.ts';
import { formatLocal, formatUtc, type Instant } from '../../base/instant.ts';
import { htmlText } from '../../base/text.ts';
import { standingWord, type ClockView } from '../../projections/countdowns.ts';
import { evidenceRows } from '../../projections/evidence.ts';
import { SEALED } from '../../projections/facts.ts';
import type { TimelineRow } from '../../projections/timeline.ts';
import type { ExportInput } from '../export.ts';
import { LATE_MS } from '../timeline/late.ts';
import { both, fidelity, lag, utc, who } from '../words.ts';

/** Foreign text of many lines in HTML. */
export const html = (text: string): string =>
  text
    .split(/\r\n|\n|\r/)
    .map(htmlText)
    .join('<br>');

/** The day above the time of day. */
const stacked = (words: string): string => htmlText(words).replace(' ', '<br>');

const time = (at: Instant, words: string): string =>
  `<time datetime="${formatUtc(at)}">${stacked(words)}</time>`;

export const HEADS = [
  '#',
  'Happened',
  'UTC',
  '±',
  'Who (role)',
  'What',
  'Result',
  'Why',
  'Recorded (UTC)',
] as const;

export function rowHtml(row: TimelineRow, zone: string): string {
  const { n, occurredAt, recordedAt, lagMs, outcome, corrects } = row;
  const after = lag(lagMs);
  const late = lagMs !== null && lagMs >= LATE_MS;
  const below = [
    html(row.detail),
    row.clock === '' ? '' : `Clock: ${html(row.clock)}`,
    corrects === null ? '' : `Corrects <a href="#e${corrects}">entry ${corrects}</a>`,
  ].filter((text) => text !== '');
  const cells = [
    `<td class="short">${n}${row.star ? ' ★' : ''}</td>`,
    `<td class="time">${occurredAt === null ? '<span class="quiet">not known</span>' : time(occurredAt, formatLocal(occurredAt, zone, 'second'))}</td>`,
    `<td class="time">${occurredAt === null ? '' : stacked(utc(occurredAt))}</td>`,
    `<td class="short">${htmlText(fidelity(row))}</td>`,
    `<td>${html(who(row))}</td>`,
    `<td class="long"><span class="what">${html(row.what)}</span>${below.map((text) => `<br><span class="quiet">${text}</span>`).join('')}</td>`,
    `<td${outcome === 'fail' || outcome === 'unsure' ? ' class="alarm"' : ''}>${html(row.result)}</td>`,
    `<td class="long">${html(row.why)}</td>`,
    `<td class="time${late ? ' late' : ''}">${time(recordedAt, utc(recordedAt))}${after === '' ? '' : `<br><strong>${htmlText(after)} after</strong>`}</td>`,
  ];
  return `<tr id="e${n}"${row.star ? ' class="star"' : ''}>${cells.join('')}</tr>\n`;
}

/** Every clock with what started it, its end, what was done and how much was left. */
export function clockTable({ clocks, zone }: ExportInput): string {
  const shown = clocks.filter(({ standing }) => standing !== 'idle');
  if (shown.length === 0) return '<p>No clock is running.</p>';
  const rows = shown.map((clock) => {
    const cells = [
      `${html(clock.title)} <span class="quiet">(${htmlText(clock.duty)})</span>`,
      `${htmlText(standingWord[clock.standing])}${clock.provisional && clock.standing !== 'provisional' ? ' (provisional)' : ''}`,
      html(clock.startedBecause),
      clock.due === null ? html(clock.wording ?? '') : htmlText(both(clock.due, zone)),
      clock.submittedAt === null ? '' : htmlText(both(clock.submittedAt, zone)),
      margin(clock),
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr>${['Duty', 'State', 'Counted from', 'Due', 'Submitted', 'Margin'].map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

function margin({ due, submittedAt, leftMs }: ClockView): string {
  if (due !== null && submittedAt !== null) {
    const left = due - submittedAt;
    return left < 0
      ? `<span class="alarm">${formatDistance(left)} late</span>`
      : `${formatDistance(left)} before`;
  }
  if (leftMs === null) return '';
  return leftMs < 0
    ? `<span class="alarm">${formatDistance(leftMs)} late</span>`
    : `${formatDistance(leftMs)} left`;
}

export function evidenceList(
  { state, reveal, zone }: ExportInput,
  named: ReadonlySet<string> | null,
): string {
  const kept = evidenceRows(state, reveal).filter(({ id }) => named === null || named.has(id));
  if (kept.length === 0) return '';
  const items = kept.map(
    ({ n, id, source, method, size, sha256, at }) =>
      `<li>${html(id)}: ${html(source ?? SEALED)}, by ${htmlText(method)}, ${grouped(size)} bytes, taken ${htmlText(both(at, zone))}, SHA-256 <code>${sha256}</code> (entry ${n})</li>`,
  );
  return `<h2>Evidence</h2>\n<ul>\n${items.join('\n')}\n</ul>\n`;
}
