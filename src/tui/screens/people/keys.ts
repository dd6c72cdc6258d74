import type { Binding } from '../../binding.ts';

export const peopleKeys = [
  { id: 'people:next', keys: ['down', 'j'], says: 'down', long: 'next row' },
  { id: 'people:previous', keys: ['up', 'k'], says: 'up', long: 'previous row' },
  { id: 'people:first', keys: ['g', 'home'], says: 'first', long: 'first row' },
  { id: 'people:last', keys: ['G', 'end'], says: 'last', long: 'last row' },
  {
    id: 'people:do',
    keys: ['enter'],
    says: 'hand over / yes / done',
    long: 'hand a role over, or say it back; say yes to a task, or end it',
    hint: 1,
    command: 'handover',
  },
  {
    id: 'people:ask',
    keys: ['a'],
    says: 'ask somebody',
    long: 'ask one person for one thing within a time',
    hint: 2,
    command: 'task give',
  },
  {
    id: 'people:brief',
    keys: ['v'],
    says: 'what to know',
    long: 'what somebody must know who takes over',
    hint: 3,
    command: 'handover show',
  },
  {
    id: 'people:claim',
    keys: ['R'],
    says: 'take a role',
    long: 'take or give a role at once, without a handover',
    hint: 4,
    command: 'role',
  },
  {
    id: 'people:withdraw',
    keys: ['x'],
    says: 'take back',
    long: 'take an offered role back, or drop a task, with a reason',
    command: 'handover withdraw',
  },
] as const satisfies readonly Binding[];
