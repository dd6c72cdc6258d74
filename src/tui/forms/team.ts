import { handoverParts } from '../../projections/handover-brief.ts';
import { whyNoPerson, whyNoReadBack } from '../../projections/team.ts';
import { limits } from '../../model/limits.ts';
import { labelled, paragraph, type Line } from '../parts/line.ts';
import type {
  EndTaskPurpose,
  GiveTaskPurpose,
  HandRolePurpose,
  TakeRolePurpose,
  WithdrawRolePurpose,
} from '../places.ts';
import type { World } from '../screen.ts';
import { given, type Check, type FormKind } from './form.ts';

/** Said while it is typed, so that nobody has to type it twice. */
const unless =
  (why: (text: string) => string | null, says: string): Check =>
  (text) => {
    const wrong = why(text.trim());
    return { ok: wrong === null, says: wrong ?? says };
  };
const onePerson = unless(whyNoPerson, 'one person');
const readBack = unless(whyNoReadBack, 'a read-back');

/** Who does what, written down: a role that goes over, and what one person is asked to do. */

export const handRoleForm: FormKind<HandRolePurpose> = {
  spec: ({ role }, world) => ({
    title: `Hand over: ${role}`,
    above: (width) =>
      paragraph(
        `${world.view?.state.roles.get(role) ?? ''} keeps the role until whoever takes over has said it back. What the journal knows is shown to them; write what it does not know.`,
        width,
        'dim',
      ),
    fields: [
      { is: 'line', id: 'to', label: 'Who takes over (a handle)', check: onePerson },
      { is: 'block', id: 'note', label: 'How it stands, and what to do if it turns out otherwise' },
    ],
    does: 'offer the role',
  }),
  complete: ({ role }, values) => [
    { do: 'back' },
    {
      do: 'act',
      command: { do: 'hand-over', role, to: given(values, 'to'), note: given(values, 'note') },
      said: 'Offered. It goes over once the other has said it back.',
    },
  ],
};

const told = ({ role }: TakeRolePurpose, world: World, width: number): readonly Line[] =>
  world.view === null
    ? []
    : handoverParts(world.view, role).flatMap(({ head, lines }) => [
        ...paragraph(head, width, 'strong'),
        ...lines.flatMap((one) => paragraph(one, width, undefined, 2)),
      ]);

export const takeRoleForm: FormKind<TakeRolePurpose> = {
  spec: (purpose, world) => ({
    title: `Take over: ${purpose.role}`,
    above: (width) => told(purpose, world, width),
    fields: [
      {
        is: 'line',
        id: 'person',
        label: 'Who takes it (a handle)',
        initial: world.view?.state.team.offers.get(purpose.role)?.to ?? '',
      },
      {
        is: 'block',
        id: 'said',
        label: 'In your own words: how does it stand, and what comes next?',
        check: readBack,
      },
    ],
    does: 'take the role',
  }),
  complete: ({ role }, values) => [
    { do: 'back' },
    {
      do: 'act',
      command: { do: 'take-role', role, person: given(values, 'person'), said: given(values, 'said') },
      said: 'The role has gone over.',
    },
  ],
};

export const withdrawRoleForm: FormKind<WithdrawRolePurpose> = {
  spec: ({ role }) => ({
    title: `Take back the handover: ${role}`,
    above: [],
    fields: [{ is: 'line', id: 'reason', label: 'Reason' }],
    does: 'take it back',
  }),
  complete: ({ role }, values) => [
    { do: 'back' },
    {
      do: 'act',
      command: { do: 'withdraw', role, reason: given(values, 'reason') },
      said: 'Taken back; the role stays where it is.',
    },
  ],
};

export const giveTaskForm: FormKind<GiveTaskPurpose> = {
  spec: () => ({
    title: 'Ask somebody',
    above: (width) =>
      paragraph(
        'One person, one thing, a time. They say yes to it; when the time is over, everybody sees it.',
        width,
        'dim',
      ),
    fields: [
      { is: 'line', id: 'person', label: 'Who (a handle, never "the team")', check: onePerson },
      { is: 'line', id: 'text', label: 'What' },
      {
        is: 'line',
        id: 'minutes',
        label: 'Minutes',
        initial: '20',
        check: (text) => {
          const ok =
            /^\d{1,4}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= limits.taskMinutesMax;
          return {
            ok,
            says: ok ? `${Number(text)} min from now` : `whole minutes, 1 to ${limits.taskMinutesMax}`,
          };
        },
      },
    ],
    does: 'ask',
  }),
  complete: (_purpose, values) => [
    { do: 'back' },
    {
      do: 'act',
      command: {
        do: 'give-task',
        person: given(values, 'person'),
        text: given(values, 'text'),
        minutes: Number(given(values, 'minutes')),
      },
      said: 'Asked. It counts from now.',
    },
  ],
};

export const endTaskForm: FormKind<EndTaskPurpose> = {
  spec({ task, how }, world) {
    const row = world.view?.team.tasks.find(({ n }) => n === task);
    const isDone = how === 'done';
    return {
      title: isDone ? `Task ${task} is done` : `Drop task ${task}`,
      above: (width) => (row === undefined ? [] : labelled(row.person, row.text, width)),
      fields: [{ is: 'block', id: 'note', label: isDone ? 'What came of it' : 'Why' }],
      does: isDone ? 'finish the task' : 'drop the task',
    };
  },
  complete: ({ task, how }, values) => [
    { do: 'back' },
    {
      do: 'act',
      command: { do: 'end-task', task, how, note: given(values, 'note') },
      said: how === 'done' ? 'Done.' : 'Dropped.',
    },
  ],
};
