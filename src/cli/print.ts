import { visible, visibleBlock } from '../base/text.ts';
import type { Environment } from '../io/environment.ts';
import type { Globals } from './globals.ts';

/** Writes to the person or the program that reads: data to stdout, talk to stderr, foreign text made harmless on the way. */
export interface Printer {
  readonly json: boolean;
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

export function printer({ stdout, stderr }: Environment, { json, plain }: Globals): Printer {
  const line = (text = ''): void => stdout.write(`${visible(text)}\n`);
  return {
    json,
    line,
    block: (text) => stdout.write(`${visibleBlock(text).replace(/\n+$/, '')}\n`),
    say: (text = '') => stderr.write(`${visible(text)}\n`),
    object: (thing, value) => stdout.write(`${safeJson({ schema: `firebreak.${thing}/v1`, ...value })}\n`),
    bare: (value) => stdout.write(`${safeJson(value)}\n`),
    table(headings, rows) {
      const shown = rows.map((row) => row.map(visible));
      if (plain) for (const row of shown) stdout.write(`${row.join('\t')}\n`);
      else for (const text of aligned([headings, ...shown])) line(text);
    },
  };
}

/** JSON that is safe on a terminal too: what could hide or reorder text is written as an escape, the value is the same. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    // oxlint-disable-next-line no-control-regex -- finding them is the purpose
    /[\u034f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|\udb40[\udc00-\udfff]/g,
    (found) => Array.from({ length: found.length }, (_, i) => unit(found.charCodeAt(i))).join(''),
  );
}

const unit = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;

/** Columns as wide as their widest cell, parted by two spaces; the last one is not padded. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
