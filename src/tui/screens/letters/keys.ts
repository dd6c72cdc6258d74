import type { Binding } from '../../binding.ts';

export const listKeys = [
  { id: 'letters:next', keys: ['down', 'j'], says: 'down', long: 'next row' },
  { id: 'letters:previous', keys: ['up', 'k'], says: 'up', long: 'previous row' },
  { id: 'letters:first', keys: ['g', 'home'], says: 'first', long: 'first row' },
  { id: 'letters:last', keys: ['G', 'end'], says: 'last', long: 'last row' },
  {
    id: 'letters:open',
    keys: ['enter'],
    says: 'open',
    long: 'write this letter from what is known',
    hint: 1,
    command: 'letters render',
  },
  {
    id: 'letters:merge',
    keys: ['m'],
    says: 'to a list',
    long: 'write this letter to everybody on a list',
    hint: 2,
    command: 'letters merge',
  },
  {
    id: 'letters:mailings',
    keys: ['S'],
    says: 'send',
    long: 'send letters that were written to a list',
    hint: 3,
    command: 'letters send',
  },
] as const satisfies readonly Binding[];
