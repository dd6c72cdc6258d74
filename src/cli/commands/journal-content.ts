import type { Destruction, OpenIncident } from '../../app/contract.ts';
import { formatUtc } from '../../base/instant.ts';
import { Problem } from '../../base/problem.ts';
import { dataClasses } from '../../model/event.ts';
import type { PrivateClass } from '../../model/event.ts';
import { askLine, reasonFor } from '../ask.ts';
import type { Context } from '../context.ts';
import { usage, type Input, type Run } from '../spec.ts';

/** Holding, lifting and destroying what a journal has sealed. */

const classOf = (input: Input): PrivateClass | null => {
  const text = input.text('class');
  const found = dataClasses.find((one) => one === text);
  if (text !== null && found === undefined) throw usage(`a data class is one of: ${dataClasses.join(', ')}`);
  return found ?? null;
};

export const shred: Run = async (context, input) => {
  const incident = await context.writable(input.args[0]);
  const wanted = classOf(input);
  const found = await incident.destruction(wanted);
  if (!context.print.json) tellTable(context, found);
  if (found.asked === null || found.given.length < found.need) {
    const asked =
      found.asked === null
        ? await incident.askToDestroy(wanted, await reasonFor(context, input.text('why'), 'This'))
        : found;
    tellAsked(context, incident, asked);
    return NOT_APPROVED;
  }
  await confirmed(context, incident, found, input.flag('yes'));
  const done = await incident.destroy(wanted);
  if (context.print.json) {
    context.print.object('destroyed', { incident: incident.id, ...done });
    return 0;
  }
  context.print.line(`DESTROYED on ${done.at}: ${done.classes.join(', ')} (${done.keys} data keys)`);
  if (!done.wiped)
    context.print.say(
      'NOT WIPED YET: another process reads the journal, so its -wal file still holds the keys. End it, then run any command on this incident.',
    );
  for (const path of done.exports)
    context.print.say(`Overwritten and removed, because it held content in clear: ${path}`);
  context.print.say(
    'Every proof still verifies. It is unreadable with every key that this machine holds; copies, backups and what',
  );
  context.print.say(
    'was sent elsewhere are not reached. Next: firebreak keys rotate, so that a backup’s keys open nothing either',
  );
  return 0;
};

const NOT_APPROVED = 4;

const tellTable = ({ print }: Context, { classes }: Destruction): void => {
  print.table(
    ['CLASS', 'KEYS', 'POLICY', 'STANDS'],
    classes.map((one) => [one.class, `${one.keys}`, one.policy, standsWords(one)]),
  );
};

const standsWords = ({ state, due, holds }: Destruction['classes'][number]): string => {
  switch (state) {
    case 'nothing':
      return 'nothing left';
    case 'held':
      return `HELD by ${holds.map((n) => `#${n}`).join(', ')}`;
    case 'open':
      return 'kept while the incident is open';
    case 'not-yet':
      return `kept until ${due === null ? '' : formatUtc(due).slice(0, 10)}`;
    case 'due':
      return 'may go';
  }
};

const tellAsked = (
  { print }: Context,
  { id }: OpenIncident,
  { asked, need, given, ready }: Destruction,
): void => {
  if (print.json) {
    print.object('destruction-asked', { incident: id, asked, need, given, classes: ready });
    return;
  }
  print.line(
    `ASKED in entry #${asked ?? 0}: ${ready.join(', ')}. Approved by ${given.length} of ${need} others.`,
  );
  print.say(
    'Nothing was destroyed. Nothing stands in for the approvals; run this again once they are there.',
  );
};

/** The name of the incident, typed: what is destroyed here comes back from nowhere. */
const confirmed = async (
  context: Context,
  incident: OpenIncident,
  { ready }: Destruction,
  yes: boolean,
): Promise<void> => {
  if (yes) return;
  const { codename } = incident.view().state;
  const question = `This destroys ${ready.join(', ')} for good. Type ${codename} to go on:`;
  const typed = await askLine(context, question, { what: 'destroying content', flags: '--yes' });
  if (typed.trim() !== codename)
    throw new Problem('usage', { why: 'that is not its name; nothing was destroyed' });
};

export const hold: Run = async (context, input) => {
  const incident = await context.writable(input.args[0]);
  const one = classOf(input);
  const reason = await reasonFor(context, input.text('why'), 'This');
  await incident.act({ do: 'hold', classes: one === null ? [] : [one], reason });
  const n = [...incident.view().state.holds.keys()].at(-1) ?? 0;
  if (context.print.json) context.print.object('held', { incident: incident.id, hold: n, class: one });
  else
    context.print.line(
      `HELD ${one ?? 'everything'} in entry #${n}, until firebreak journal lift ${incident.id} ${n}`,
    );
  return 0;
};

export const lift: Run = async (context, input) => {
  const incident = await context.writable(input.arg(0));
  const n = Number(input.arg(1).replace(/^#/, ''));
  if (!Number.isSafeInteger(n)) throw usage('a hold is named by the number of its entry');
  await incident.act({ do: 'lift', hold: n, reason: await reasonFor(context, input.text('why'), 'This') });
  if (context.print.json) context.print.object('lifted', { incident: incident.id, hold: n });
  else context.print.line(`LIFTED the hold of entry #${n}`);
  return 0;
};

/** Days by class as the workspace sets them, and the table of archive duties. */
export const policy: Run = async (context) => {
  const app = await context.app('definitions');
  const kept = app.retention();
  const { keepings } = await import('../../app/compute.ts');
  if (context.print.json) {
    context.print.object('retention', { classes: kept, duties: keepings });
    return 0;
  }
  context.print.table(
    ['CLASS', 'DAYS', 'POLICY'],
    kept.map((one) => [one.class, `${one.days}`, one.policy]),
  );
  context.print.line('');
  context.print.table(
    ['DUTY', 'DAYS', 'WHO', 'WHAT', 'SOURCE', 'CONFIDENCE'],
    keepings.map((one) => [one.id, `${one.days}`, one.who, one.what, one.source, one.confidence]),
  );
  context.print.say(
    'Days count from the close of the incident. A duty binds you once firebreak.yaml names it under retention.keeps.',
  );
  return 0;
};
