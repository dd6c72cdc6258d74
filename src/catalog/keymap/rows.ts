import type { Json } from '../../base/canonical.ts';
import type { Issue } from '../../base/problem.ts';
import type { Place, YamlFile } from '../yaml.ts';

/** What stands in a keymap file, row by row, before anybody asks what it means. */

export type FileKey = Readonly<{ word: string; at: Place }>;
export type FileRow = Readonly<{ id: string; at: Place; keys: readonly FileKey[] }>;

export const keymapIssue = (file: string, { line, col }: Place, message: string, hint?: string): Issue => ({
  rule: 'FB001',
  severity: 'error',
  file,
  line,
  col,
  message,
  ...(hint === undefined ? {} : { hint }),
});

/** A digit is a key too, though YAML reads it as a number. */
const wordOf = (value: Json): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;

type Read = Readonly<{ row: FileRow | null; issues: readonly Issue[] }>;

const readRow = (yaml: YamlFile, id: string, value: Json): Read => {
  const at = yaml.placeOf([id], 'key');
  const each: readonly Json[] = Array.isArray(value) ? value : [value];
  const keys = each.map((one, i) => ({
    word: wordOf(one),
    at: yaml.placeOf(Array.isArray(value) ? [id, i] : [id]),
  }));
  const bad = keys.filter(({ word }) => word === null);
  const issues = bad.map((one) =>
    keymapIssue(
      yaml.file,
      one.at,
      `\`${id}\` takes a key or a list of keys`,
      'like `R`, or `[R, ctrl+r]`; a sign wants quotes: `"~"`',
    ),
  );
  if (keys.length === 0)
    return {
      row: null,
      issues: [keymapIssue(yaml.file, at, `\`${id}\` has no key left`, 'leave the line out to keep its own')],
    };
  if (bad.length > 0) return { row: null, issues };
  return { row: { id, at, keys: keys.map((key) => ({ word: key.word ?? '', at: key.at })) }, issues };
};

export const readRows = (
  yaml: YamlFile,
): Readonly<{ rows: readonly FileRow[]; issues: readonly Issue[] }> => {
  const { value } = yaml;
  const entries =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  const read = entries.map(([id, keys]) => readRow(yaml, id, keys));
  return {
    rows: read.flatMap(({ row }) => (row === null ? [] : [row])),
    issues: read.flatMap(({ issues }) => issues),
  };
};
