import { Problem } from '../../base/problem.ts';
import { tellIssues } from '../issues.ts';
import type { Run } from '../spec.ts';

/** The findings of the scenarios alone, of one or of all. */
export const run: Run = async (context, input) => {
  const app = await context.app('definitions');
  const named = input.args[0];
  const known = [
    ...new Set([...app.drills().map(({ runbook }) => runbook), ...app.runbooks().map(({ id }) => id)]),
  ].toSorted();
  if (named !== undefined && !known.includes(named))
    throw new Problem('not-found', { what: 'runbook with a drill', id: named, near: known.join(', ') });
  const scenarios = app
    .issues()
    .filter(({ file }) => file.endsWith('/drill.yaml'))
    .filter(({ file }) => named === undefined || file.includes(`runbooks/${named}/`));
  return tellIssues(context, scenarios);
};
