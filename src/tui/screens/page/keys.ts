import type { Binding } from '../../binding.ts';

export const pageKeys = [
  { id: 'page:go-on', keys: ['enter'], says: 'go on', long: 'go on from here', hint: 0 },
  { id: 'page:down', keys: ['down', 'j'], says: 'scroll', long: 'scroll down', hint: 1 },
  { id: 'page:up', keys: ['up', 'k'], says: 'up', long: 'scroll up' },
  {
    id: 'page:release',
    keys: ['U'],
    says: 'let go',
    long: 'switch on again what is stopped, in safe order',
    command: 'release',
  },
] as const satisfies readonly Binding[];
