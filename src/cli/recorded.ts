import type { Command, OpenIncident } from '../app/contract.ts';
import { maskSecrets } from '../base/mask.ts';
import { tellMasked } from './masked.ts';
import type { Context } from './context.ts';

/** Writes commands to the journal and says so. */
export async function record(
  context: Context,
  incident: OpenIncident,
  command: Command,
  said: string | (() => string),
): Promise<number> {
  // A hidden field is sealed, not masked.
  const typed = JSON.stringify(command, (key, value: unknown) => (key === 'credentials' ? null : value));
  tellMasked(context.print, typed);
  await incident.act(command);
  const { progress, state } = incident.view();
  const current = state.phase === 'closed' ? null : progress.current;
  if (context.print.json) {
    context.print.object('recorded', {
      incident: incident.id,
      recorded: command.do,
      next: current?.step.id ?? null,
    });
    return 0;
  }
  context.print.line(maskSecrets(typeof said === 'string' ? said : said()).text);
  if (current !== null) context.print.say(`Next: ${current.step.id}: ${current.step.title}`);
  return 0;
}
