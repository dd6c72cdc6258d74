import type { Binding } from '../../binding.ts';

export const letterKeys = [
  {
    id: 'letter:save',
    keys: ['s'],
    says: 'save',
    long: 'save this draft to the journal',
    hint: 1,
    command: 'done',
  },
  {
    id: 'letter:file',
    keys: ['f'],
    says: 'as a file',
    long: 'write it as text, a page, a mail, Word or PDF',
    hint: 2,
    command: 'letters render',
  },
  {
    id: 'letter:text',
    keys: ['tab'],
    says: 'text, elements',
    long: 'between the text and what the law wants in it',
    hint: 3,
  },
  { id: 'letter:down', keys: ['down', 'j'], says: 'down', long: 'scroll down', hint: 4 },
  { id: 'letter:up', keys: ['up', 'k'], says: 'up', long: 'scroll up' },
] as const satisfies readonly Binding[];
