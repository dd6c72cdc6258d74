import { isMap, isScalar, isSeq, parseDocument, stringify } from 'yaml';
import type { Document, YAMLMap, YAMLSeq } from 'yaml';

/**
 * Writes rows into a YAML file that people keep by hand. Places come from the document; the text around them is not written
 * anew, so comments, order, blanks and everything else stay as somebody left them.
 */
export type Change =
  | Readonly<{ do: 'add'; part: string; row: Readonly<Record<string, unknown>> }>
  | Readonly<{ do: 'scopes'; part: string; id: string; scopes: readonly string[] }>;

/** Null where the file has no such list: then nothing is written at all. */
export const amended = (text: string, changes: readonly Change[]): string | null => {
  let now: string | null = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
  // One after the other: each change moves what lies behind it.
  for (const change of changes) now = now === null ? null : applied(now, change);
  return now !== null && text.includes('\r\n') ? now.replaceAll('\n', '\r\n') : now;
};

const applied = (text: string, change: Change): string | null => {
  const list = listIn(parseDocument(text, { version: '1.2', schema: 'core' }), change.part);
  if (list === null) return null;
  if (change.do === 'add') return withRow(text, list, change.row);
  const row = list.items.find((item) => isMap(item) && item.get('id') === change.id);
  return isMap(row) ? withScopes(text, row, change.scopes) : null;
};

const listIn = (document: Document.Parsed, part: string): YAMLSeq | null => {
  const list: unknown = document.get(part, true);
  return isSeq(list) ? list : null;
};

const withRow = (text: string, list: YAMLSeq, row: Readonly<Record<string, unknown>>): string => {
  const last = list.items.at(-1);
  const [start, end] = rangeOf(list);
  const bare = list.flow === true && list.items.length === 0;
  if (list.flow === true && !bare) return splice(text, lastSign(text, end), `, ${flow(row)} `);
  const dash = isMap(last) && !bare ? dashBefore(text, rangeOf(last)[0]) : null;
  const indent = ' '.repeat(dash ?? 2);
  const block = stringify(row, { lineWidth: 0, collectionStyle: 'any' })
    .trimEnd()
    .split('\n')
    .map((line, i) => `${indent}${i === 0 ? '- ' : '  '}${line}`)
    .join('\n');
  if (bare) return `${text.slice(0, start).trimEnd()}\n${block}${text.slice(end)}`;
  const at = lineEnd(text, isMap(last) ? lastOf(last) : end);
  // Rows that are parted by an empty line stay so.
  const apart = /\n[ \t]*\n/.test(text.slice(start, end)) ? '\n' : '';
  return splice(text, at, `\n${apart}${block}`);
};

const withScopes = (text: string, row: YAMLMap, scopes: readonly string[]): string => {
  const words = `[${scopes.map((one) => JSON.stringify(one)).join(', ')}]`;
  const old = row.items.find(({ key }) => isScalar(key) && key.value === 'scopes');
  if (old !== undefined) {
    const [start, end] = rangeOf(old.value);
    const block = isSeq(old.value) && old.value.flow !== true;
    return block
      ? `${text.slice(0, start).trimEnd()} ${words}${text.slice(lastOf(old.value))}`
      : `${text.slice(0, start)}${words}${text.slice(end)}`;
  }
  if (row.flow === true) return splice(text, lastSign(text, rangeOf(row)[1]), `, scopes: ${words} `);
  const [start] = rangeOf(row);
  const id = row.items.find(({ key }) => isScalar(key) && key.value === 'id');
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  return splice(text, lineEnd(text, rangeOf(id?.value)[1]), `\n${' '.repeat(column)}scopes: ${words}`);
};

/** Where a node begins, and where its value ends. */
const rangeOf = (node: unknown): readonly [number, number] => {
  const range = node !== null && typeof node === 'object' && 'range' in node ? node.range : null;
  return Array.isArray(range) ? [Number(range[0]), Number(range[1])] : [0, 0];
};

/** Where the last value inside a node ends: the node itself takes the comments that follow it along. */
const lastOf = (node: unknown): number => {
  if (isMap(node) && node.flow !== true) {
    const pair = node.items.at(-1);
    if (pair !== undefined) return lastOf(pair.value ?? pair.key);
  }
  if (isSeq(node) && node.flow !== true && node.items.length > 0) return lastOf(node.items.at(-1));
  return rangeOf(node)[1];
};

const flow = (row: Readonly<Record<string, unknown>>): string =>
  stringify(row, { lineWidth: 0, collectionStyle: 'flow' }).trim();
const splice = (text: string, at: number, words: string): string =>
  text.slice(0, at) + words + text.slice(at);
const lineEnd = (text: string, from: number): number => {
  // A block text ends with the line break that belongs to it.
  if (from > 0 && text[from - 1] === '\n') return from - 1;
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
};
/** Before the closing bracket, and before the blanks in front of it. */
const lastSign = (text: string, end: number): number => text.slice(0, end - 1).trimEnd().length;
/** The column of the dash that a row of a list begins with; null where it stands on a line of its own. */
const dashBefore = (text: string, at: number): number | null => {
  const begins = text.lastIndexOf('\n', at - 1) + 1;
  const found = /^([ ]*)-[ ]/.exec(text.slice(begins, at));
  return found === null ? null : (found[1]?.length ?? 0);
};
