import { askLine } from '../ask.ts';
import { record } from '../recorded.ts';
import { usage, type Input, type Run } from '../spec.ts';
import { pastTime } from '../time.ts';
import type { View } from '../../app/contract.ts';

/** A duty is met at the instant of submission, once proof of it is recorded. */
export const submit: Run = async (context, input) => {
  const incident = await context.writable();
  const duty = dutyOf(incident.view(), input);
  const asked = { what: `submitting ${duty}`, flags: '--channel TEXT' };
  const channel =
    input.text('channel') ??
    (await askLine(context, 'How was it sent (portal, mail, telephone ...)?', asked));
  const command = { do: 'submit', duty, channel, ...when(incident.view(), input) } as const;
  return await record(
    context,
    incident,
    command,
    `SENT, NOT PROVED ${duty}: firebreak duty prove ${duty} --reference TEXT`,
  );
};

export const prove: Run = async (context, input) => {
  const incident = await context.writable();
  const duty = dutyOf(incident.view(), input);
  const kinds = ['portal-reference', 'delivery-status', 'screenshot', 'other'] as const;
  const kind = kinds.find((one) => one === input.text('kind')) ?? 'portal-reference';
  const evidence = input.text('evidence');
  const given = evidence === null || input.text('reference') !== null;
  const reference = given ? await referenceOf(context, input, duty) : `evidence ${evidence}`;
  const kept = evidence === null ? {} : { evidence };
  return await record(context, incident, { do: 'prove', duty, kind, reference, ...kept }, `PROVED ${duty}`);
};

export const acknowledge: Run = async (context, input) => {
  const incident = await context.writable();
  const duty = dutyOf(incident.view(), input);
  const reference = await referenceOf(context, input, duty);
  const command = { do: 'acknowledge', duty, reference, ...when(incident.view(), input) } as const;
  return await record(context, incident, command, `ACKNOWLEDGED ${duty}`);
};

export function dutyOf(view: View, input: Input): string {
  const id = input.arg(0);
  const ids = view.clocks.map(({ duty }) => duty);
  const called = view.clocks.filter(({ about }) => about === id);
  if (!ids.includes(id) && called.length === 1) return called[0]?.duty ?? id;
  if (!ids.includes(id)) throw usage(`there is no duty "${id}" in this incident; there is ${ids.join(', ')}`);
  return id;
}

async function referenceOf(context: Parameters<Run>[0], input: Input, duty: string): Promise<string> {
  const asked = { what: `proof for ${duty}`, flags: '--reference TEXT' };
  return input.text('reference') ?? (await askLine(context, 'Which reference or document proves it?', asked));
}

function when({ now, zone }: View, input: Input) {
  const at = input.text('at');
  return at === null ? {} : { at: pastTime(at, now, zone) };
}
