import type { Binding } from '../../binding.ts';

export const auditKeys = [
  { id: 'audit:next', keys: ['down', 'j'], says: 'down', long: 'next finding' },
  { id: 'audit:previous', keys: ['up', 'k'], says: 'up', long: 'previous finding' },
  { id: 'audit:first', keys: ['g', 'home'], says: 'first', long: 'first finding' },
  { id: 'audit:last', keys: ['G', 'end'], says: 'last', long: 'last finding' },
  {
    id: 'audit:fold',
    keys: ['enter', 'space'],
    says: 'why and fix',
    long: 'fold it out: why, whose it is, and what mends it',
    hint: 2,
  },
  {
    id: 'audit:ask',
    keys: ['r'],
    says: 'ask the systems',
    long: 'ask every system what exists there; it only reads',
    hint: 1,
    command: 'audit',
  },
  {
    id: 'audit:answer',
    keys: ['a'],
    says: 'answer',
    long: 'answer what no system tells: yes, no or unknown',
    hint: 3,
    command: 'audit answer',
  },
  {
    id: 'audit:file',
    keys: ['f'],
    says: 'to a file',
    long: 'write the report to a file; says what and where first',
    hint: 4,
    command: 'audit',
  },
] as const satisfies readonly Binding[];
