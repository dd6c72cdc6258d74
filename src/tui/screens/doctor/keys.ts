import type { Binding } from '../../binding.ts';

export const doctorKeys = [
  { id: 'doctor:next', keys: ['down', 'j'], says: 'down', long: 'next finding' },
  { id: 'doctor:previous', keys: ['up', 'k'], says: 'up', long: 'previous finding' },
  { id: 'doctor:first', keys: ['g', 'home'], says: 'first', long: 'first finding' },
  { id: 'doctor:last', keys: ['G', 'end'], says: 'last', long: 'last finding' },
  {
    id: 'doctor:fold',
    keys: ['enter', 'space'],
    says: 'why and fix',
    long: 'fold the finding out: why, and what mends it',
    hint: 1,
  },
  {
    id: 'doctor:again',
    keys: ['r'],
    says: 'again',
    long: 'run every check again; it changes nothing',
    hint: 2,
    command: 'doctor',
  },
] as const satisfies readonly Binding[];
