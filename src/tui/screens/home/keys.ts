import type { Binding } from '../../binding.ts';

export const homeKeys = [
  { id: 'home:next', keys: ['down', 'j'], says: 'down', long: 'next row' },
  { id: 'home:previous', keys: ['up', 'k'], says: 'up', long: 'previous row' },
  { id: 'home:first', keys: ['g', 'home'], says: 'first', long: 'first row' },
  { id: 'home:last', keys: ['G', 'end'], says: 'last', long: 'last row' },
  { id: 'home:open', keys: ['enter'], says: 'open', long: 'open what is chosen', hint: 1 },
  {
    id: 'home:declare',
    keys: ['d'],
    says: 'declare',
    long: 'declare an incident',
    hint: 2,
    command: 'declare',
  },
  {
    id: 'home:drill',
    keys: ['r'],
    says: 'rehearse',
    long: 'practise a runbook in a drill',
    hint: 3,
    command: 'drill run',
  },
  {
    id: 'home:search',
    keys: ['/'],
    says: 'search',
    long: 'find a runbook by words',
    hint: 4,
    command: 'runbook list',
  },
  { id: 'home:doctor', keys: ['o'], says: 'doctor', long: 'what would fail tonight', command: 'doctor' },
  {
    id: 'home:audit',
    keys: ['a'],
    says: 'audit',
    long: 'the quarterly audit: what exists that nobody looks after',
    command: 'audit',
  },
  {
    id: 'home:inventory',
    keys: ['i'],
    says: 'inventory',
    long: 'the data map, and what exists that it does not know',
    command: 'inventory',
  },
] as const satisfies readonly Binding[];
