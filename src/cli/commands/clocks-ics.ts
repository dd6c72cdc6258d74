import { isAbsolute, join } from 'node:path';
import type { Context } from '../context.ts';
import type { Input } from '../spec.ts';

/** The clocks as a calendar: the same file that `export --format ics` writes. */
export async function calendar(context: Context, input: Input): Promise<number> {
  const out = input.text('out');
  const { cwd } = context.world.environment;
  const incident = await context.writable(input.args[0] ?? null);
  const paths = await incident.export('ics', out === null || isAbsolute(out) ? out : join(cwd, out));
  if (context.print.json) context.print.object('export', { incident: incident.id, format: 'ics', paths });
  else for (const path of paths) context.print.line(path);
  return 0;
}
