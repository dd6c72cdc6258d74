import type { Issue } from '../../base/problem.ts';
import type { KeyTable, Remap } from '../../model/keymap.ts';
import { readText, type Reader } from '../load.ts';
import { withSource } from '../source.ts';
import { byPlace, fewOf, parseYaml } from '../yaml.ts';
import { checkRows } from './check.ts';
import { readRows } from './rows.ts';

const NONE: Remap = new Map();

type Read = Readonly<{ remap: Remap; issues: readonly Issue[] }>;

const isEmpty = (text: string): boolean => text.split('\n').every((line) => /^\s*(?:#|$)/.test(line));

/** The keys of one person, or everything that is wrong with the file: it holds as a whole, or the program's own keys hold. */
export const readKeymap = (file: string, text: string, table: KeyTable): Read => {
  if (isEmpty(text)) return { remap: NONE, issues: [] };
  const parsed = parseYaml(file, text);
  if (!parsed.ok) return { remap: NONE, issues: withSource(parsed.issues, text) };
  const { rows, issues: unread } = readRows(parsed.yaml);
  const { remap, issues: wrong } = checkRows(file, rows, table);
  const issues = [...unread, ...wrong];
  if (issues.length === 0) return { remap, issues };
  return { remap: NONE, issues: withSource(fewOf(issues.toSorted(byPlace)), text) };
};

/** The same of a file on the disk; one that cannot be read is told like any other fault. */
export const loadKeymap = (reader: Reader, path: string, table: KeyTable): Read => {
  const text = readText(reader, '', path);
  return typeof text === 'string' ? readKeymap(path, text, table) : { remap: NONE, issues: [text] };
};
