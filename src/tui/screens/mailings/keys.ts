import type { Binding } from '../../binding.ts';

export const mailingsKeys = [
  { id: 'mailings:next', keys: ['down', 'j'], says: 'down', long: 'next file' },
  { id: 'mailings:previous', keys: ['up', 'k'], says: 'up', long: 'file before' },
  { id: 'mailings:first', keys: ['g', 'home'], says: 'first', long: 'newest file' },
  { id: 'mailings:last', keys: ['G', 'end'], says: 'last', long: 'oldest file' },
  {
    id: 'mailings:open',
    keys: ['enter'],
    says: 'dry run',
    long: 'what sending this file would be; nothing is sent',
    hint: 1,
    command: 'letters send',
  },
  {
    id: 'mailings:letters',
    keys: ['v'],
    says: 'each letter',
    long: 'letters of this file, by what became of them',
    hint: 2,
    command: 'letters sent',
  },
  {
    id: 'mailings:hand',
    keys: ['h'],
    says: 'by others',
    long: 'record that somebody else sends this file',
    hint: 4,
  },
  {
    id: 'mailings:bounces',
    keys: ['b'],
    says: 'came back',
    long: 'read what came back from a file, and record it',
    hint: 3,
    command: 'letters bounces',
  },
] as const satisfies readonly Binding[];
