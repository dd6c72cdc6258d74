import type { Context } from '../context.ts';
import { showScreens } from '../screens.ts';
import type { Run } from '../spec.ts';
import { tellNext } from './next.ts';
import { tellStatus } from './status.ts';

export const resume: Run = async (context: Context, input) => {
  const from = input.text('from');
  if (from !== null) return await (await import('./packet.ts')).resumeFrom(context, input, from);
  const id = input.args[0] ?? null;
  if (context.drawable) {
    const app = await context.app('definitions');
    const incident = context.globals.readOnly ? await context.incident(id) : await context.writable(id);
    return await showScreens(context, app, { screen: 'incident', incident });
  }
  const incident = await context.incident(id);
  tellStatus(context, incident, null);
  return context.print.json ? 0 : await tellNext(context, incident);
};
