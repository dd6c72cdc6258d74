import type { Binding } from '../../binding.ts';

export const differenceKeys = [
  { id: 'difference:next', keys: ['down', 'j'], says: 'down', long: 'next difference' },
  { id: 'difference:previous', keys: ['up', 'k'], says: 'up', long: 'previous difference' },
  { id: 'difference:first', keys: ['g', 'home'], says: 'first', long: 'first difference' },
  { id: 'difference:last', keys: ['G', 'end'], says: 'last', long: 'last difference' },
  {
    id: 'difference:write',
    keys: ['y'],
    says: 'write it',
    long: 'write the lines that were shown into inventory.yaml',
    hint: 1,
    command: 'inventory sync',
  },
  {
    id: 'difference:preview',
    keys: ['p'],
    says: 'what to write',
    long: 'show what would be written into inventory.yaml, line by line',
    hint: 2,
    command: 'inventory sync',
  },
  {
    id: 'difference:fold',
    keys: ['enter', 'space'],
    says: 'more',
    long: 'fold the difference out',
    hint: 3,
  },
  {
    id: 'difference:again',
    keys: ['r'],
    says: 'ask again',
    long: 'ask every system again what exists there',
    hint: 4,
    command: 'inventory sync',
  },
] as const satisfies readonly Binding[];
