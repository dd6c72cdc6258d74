import type { App, Prepared } from '../../app/contract.ts';
import { Problem } from '../../base/problem.ts';
import { leakedCredentials } from '../answer.ts';
import { perform } from '../consent.ts';
import { refuseReadOnly, type Context } from '../context.ts';
import type { Input, Run } from '../spec.ts';
import { planLines } from '../words.ts';

export const pause: Run = async (context, input) => await contain(context, input, 'pause');
export const revoke: Run = async (context, input) => await contain(context, input, 'revoke');

/** Straight from the inventory, outside any runbook. Leaked credentials come first: the proof needs them. */
async function contain(context: Context, input: Input, what: 'pause' | 'revoke'): Promise<number> {
  refuseReadOnly(context.globals);
  const app = await context.app('definitions');
  const item = input.arg(0);
  mustBeListed(app, item);
  // Looking opens no incident and starts no clock.
  if (input.flag('dry-run')) return tellPlan(context, await app.planItem(item, what));
  const leaked = input.flag('secrets-stdin')
    ? (await leakedCredentials(context, true, [item])).credentials.map(({ value }) => value)
    : [];
  const { incident: id } = context.globals;
  const incident = await app.contain(item, what, { leaked, ...(id === null ? {} : { incident: id }) });
  context.print.say(`Incident ${incident.id}`);
  return await perform(context, incident, async () => await incident.prepareItem(item, what), input);
}

function tellPlan({ print }: Context, prepared: Prepared): number {
  for (const line of planLines(prepared)) print.say(line);
  if (print.json) print.object('plan', { incident: null, prepared });
  else print.line(prepared.sha256);
  return 0;
}

export function mustBeListed(app: App, item: string): void {
  const { integrations, credentials, channels } = app.inventory();
  const ids = [...integrations, ...credentials, ...channels].map(({ id }) => id);
  if (ids.includes(item)) return;
  // Without a workspace these are rows of the example company: nobody must be sent to them.
  if (app.workspace === null)
    throw new Problem('not-found', {
      what: 'inventory row',
      id: item,
      why: 'there is no workspace here, and so no inventory',
      next: 'stop it in its own console, and write down what was done: firebreak note TEXT; firebreak init makes a workspace',
    });
  const near = ids.filter((id) => id.includes(item) || item.includes(id)).slice(0, 3);
  throw new Problem('not-found', {
    what: 'inventory row',
    id: item,
    ...(near.length === 0 ? {} : { near: near.join(', ') }),
  });
}
