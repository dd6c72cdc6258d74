import type { Binding } from '../../binding.ts';

export const unsureKeys = [
  {
    id: 'unsure:recheck',
    keys: ['r'],
    says: 'check',
    long: 'ask the real system',
    hint: 1,
    command: 'status --recheck',
  },
  {
    id: 'unsure:happened',
    keys: ['y'],
    says: 'it happened',
    long: 'a person saw that it happened, with how',
    hint: 2,
  },
  {
    id: 'unsure:not',
    keys: ['f'],
    says: 'it did not',
    long: 'a person saw that it did not happen, with how',
    hint: 3,
  },
  { id: 'unsure:next', keys: ['down', 'j'], says: 'down', long: 'next attempt' },
  { id: 'unsure:previous', keys: ['up', 'k'], says: 'up', long: 'attempt before' },
  { id: 'unsure:hand', keys: ['h'], says: 'by hand', long: 'where to look by hand', hint: 4 },
] as const satisfies readonly Binding[];
