import type { Run } from '../spec.ts';

export const coverage: Run = async (context) => {
  const rows = (await context.app('definitions')).coverage();
  const gaps = rows.filter(({ runbooks }) => runbooks.length === 0);
  if (context.print.json) {
    context.print.object('coverage', { items: rows, gaps: gaps.map(({ item }) => item) });
    return 0;
  }
  context.print.table(
    ['ITEM', 'SERVED BY', 'TITLE'],
    rows.map(({ item, title, runbooks }) => [
      item,
      runbooks.length === 0 ? 'NONE' : runbooks.join(', '),
      title,
    ]),
  );
  context.print.say(`${rows.length - gaps.length} of ${rows.length} items are served by a runbook`);
  return 0;
};
