import type { Issue } from '../base/problem.ts';
import { parseYaml } from './yaml.ts';

/** An issue that a program may put right: the word stands at its place and can only have been meant as the other one. */
export type Mendable = Issue & Readonly<{ fix: NonNullable<Issue['fix']> }>;

export const isMendable = (issue: Issue): issue is Mendable => issue.fix !== undefined;

export type MendedText = Readonly<{ text: string; mended: readonly Mendable[] }>;

/**
 * Puts the words right and leaves every other sign of the file as it is. What does not stand where it was found is left alone; a text
 * that would be no definition any more is not given at all.
 */
export const mendedText = (file: string, text: string, issues: readonly Issue[]): MendedText => {
  const starts = lineStarts(text);
  let now = text;
  const mended: Mendable[] = [];
  const backwards = issues.filter(isMendable).toSorted((a, b) => b.line - a.line || b.col - a.col);
  for (const issue of backwards) {
    const { from, to } = issue.fix;
    const at = (starts[issue.line - 1] ?? text.length) + issue.col - 1;
    const bare = text.startsWith(from, at) ? at : text.startsWith(from, at + 1) ? at + 1 : null;
    if (bare === null) continue;
    now = `${now.slice(0, bare)}${to}${now.slice(bare + from.length)}`;
    mended.unshift(issue);
  }
  return mended.length > 0 && parseYaml(file, now).ok ? { text: now, mended } : { text, mended: [] };
};

const lineStarts = (text: string): readonly number[] => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
};
