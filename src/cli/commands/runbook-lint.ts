import { isAbsolute, join } from 'node:path';
import { tellIssues } from '../issues.ts';
import type { Run } from '../spec.ts';

export const lint: Run = async (context, input) => {
  const app = await context.app('definitions');
  const path = input.args[0];
  const { cwd } = context.world.environment;
  const issues =
    path === undefined ? app.issues() : await app.lint(isAbsolute(path) ? path : join(cwd, path));
  return tellIssues(context, issues);
};
