import type { Binding } from '../../binding.ts';

export const letterKeys = [
  {
    id: 'letter:save',
    keys: ['s'],
    says: 'save',
    long: 'save this draft to the journal',
    hint: 1,
    command: 'letters render',
  },
  {
    id: 'letter:text',
    keys: ['tab'],
    says: 'text, elements',
    long: 'between the text and what the law wants in it',
    hint: 2,
  },
  { id: 'letter:down', keys: ['down', 'j'], says: 'down', long: 'scroll down', hint: 3 },
  { id: 'letter:up', keys: ['up', 'k'], says: 'up', long: 'scroll up' },
] as const satisfies readonly Binding[];
