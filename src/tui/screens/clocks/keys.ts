import type { Binding } from '../../binding.ts';

export const clockKeys = [
  { id: 'clocks:next', keys: ['down', 'j'], says: 'down', long: 'next row' },
  { id: 'clocks:previous', keys: ['up', 'k'], says: 'up', long: 'previous row' },
  { id: 'clocks:first', keys: ['g', 'home'], says: 'first', long: 'first row' },
  { id: 'clocks:last', keys: ['G', 'end'], says: 'last', long: 'last row' },
  { id: 'clocks:submit', keys: ['s'], says: 'sent', long: 'record that it was submitted', hint: 1 },
  { id: 'clocks:prove', keys: ['p'], says: 'prove', long: 'record the proof of the submission', hint: 2 },
  { id: 'clocks:acknowledge', keys: ['a'], says: 'acknowledged', long: 'record the acknowledgement' },
  {
    id: 'clocks:start',
    keys: ['f'],
    says: 'start fact',
    long: 'record or correct the fact that starts it',
    hint: 3,
    command: 'fact',
  },
  {
    id: 'clocks:rule-out',
    keys: ['x'],
    says: 'rule out',
    long: 'rule its start out, with a reason',
    hint: 4,
  },
  {
    id: 'clocks:open',
    keys: ['o'],
    says: 'request',
    long: 'open a clock for one person: access, erasure, complaint',
    hint: 6,
    command: 'clocks open',
  },
  {
    id: 'clocks:extend',
    keys: ['l'],
    says: 'longer',
    long: 'make the clock of one person longer, by decision',
    command: 'clocks extend',
  },
  { id: 'clocks:letter', keys: ['enter'], says: 'letter', long: 'write its letter', hint: 5 },
  { id: 'clocks:ring', keys: ['r'], says: 'ring', long: 'whom to ring for it' },
] as const satisfies readonly Binding[];
