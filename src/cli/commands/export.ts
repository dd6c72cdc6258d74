import { isAbsolute, join } from 'node:path';
import { Problem } from '../../base/problem.ts';
import type { Run } from '../spec.ts';

export const exportTo: Run = async (context, input) => {
  const formats = (await context.app()).formats();
  const format = input.text('format');
  if (format === null) {
    if (context.print.json) context.print.object('formats', { formats });
    else
      context.print.table(
        ['FORMAT', 'WHAT'],
        formats.map(({ id, title }) => [id, title]),
      );
    return 0;
  }
  if (!formats.some(({ id }) => id === format)) {
    throw new Problem('not-found', {
      what: 'export format',
      id: format,
      near: formats.map(({ id }) => id).join(', '),
    });
  }
  const out = input.text('out');
  const { cwd } = context.world.environment;
  const incident = await context.writable(input.args[0] ?? null);
  const paths = await incident.export(format, out === null || isAbsolute(out) ? out : join(cwd, out));
  if (context.print.json) context.print.object('export', { incident: incident.id, format, paths });
  else for (const path of paths) context.print.line(path);
  return 0;
};
