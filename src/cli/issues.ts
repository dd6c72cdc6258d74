import { cellsOf } from '../base/cells.ts';
import type { Issue } from '../base/problem.ts';
import { visible } from '../base/text.ts';
import type { Context } from './context.ts';

const VALIDATION = 3;

export const tellIssues = (context: Context, issues: readonly Issue[]): number => {
  if (context.print.json) context.print.object('issues', { issues });
  else for (const line of issues.flatMap(issueLines)) context.print.line(line);
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  context.print.say(`${errors} errors, ${issues.length - errors} warnings`);
  return exitOf(issues);
};

/** 3 where one of them is an error. */
export const exitOf = (issues: readonly Issue[]): number =>
  issues.some(({ severity }) => severity === 'error') ? VALIDATION : 0;

/** The place in the form that editors and terminals turn into a link; below it the line, with a caret under the fault. */
export function issueLines({
  file,
  line,
  col,
  severity,
  rule,
  message,
  hint,
  source,
}: Issue): readonly string[] {
  return [
    `${file}:${line}:${col}  ${rule}  ${severity}  ${message}`,
    ...(source === undefined ? [] : pointed(source.replaceAll('\t', ' '), line, col)),
    ...(hint === undefined ? [] : [`      ${hint}`]),
  ];
}

const pointed = (source: string, line: number, col: number): readonly string[] => {
  const number = String(line).padStart(6);
  // What a terminal could act on is shown in more signs than it has, and a wide sign takes two columns.
  const before = cellsOf(visible(source.slice(0, col - 1)));
  return [`${number} | ${source}`, `${' '.repeat(number.length)} | ${' '.repeat(before)}^`];
};
