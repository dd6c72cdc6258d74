import { DAY, HOUR } from '../../base/duration.ts';
import { formatLocal, plus, type Instant } from '../../base/instant.ts';
import { htmlText } from '../../base/text.ts';
import { standingWord, type ClockView } from '../../projections/countdowns.ts';
import type { ExportInput } from '../export.ts';
import type { Mark } from './marks.ts';

/** Clocks as bars, steps and proofs as marks on one axis of time; every mark says in words what it is. */

const [WIDTH, LABELS, LANE, TOP] = [1200, 330, 26, 34] as const;
const ROOM = WIDTH - LABELS - 24;

/** An end that is weeks away would press the night into a line: the axis goes this far, and the bar says when it ends. */
const SHOWN_AT_LEAST = 96 * HOUR;

type Axis = Readonly<{ from: Instant; to: Instant; x: (at: Instant) => number }>;

export function chartOf(input: ExportInput, marks: readonly Mark[]): string {
  const { now, zone } = input;
  const shown = input.clocks.filter(
    ({ startedAt, standing }) => startedAt !== null && standing !== 'ruled-out',
  );
  const axis = axisOf(input, shown, marks);
  const lanes = [
    ...shown.map((clock, i) => clockLane(clock, TOP + i * LANE, axis, now)),
    markLane('Steps', ['step', 'skipped'], marks, TOP + shown.length * LANE, axis),
    markLane(
      'Proofs, and what answers again',
      ['proved', 'drift'],
      marks,
      TOP + (shown.length + 1) * LANE,
      axis,
    ),
  ];
  const bottom = TOP + (shown.length + 2) * LANE;
  const height = bottom + 26;
  const nowAt = axis.x(now);
  return [
    `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="chart-title">`,
    `<title id="chart-title">Clocks, steps and proofs from ${when(axis.from, zone)} to ${when(axis.to, zone)}; the tables below say the same</title>`,
    ...ticksOf(axis).map(
      (at) =>
        `<line class="grid" x1="${axis.x(at)}" x2="${axis.x(at)}" y1="${TOP - 8}" y2="${bottom}"/><text class="quiet" x="${axis.x(at)}" y="${TOP - 14}" text-anchor="middle">${when(at, zone)}</text>`,
    ),
    ...lanes,
    `<line class="now" x1="${nowAt}" x2="${nowAt}" y1="${TOP - 8}" y2="${bottom + 6}"/>`,
    `<text x="${nowAt}" y="${bottom + 20}" text-anchor="middle">as of ${when(now, zone)}</text>`,
    '</svg>',
  ].join('\n');
}

const when = (at: Instant, zone: string): string => formatLocal(at, zone).slice(5, 16);

function axisOf({ now, state }: ExportInput, clocks: readonly ClockView[], marks: readonly Mark[]): Axis {
  const begins = [
    state.earliestAt,
    ...clocks.map(({ startedAt }) => startedAt ?? now),
    ...marks.map(({ at }) => at),
  ];
  const from = begins.reduce((least, at) => (at < least ? at : least), now);
  const most = Math.max(SHOWN_AT_LEAST, 1.5 * (now - from));
  const ends = clocks.map(({ due, submittedAt }) => submittedAt ?? due).filter((at) => at !== null);
  const last = ends.reduce((greatest, at) => (at > greatest ? at : greatest), now);
  const to = plus(from, Math.max(HOUR, Math.round(Math.min(last - from, Math.max(most, now - from)) * 1.04)));
  const x = (at: Instant): number =>
    Math.round(LABELS + (ROOM * (Math.min(Math.max(at, from), to) - from)) / (to - from));
  return { from, to, x };
}

const STEPS = [1, 3, 6, 12, 24, 48, 7 * 24, 14 * 24, 30 * 24, 90 * 24].map((hours) => hours * HOUR);

