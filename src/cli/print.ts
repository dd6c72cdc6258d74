import { cellsOf, padCells } from '../base/cells.ts';
import { visible, visibleBlock, visibleJson } from '../base/text.ts';
import type { Environment } from '../io/environment.ts';
import type { Globals } from './globals.ts';

/** Writes to the person or the program that reads: data to stdout, talk to stderr, foreign text made harmless on the way. */
export interface Printer {
  readonly json: boolean;
  readonly practice: boolean;
  /** One line of data. */
  line(text?: string): void;
  /** Text of many lines: a letter, a runbook. */
  block(text: string): void;
  /** Talk: what is happening, what comes next. */
  say(text?: string): void;
  /** One JSON object on one line. `firebreak.<thing>/v1` is its schema. */
  object(thing: string, value: Readonly<Record<string, unknown>>): void;
  /** JSON as it stands, for the two outputs that are a bare array. */
  bare(value: unknown): void;
  /** Rows under headings; with `--plain` one record a line without them. */
  table(headings: readonly string[], rows: readonly (readonly string[])[]): void;
}

/** `practice`: every line and object says that it is none of the user's own company. */
export function printer(
  { stdout, stderr }: Environment,
  { json, plain }: Globals,
  practice = false,
): Printer {
  const mark = practice ? 'PRACTICE  ' : '';
  const marked = practice ? { practice } : {};
  const line = (text = ''): void => stdout.write(`${mark}${visible(text)}\n`);
  return {
    json,
    practice,
    line,
    block: (text) => stdout.write(`${visibleBlock(text).replace(/\n+$/, '').replaceAll(/^/gm, mark)}\n`),
    say: (text = '') => stderr.write(`${mark}${visible(text)}\n`),
    object: (thing, value) =>
      stdout.write(`${safeJson({ schema: `firebreak.${thing}/v1`, ...marked, ...value })}\n`),
    bare: (value) => stdout.write(`${safeJson(value)}\n`),
    table(headings, rows) {
      const shown = rows.map((row) => row.map(visible));
      if (plain)
        for (const row of shown) stdout.write(`${[...(practice ? ['PRACTICE'] : []), ...row].join('\t')}\n`);
      else for (const text of aligned([headings, ...shown])) line(text);
    },
  };
}

/** One value as JSON on one line that is safe on a terminal. */
export const safeJson = (value: unknown): string => visibleJson(JSON.stringify(value));

/** One cell of five thousand letters must not push the others out of sight. */
const COLUMN_MAX = 60;

/** Columns as wide as their widest cell, parted by two spaces; the last one is not padded. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.min(COLUMN_MAX, Math.max(...rows.map((row) => cellsOf(row[column] ?? '')))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => padCells(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
