import { isAbsolute, join } from 'node:path';
import type { Issue } from '../../base/problem.ts';
import type { Context } from '../context.ts';
import type { Run } from '../spec.ts';

const VALIDATION = 3;

export const lint: Run = async (context, input) => {
  const app = await context.app('definitions');
  const path = input.args[0];
  const { cwd } = context.world.environment;
  const issues =
    path === undefined ? app.issues() : await app.lint(isAbsolute(path) ? path : join(cwd, path));
  return tellIssues(context, issues);
};

/** 3 where one of them is an error. */
export const tellIssues = (context: Context, issues: readonly Issue[]): number => {
  if (context.print.json) context.print.object('issues', { issues });
  else for (const line of issues.flatMap(issueLines)) context.print.line(line);
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  context.print.say(`${errors} errors, ${issues.length - errors} warnings`);
  return errors === 0 ? 0 : VALIDATION;
};

/** The form that editors and terminals turn into a link. */
function issueLines({ file, line, col, severity, rule, message, hint }: Issue): readonly string[] {
  return [
    `${file}:${line}:${col}: ${severity} ${rule}: ${message}`,
    ...(hint === undefined ? [] : [`    ${hint}`]),
  ];
}
