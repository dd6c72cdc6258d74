import type { Remap } from '../app/contract.ts';
import type { Standing } from '../model/obligation.ts';
import type { StepStatus } from '../projections/incident.ts';

/** Every colour, word and glyph of the screens. Meaning never hangs on colour alone: each state has a word and a glyph. */

/** What a piece of text is, not how it looks. */
export type Tone =
  | 'plain'
  | 'strong'
  | 'dim'
  | 'good'
  | 'warn'
  | 'bad'
  | 'info'
  | 'wait'
  | 'banner'
  | 'alarm'
  | 'focus';

/** Properties of Ink's Text; the sixteen colours every terminal can be told to make readable. */
export type TextStyle = Readonly<{
  color?: string;
  bold?: boolean;
  dimColor?: boolean;
  inverse?: boolean;
}>;

const styles: Readonly<Record<Tone, TextStyle>> = {
  plain: {},
  strong: { bold: true },
  dim: { dimColor: true },
  good: { color: 'green' },
  warn: { color: 'yellow', bold: true },
  bad: { color: 'red', bold: true },
  info: { color: 'cyan', bold: true },
  wait: { color: 'blue' },
  banner: { color: 'yellow', bold: true, inverse: true },
  alarm: { color: 'red', bold: true, inverse: true },
  focus: { bold: true },
};

const none: TextStyle = {};

/** Without colour not one escape sequence for style is written: bold and inverse go too. */
export const styleOf = (tone: Tone | undefined, color: boolean): TextStyle =>
  !color || tone === undefined ? none : styles[tone];

/** How the terminal wants it: `ascii` where it has no UTF-8. `remap`: keys that the person gave to actions. */
export type Look = Readonly<{ color: boolean; ascii: boolean; screenReader: boolean; remap?: Remap }>;

type Sign = Readonly<{ word: string; glyph: string; ascii: string; tone: Tone }>;

const steps: Readonly<Record<StepStatus, Sign>> = {
  todo: { word: 'TODO', glyph: '☐', ascii: '[ ]', tone: 'plain' },
  now: { word: 'NOW', glyph: '▶', ascii: '[>]', tone: 'info' },
  wait: { word: 'WAIT', glyph: '…', ascii: '[~]', tone: 'wait' },
  done: { word: 'DONE', glyph: '✓', ascii: '[x]', tone: 'good' },
  hand: { word: 'HAND', glyph: '☑', ascii: '[h]', tone: 'good' },
  skip: { word: 'SKIP', glyph: '⊘', ascii: '[-]', tone: 'dim' },
  fail: { word: 'FAIL', glyph: '✗', ascii: '[!]', tone: 'bad' },
  unsure: { word: 'UNSURE', glyph: '⚠', ascii: '[?]', tone: 'warn' },
  void: { word: 'NOT NEEDED', glyph: '-', ascii: '[.]', tone: 'dim' },
};

type Shown = Readonly<{ word: string; glyph: string; tone: Tone }>;

/** Read aloud a glyph is a noise in front of its word, so there only the word is left. */
const shown = ({ word, glyph, ascii, tone }: Sign, look: Look): Shown => ({
  word,
  glyph: look.screenReader ? '' : look.ascii ? ascii : glyph,
  tone,
});

/** Glyph and word, where they stand in a sentence. */
export const signWords = ({ glyph, word }: Pick<Shown, 'glyph' | 'word'>): string =>
  glyph === '' ? word : `${glyph} ${word}`;

export const signOfStep = (status: StepStatus, look: Look): Shown => shown(steps[status], look);

/**
 * A clock in one word. `soon` is under six hours: the time in which a letter must be finished, not begun; `due` is what the rule wants
 * at once, `open` what it names no time for: neither is ever called in order before it is done.
 */
export type ClockState = 'ok' | 'soon' | 'due' | 'open' | 'late' | 'stopped';

const clocks: Readonly<Record<ClockState, Sign>> = {
  ok: { word: 'OK', glyph: '·', ascii: '.', tone: 'good' },
  soon: { word: 'SOON', glyph: '▲', ascii: '^', tone: 'warn' },
  due: { word: 'DUE NOW', glyph: '▲', ascii: '^', tone: 'warn' },
  open: { word: 'OPEN', glyph: '☐', ascii: '-', tone: 'plain' },
  late: { word: 'LATE', glyph: '✗', ascii: '!', tone: 'alarm' },
  stopped: { word: 'STOPPED', glyph: '■', ascii: '#', tone: 'plain' },
};

export const signOfClock = (state: ClockState, look: Look): Shown => shown(clocks[state], look);

/** Where a duty stands, in the words a responder reads. */
export const standingWords: Readonly<Record<Standing, string>> = {
  idle: 'NOT STARTED',
  provisional: 'PROVISIONAL',
  running: 'RUNNING',
  overdue: 'LATE',
  sent: 'SENT, NOT PROVED',
  met: 'MET',
  'met-late': 'MET LATE',
  'ruled-out': 'RULED OUT',
};

/** Marks that are the same everywhere. The ambiguous ones stand in a column of their own. */
export const marks = (
  look: Look,
): Readonly<{ pointer: string; rule: string; star: string; more: string; bar: string; cursor: string }> =>
  look.ascii
    ? { pointer: '>', rule: '-', star: '*', more: '...', bar: '|', cursor: '_' }
    : { pointer: '>', rule: '─', star: '*', more: '…', bar: '│', cursor: '▏' };
