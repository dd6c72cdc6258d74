import type { Binding } from '../../binding.ts';

export const declareKeys = [
  { id: 'declare:next', keys: ['down', 'ctrl+n'], says: 'down', long: 'next runbook' },
  { id: 'declare:previous', keys: ['up'], says: 'up', long: 'previous runbook' },
  {
    id: 'declare:go',
    keys: ['enter'],
    says: 'go on',
    long: 'go to the runbook, then declare',
    hint: 1,
    command: 'declare',
  },
  {
    id: 'declare:field',
    keys: ['tab', 'shift+tab'],
    says: 'other field',
    long: 'between the line and the runbook',
    hint: 2,
  },
] as const satisfies readonly Binding[];
