import { Problem } from '../../base/problem.ts';
import { record } from '../recorded.ts';
import { usage, type Run } from '../spec.ts';

export const call: Run = async (context, input) => {
  const incident = await context.writable();
  const id = input.arg(0);
  const { contacts } = incident.view();
  const contact = contacts.find((one) => one.id === id);
  if (contact === undefined)
    throw new Problem('not-found', { what: 'contact', id, near: contacts.map((one) => one.id).join(', ') });
  const outcome = (['reached', 'no-answer', 'left-message'] as const).find(
    (one) => one === input.text('outcome'),
  );
  if (outcome === undefined)
    throw usage(
      `ring ${contact.name} on ${contact.phone}, then add --outcome reached, no-answer or left-message`,
    );
  const note = input.text('note');
  const command = { do: 'call', contact: id, outcome, ...(note === null ? {} : { note }) } as const;
  return await record(context, incident, command, `CALLED ${contact.name}: ${outcome}`);
};
