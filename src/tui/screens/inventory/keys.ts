import type { Binding } from '../../binding.ts';

export const inventoryKeys = [
  { id: 'inventory:next', keys: ['down', 'j'], says: 'down', long: 'next row' },
  { id: 'inventory:previous', keys: ['up', 'k'], says: 'up', long: 'previous row' },
  { id: 'inventory:first', keys: ['g', 'home'], says: 'first', long: 'first row' },
  { id: 'inventory:last', keys: ['G', 'end'], says: 'last', long: 'last row' },
  {
    id: 'inventory:pause',
    keys: ['p'],
    says: 'pause',
    long: 'preview pausing it',
    hint: 1,
    command: 'pause',
  },
  {
    id: 'inventory:revoke',
    keys: ['v'],
    says: 'revoke',
    long: 'preview revoking it for good',
    hint: 2,
    command: 'revoke',
  },
  {
    id: 'inventory:sync',
    keys: ['s'],
    says: 'what exists',
    long: 'ask every system what exists; hold it against inventory.yaml',
    hint: 3,
    command: 'inventory sync',
  },
] as const satisfies readonly Binding[];
