import type { Run } from '../spec.ts';
import { bothTimes } from '../time.ts';
import { utcOrNull } from '../words.ts';

export const list: Run = async (context) => {
  const app = await context.app('drill');
  const drills = app.drills();
  if (context.print.json) {
    const rows = drills.map(({ last, ...drill }) => ({
      ...drill,
      last: last === null ? null : { at: utcOrNull(last.at), passed: last.passed },
    }));
    context.print.object('drills', { drills: rows });
  } else {
    context.print.table(
      ['RUNBOOK', 'MINUTES', 'LAST PLAYED', 'TITLE'],
      drills.map(({ runbook, minutes, last, title }) => [
        runbook,
        String(minutes),
        last === null ? 'never' : `${bothTimes(last.at, app.zone)} ${last.passed ? 'passed' : 'NOT PASSED'}`,
        title,
      ]),
    );
  }
  return 0;
};
