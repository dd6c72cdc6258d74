import type { Binding } from '../../binding.ts';

export const postedKeys = [
  { id: 'posted:next', keys: ['down', 'j'], says: 'down', long: 'next letter' },
  { id: 'posted:previous', keys: ['up', 'k'], says: 'up', long: 'letter before' },
  { id: 'posted:page-next', keys: ['pgdn'], says: 'page down', long: 'ten letters down' },
  { id: 'posted:page-previous', keys: ['pgup'], says: 'page up', long: 'ten letters up' },
  { id: 'posted:first', keys: ['g', 'home'], says: 'first', long: 'first letter' },
  { id: 'posted:last', keys: ['G', 'end'], says: 'last', long: 'last letter' },
  {
    id: 'posted:turn',
    keys: ['tab'],
    says: 'taken, refused, in doubt',
    long: 'between taken, refused, in doubt, not taken',
    hint: 1,
  },
  {
    id: 'posted:taken',
    keys: ['y'],
    says: 'was taken',
    long: 'settle: the log of the server says it took this letter',
    hint: 2,
    command: 'letters settle',
  },
  {
    id: 'posted:not-taken',
    keys: ['x'],
    says: 'was not',
    long: 'settle: the log says it did not take this letter',
    hint: 3,
    command: 'letters settle',
  },
  {
    id: 'posted:all-taken',
    keys: ['Y'],
    says: 'all were taken',
    long: 'settle: it took all letters in doubt',
  },
  {
    id: 'posted:none-taken',
    keys: ['X'],
    says: 'none was taken',
    long: 'settle: it took none of the letters in doubt',
  },
  {
    id: 'posted:again',
    keys: ['u'],
    says: 'try again',
    long: 'let a letter that was refused leave once more',
    hint: 2,
  },
  { id: 'posted:all-again', keys: ['U'], says: 'try all again', long: 'the same for all that were refused' },
] as const satisfies readonly Binding[];
