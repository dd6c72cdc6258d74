import type { Binding } from '../../binding.ts';

export const whoKeys = [
  { id: 'who:next', keys: ['down', 'j'], says: 'down', long: 'next number' },
  { id: 'who:previous', keys: ['up', 'k'], says: 'up', long: 'previous number' },
  { id: 'who:first', keys: ['g', 'home'], says: 'first', long: 'first number' },
  { id: 'who:last', keys: ['G', 'end'], says: 'last', long: 'last number' },
  { id: 'who:reached', keys: ['r'], says: 'reached', long: 'rang and reached', hint: 1 },
  { id: 'who:no-answer', keys: ['a'], says: 'no answer', long: 'rang, no answer', hint: 2 },
  { id: 'who:left', keys: ['l'], says: 'left message', long: 'rang, left a message', hint: 3 },
  {
    id: 'who:log',
    keys: ['enter'],
    says: 'with a note',
    long: 'log a call with what was said',
    hint: 4,
    command: 'call',
  },
] as const satisfies readonly Binding[];
