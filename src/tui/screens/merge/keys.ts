import type { Binding } from '../../binding.ts';

export const mergeKeys = [
  {
    id: 'merge:yes',
    keys: ['y'],
    says: 'write them',
    long: 'write the letters that were shown; nothing is sent',
    hint: 1,
    command: 'letters merge',
  },
  {
    id: 'merge:again',
    keys: ['r'],
    says: 'read the list again',
    long: 'read the list again; what was stopped is gone on with',
    hint: 2,
  },
  {
    id: 'merge:send',
    keys: ['S'],
    says: 'send',
    long: 'what sending these letters would be',
    hint: 1,
    command: 'letters send',
  },
  { id: 'merge:down', keys: ['down', 'j'], says: 'down', long: 'scroll down' },
  { id: 'merge:up', keys: ['up', 'k'], says: 'up', long: 'scroll up' },
  { id: 'merge:done', keys: ['enter'], says: 'go on', long: 'back, once it has ended' },
] as const satisfies readonly Binding[];
