import type { Run } from '../spec.ts';

export const list: Run = async (context) => {
  const runbooks = (await context.app('definitions')).runbooks();
  if (context.print.json) context.print.object('runbooks', { runbooks });
  else {
    context.print.table(
      ['RUNBOOK', 'SEVERITY', 'STEPS', 'TITLE', 'WORDS'],
      runbooks.map(({ id, severity, steps, title, words }) => [
        id,
        severity,
        String(steps),
        title,
        words.join(', '),
      ]),
    );
  }
  return 0;
};
