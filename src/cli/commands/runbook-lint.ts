import { isAbsolute, join } from 'node:path';
import type { App } from '../../app/contract.ts';
import { issuesAsSarif } from '../../app/definition-formats.ts';
import type { Issue } from '../../base/problem.ts';
import { ID } from '../../model/names.ts';
import type { Context } from '../context.ts';
import { refuseReadOnly } from '../context.ts';
import { exitOf, tellIssues } from '../issues.ts';
import { versionOf } from '../run.ts';
import { usage } from '../spec.ts';
import type { Input, Run } from '../spec.ts';

export const lint: Run = async (context, input) => {
  if (input.flag('sarif') && context.print.json)
    throw usage('--sarif is a form of its own; take --json or --sarif');
  const app = await context.app('definitions');
  const path = pathOf(context, input);
  const issues = input.flag('fix') ? await mended(context, app, path) : await found(app, path);
  if (!input.flag('sarif')) return tellIssues(context, issues);
  context.print.bare(issuesAsSarif(issues, versionOf(context.world)));
  return exitOf(issues);
};

/** A file or folder; else the name of a runbook. */
const pathOf = ({ world }: Context, input: Input): string | null => {
  const typed = input.args[0];
  if (typed === undefined) return null;
  const path = isAbsolute(typed) ? typed : join(world.environment.cwd, typed);
  return ID.test(typed) && !world.files.exists(path) ? typed : path;
};

const found = async (app: App, path: string | null): Promise<readonly Issue[]> => {
  const issues = path === null ? app.issues() : await app.lint(path);
  const door = await app.authoring();
  return [...issues, ...door.undrilled(path), ...(await door.testIssues(path))];
};

/** What was changed is told before what is left, because it is done and the rest is not. */
const mended = async (context: Context, app: App, path: string | null): Promise<readonly Issue[]> => {
  refuseReadOnly(context.globals);
  const { mended: changes, issues } = await (await app.authoring()).mend(path);
  for (const { file, line, col, from, to } of changes)
    context.print.say(`MENDED ${file}:${line}:${col}  \`${from}\` is \`${to}\` now`);
  if (changes.length === 0) context.print.say('Nothing could be mended without a person.');
  return issues;
};
