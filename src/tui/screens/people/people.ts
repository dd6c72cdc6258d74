import { onlyReadWords } from '../../only-read.ts';
import { formatDistance } from '../../../base/duration.ts';
import { handoverParts } from '../../../projections/handover-brief.ts';
import { taskTime, taskWord, type RoleRow, type TaskRow } from '../../../projections/team.ts';
import { keyOf } from '../../keys.ts';
import { blank, line, pad, paragraph, span, wrap, type Line } from '../../parts/line.ts';
import { clamp, moveBy } from '../../parts/list.ts';
import { heading } from '../../parts/rows.ts';
import type { PeopleState } from '../../places.ts';
import {
  doing,
  stay,
  type Effect,
  type Next,
  type Page,
  type Press,
  type Room,
  type ScreenKind,
  type World,
} from '../../screen.ts';
import type { Tone } from '../../theme.ts';
import { peopleKeys } from './keys.ts';

/** Who holds which role, which is on its way to whom, and who does what until when. */

type Row = Readonly<{ is: 'role'; role: RoleRow }> | Readonly<{ is: 'task'; task: TaskRow }>;

const rowsOf = ({ view }: World): readonly Row[] =>
  view === null
    ? []
    : [
        ...view.team.roles.map((role) => ({ is: 'role' as const, role })),
        ...view.team.tasks.map((task) => ({ is: 'task' as const, task })),
      ];

/** What Enter does with the chosen row. */
const done = (row: Row, world: World): Effect | null => {
  if (row.is === 'role') {
    const { role, person, offer } = row.role;
    if (offer !== null) return { do: 'form', purpose: { for: 'take-role', role } };
    return person === null
      ? { do: 'form', purpose: { for: 'role' } }
      : { do: 'form', purpose: { for: 'hand-role', role } };
  }
  const { n, person, acknowledgedAt, ended } = row.task;
  if (ended !== null) return null;
  return acknowledgedAt === null && person === world.view?.actor
    ? { do: 'act', command: { do: 'take-task', task: n }, said: `You said yes to task ${n}.` }
    : { do: 'form', purpose: { for: 'end-task', task: n, how: 'done' } };
};

/** Two keys from anywhere: a role that nobody holds must not stay so because a form is long. */
const mine = (row: Row, { view }: World): Effect | null =>
  row.is !== 'role' || view === null || row.role.person === view.actor
    ? null
    : {
        do: 'act',
        command: { do: 'role', role: row.role.role, person: view.actor },
        said: `You are ${row.role.role}.`,
      };

const takenBack = (row: Row): Effect | null => {
  if (row.is === 'role')
    return row.role.offer === null
      ? null
      : { do: 'form', purpose: { for: 'withdraw-role', role: row.role.role } };
  return row.task.ended === null
    ? { do: 'form', purpose: { for: 'end-task', task: row.task.n, how: 'dropped' } }
    : null;
};

const brief = (world: World): Effect | null =>
  world.view === null
    ? null
    : {
        do: 'read',
        title: 'What whoever takes over must know',
        blocks: handoverParts(world.view, null).map(({ head, lines }) => ({ head, body: lines.join('\n') })),
      };

const effectOf = (id: string, state: PeopleState, world: World): Effect | null => {
  if (id === 'people:ask') return { do: 'form', purpose: { for: 'give-task' } };
  if (id === 'people:claim') return { do: 'form', purpose: { for: 'role' } };
  if (id === 'people:packet') return { do: 'form', purpose: { for: 'packet' } };
  if (id === 'people:keep') return { do: 'form', purpose: { for: 'keep-journal' } };
  if (id === 'people:brief') return brief(world);
  const rows = rowsOf(world);
  const row = rows[clamp(state.chosen, rows.length)];
  if (row === undefined) return null;
  if (id === 'people:do') return done(row, world);
  if (id === 'people:mine') return mine(row, world);
  return id === 'people:withdraw' ? takenBack(row) : null;
};

const press = (state: PeopleState, pressed: Press, world: World): Next<PeopleState> => {
  if (pressed.is !== 'command') return stay(state);
  if (pressed.id === 'app:back') return doing(state, { do: 'back' });
  const moved = moveBy(pressed.id, state.chosen, rowsOf(world).length);
  if (moved !== null) return stay({ ...state, chosen: moved });
  const effect = effectOf(pressed.id, state, world);
  return effect === null ? stay(state) : doing(state, effect);
};

const WORD = 11;