function ticksOf({ from, to }: Axis): readonly Instant[] {
  const step = STEPS.find((one) => (to - from) / one <= 9) ?? Math.ceil((to - from) / 9 / DAY) * DAY;
  const first = Math.ceil(from / step) * step;
  const count = Math.floor((to - first) / step) + 1;
  return Array.from({ length: count }, (_, i) => plus(from, first - from + i * step));
}

function clockLane(clock: ClockView, y: number, axis: Axis, now: Instant): string {
  const { startedAt, due, submittedAt, title, duty } = clock;
  const start = axis.x(startedAt ?? now);
  const end = submittedAt ?? due ?? now;
  const runs = `${title} (${duty}): ${wordsOf(clock)}`;
  const late = due !== null && due < (submittedAt ?? now);
  const bar = (from: number, to: number, kind: string): string =>
    `<rect class="${kind}" x="${from}" y="${y + 5}" width="${Math.max(to - from, 3)}" height="12" rx="2"><title>${htmlText(runs)}</title></rect>`;
  const kind = clock.context
    ? 'context'
    : submittedAt !== null
      ? 'met'
      : clock.provisional
        ? 'provisional'
        : 'running';
  return [
    label(`${title} (${duty})`, y),
    late && due !== null
      ? bar(start, axis.x(due), kind) + bar(axis.x(due), axis.x(submittedAt ?? now), 'late')
      : bar(start, axis.x(end), kind),
    words(wordsOf(clock), start, axis.x(late && submittedAt === null ? now : end), y),
  ].join('');
}

const wordsOf = ({ standing, provisional, context }: ClockView): string =>
  `${standingWord[standing]}${provisional && standing !== 'provisional' ? ' (provisional)' : ''}${context ? ', of others' : ''}`;

/** Behind the bar, before it where there is no room behind it, or below it. */
function words(text: string, start: number, end: number, y: number): string {
  if (end <= WIDTH - SAID) return `<text class="quiet" x="${end + 6}" y="${y + 15}">${htmlText(text)}</text>`;
  if (start >= LABELS + SAID)
    return `<text class="quiet" x="${start - 6}" y="${y + 15}" text-anchor="end">${htmlText(text)}</text>`;
  return `<text class="quiet" x="${end - 6}" y="${y + 27}" text-anchor="end" font-size="9">${htmlText(text)}</text>`;
}
/** What the longest of them takes. */
const SAID = 190;

const LABEL = 50;
const label = (text: string, y: number): string => {
  const chars = Array.from(text);
  const shown = chars.length <= LABEL ? text : `${chars.slice(0, LABEL - 1).join('')}…`;
  return `<text x="0" y="${y + 15}">${htmlText(shown)}<title>${htmlText(text)}</title></text>`;
};

/** Marks that would lie on each other are one that says how many it is. */
function markLane(
  name: string,
  kinds: readonly Mark['is'][],
  marks: readonly Mark[],
  y: number,
  axis: Axis,
): string {
  const places = new Map<string, Readonly<{ mark: Mark; x: number; more: number }>>();
  for (const mark of marks) {
    if (!kinds.includes(mark.is)) continue;
    const x = axis.x(mark.at);
    const key = `${mark.is} ${Math.round(x / 3)}`;
    const before = places.get(key);
    places.set(key, before === undefined ? { mark, x, more: 0 } : { ...before, more: before.more + 1 });
  }
  const drawn = [...places.values()].map(({ mark, x, more }) => {
    const says = `${mark.says}${more === 0 ? '' : `, and ${more} more`}`;
    const shape =
      mark.is === 'drift'
        ? `<path class="drift" d="M${x} ${y + 3}l8 15h-16z">`
        : `<circle class="${mark.is}" cx="${x}" cy="${y + 11}" r="5">`;
    return `${shape}<title>${htmlText(says)}</title></${mark.is === 'drift' ? 'path' : 'circle'}>`;
  });
  return [label(`${name}${places.size === 0 ? ': none' : ''}`, y), ...drawn].join('');
}
