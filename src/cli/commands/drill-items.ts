import type { Item, Programme } from '../../app/contract.ts';
import { parseInstant, formatLocal } from '../../base/instant.ts';
import { Problem } from '../../base/problem.ts';
import { priorities, type Priority } from '../../model/item-event.ts';
import { SEALED } from '../../projections/facts.ts';
import { isOverdue } from '../../projections/programme/record.ts';
import { refuseReadOnly } from '../context.ts';
import type { Context } from '../context.ts';
import { usage, type Input, type Run } from '../spec.ts';
import { utcOrNull } from '../words.ts';

export const items: Run = async (context, input) => {
  const app = await context.app('drill');
  const programme = await app.programme();
  const drill = input.args[0] ?? null;
  const today = formatLocal(programme.now(), app.zone, 'date');
  const all = drill === null ? programme.items() : itemsOf(programme, drill);
  const listed = input.flag('all') ? all : all.filter(({ closed }) => closed === null);
  if (context.print.json)
    context.print.object('drill-items', { items: listed.map((item) => json(item, today)) });
  else tell(context, listed, today);
  const late = all.filter((item) => isOverdue(item, today));
  if (input.flag('check') && late.length > 0)
    throw new Problem('drill-overdue', {
      what: late.map(({ name, owner, due }) => `${name} (${owner}, ${due})`).join(', '),
      next: 'firebreak drill items close <item> says what shows that it is done',
    });
  return 0;
};

const itemsOf = (programme: Programme, name: string): readonly Item[] => {
  const drills = programme.drills();
  const found = drills.filter(({ id, codename }) => id === name || codename === name);
  if (found.length === 0)
    throw new Problem('not-found', {
      what: 'drill',
      id: name,
      near: drills.map(({ codename }) => codename).join(', '),
    });
  return found.flatMap((one) => one.items);
};

function tell({ print }: Context, listed: readonly Item[], today: string): void {
  print.table(
    ['ITEM', 'STANDS', 'DUE', 'OWNER', 'PRIORITY', 'ACTION', 'OBSERVED'],
    listed.map((item) => [
      item.name,
      standing(item, today),
      item.due,
      item.owner,
      item.priority,
      item.action ?? SEALED,
      item.observation ?? SEALED,
    ]),
  );
  if (listed.length === 0) print.say('Nothing is open. firebreak drill items add <drill> writes one down.');
}

const standing = (item: Item, today: string): string => {
  if (item.closed !== null)
    return item.closed.how === 'retest' ? `closed by ${item.closed.retest ?? ''}` : 'closed with evidence';
  return isOverdue(item, today) ? 'OVERDUE' : 'open';
};

const json = (item: Item, today: string) => ({
  item: item.name,
  drill: item.drill,
  runbook: item.runbook,
  observation: item.observation,
  cause: item.cause,
  action: item.action,
  owner: item.owner,
  due: item.due,
  priority: item.priority,
  status: item.closed === null ? 'open' : 'closed',
  overdue: isOverdue(item, today),
  opened_at: utcOrNull(item.openedAt),
  closed_at: utcOrNull(item.closed?.at ?? null),
  evidence_of_closure: item.closed?.evidence ?? null,
  retest_drill: item.closed?.retest ?? null,
});

export const add: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  const item = {
    observation: needed(input, 'observation'),
    action: needed(input, 'action'),
    cause: input.text('cause'),
    owner: needed(input, 'owner'),
    due: dayOf(needed(input, 'due')),
    priority: priorityOf(input.text('priority') ?? 'medium'),
  };
  const programme = await (await context.app('drill')).programme();
  return written(context, await programme.addItem(input.arg(0), item), programme, 'OPENED');
};

export const close: Run = async (context, input) => {
  refuseReadOnly(context.globals);
  const [evidence, retest] = [input.text('evidence'), input.text('retest')];
  if ((evidence === null) === (retest === null))
    throw usage('an item closes with --evidence TEXT or with --retest DRILL, one of them');
  const programme = await (await context.app('drill')).programme();
  const how = evidence === null ? { retest: retest ?? '' } : { evidence };
  return written(context, await programme.closeItem(input.arg(0), how), programme, 'CLOSED');
};

function written({ print }: Context, item: Item, programme: Programme, word: string): number {
  const today = formatLocal(programme.now(), 'UTC', 'date');
  if (print.json) print.object('drill-item', json(item, today));
  else print.line(`${word} ${item.name}: ${item.action ?? SEALED} (${item.owner}, due ${item.due})`);
  return 0;
}

const needed = (input: Input, name: string): string => {
  const text = input.text(name);
  if (text === null) throw usage(`say --${name}`);
  return text;
};

const dayOf = (text: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || parseInstant(`${text}T00:00:00Z`) === null)
    throw usage(`--due takes a day like 2026-12-10, not "${text}"`);
  return text;
};

const priorityOf = (text: string): Priority => {
  const found = priorities.find((one) => one === text);
  if (found === undefined) throw usage(`--priority takes ${priorities.join(', ')}, not "${text}"`);
  return found;
};