const roleLines = (
  { role, person, wanted, offer }: RoleRow,
  chosen: boolean,
  width: number,
): readonly Line[] => {
  const mark = span(chosen ? '> ' : '  ', 'focus');
  const holder = person === null ? (wanted ? 'NOBODY, and steps ahead need one' : 'nobody') : person;
  const tone: Tone = person !== null ? 'strong' : wanted ? 'warn' : 'dim';
  const rows = wrap(line(mark, span(pad(role, WORD)), ' ', span(holder, tone)), width, WORD + 3);
  if (offer === null) return rows;
  const away = `on its way to ${offer.to} for ${formatDistance(-offer.ageMs)}; ${offer.from} keeps it until ${offer.to} has said it back`;
  return [
    ...rows,
    ...paragraph(away, width, 'warn', WORD + 3),
    ...(chosen ? paragraph(offer.note, width, undefined, WORD + 3) : []),
  ];
};

const taskTone = (task: TaskRow): Tone => {
  if (task.late) return 'alarm';
  if (task.ended !== null) return 'dim';
  return task.acknowledgedAt === null ? 'wait' : 'info';
};

const taskLines = (task: TaskRow, chosen: boolean, width: number): readonly Line[] => {
  const time = taskTime(task);
  return [
    ...wrap(
      line(
        span(chosen ? '> ' : '  ', 'focus'),
        span(pad(taskWord(task), WORD), taskTone(task)),
        ' ',
        span(task.person, 'strong'),
        time === '' ? '' : `, ${time}`,
        task.silent ? span('; has not said yes', 'warn') : '',
      ),
      width,
      WORD + 3,
    ),
    ...paragraph(`${task.n}: ${task.text}`, width, task.ended === null ? undefined : 'dim', WORD + 3),
  ];
};

const page = (state: PeopleState, world: World, room: Room): Page => {
  const rows = rowsOf(world);
  const chosen = clamp(state.chosen, rows.length);
  const lines: Line[] = [];
  let focus = 0;
  for (const [i, row] of rows.entries()) {
    if (row.is !== rows[i - 1]?.is) lines.push(...heading(row.is === 'role' ? 'Roles' : 'Tasks'));
    if (i === chosen) focus = lines.length;
    lines.push(
      ...(row.is === 'role'
        ? roleLines(row.role, i === chosen, room.columns)
        : taskLines(row.task, i === chosen, room.columns)),
    );
  }
  if (!rows.some(({ is }) => is === 'task'))
    lines.push(
      ...heading('Tasks'),
      ...paragraph(
        isHanded(world)
          ? 'Nobody was asked for anything.'
          : `Nobody was asked for anything. ${keyOf(world.look, 'people:ask')} asks one person.`,
        room.columns,
        'dim',
        2,
      ),
    );
  lines.push(blank, ...paragraph(laptopWords(world), room.columns, 'dim', 2));
  return { lines, focus };
};

const isHanded = ({ view }: World): boolean => view !== null && view.state.handed !== null;

const laptopWords = (world: World): string => {
  const packet = keyOf(world.look, 'people:packet');
  return isHanded(world)
    ? `The other laptop has the incident now. ${packet} makes its packet once more; ${keyOf(world.look, 'people:keep')} goes on here, where the packet never got there.`
    : `${packet} hands the whole incident to another laptop.`;
};

const laptopDisabled = (id: string, world: World): string | null => {
  const { view, readOnly } = world;
  if (readOnly) return onlyReadWords(world);
  if (view === null) return 'open an incident first';
  const { handed } = view.state;
  if (id === 'people:keep') return handed === null ? 'it was handed to nobody: it goes on here' : null;
  // For the same machine a packet can be made once more.
  return handed === null ? onlyReadWords(world) : null;
};

/** What another laptop alone may do from then on. */
const WRITES: ReadonlySet<string> = new Set(['people:do', 'people:mine', 'people:ask', 'people:withdraw']);

const disabled = (id: string, state: PeopleState, world: World): string | null => {
  if (id === 'people:packet' || id === 'people:keep') return laptopDisabled(id, world);
  if (isHanded(world) && WRITES.has(id)) return 'it was handed over: it goes on there';
  if (id !== 'people:do' && id !== 'people:withdraw' && id !== 'people:mine') return null;
  const rows = rowsOf(world);
  const row = rows[clamp(state.chosen, rows.length)];
  if (row === undefined) return 'nothing is chosen';
  if (id === 'people:do') return done(row, world) === null ? 'this task has ended' : null;
  if (id === 'people:mine') return mine(row, world) === null ? 'this is no role that you could take' : null;
  return takenBack(row) === null ? 'nothing is on its way here' : null;
};

export const peopleScreen: ScreenKind<PeopleState> = {
  keys: peopleKeys,
  title: () => 'People and handover',
  typing: () => false,
  press,
  page,
  disabled,
};
