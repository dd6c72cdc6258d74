import { goesOn } from '../../projections/goes-on.ts';
import { askLine } from '../ask.ts';
import { record } from '../recorded.ts';
import type { Run } from '../spec.ts';

export const close: Run = async (context, input) => {
  const incident = await context.writable(input.args[0] ?? null);
  const view = incident.view();
  const { progress } = view;
  const outcome = input.flag('not-an-incident') ? 'not-an-incident' : 'resolved';
  const open = progress.steps.filter(({ status }) => ['todo', 'now', 'wait', 'fail'].includes(status));
  if (open.length > 0) context.print.say(`Still open: ${open.map(({ step }) => step.id).join(', ')}`);
  for (const one of goesOn(view)) context.print.say(`${one}.`);
  const asked = { what: 'closing', flags: '--summary TEXT' };
  const summary =
    input.text('summary') ??
    (await askLine(context, 'What happened and how it ended, in a sentence or two?', asked));
  return await record(
    context,
    incident,
    { do: 'close', outcome, summary },
    `CLOSED ${incident.id}: ${outcome}`,
  );
};
