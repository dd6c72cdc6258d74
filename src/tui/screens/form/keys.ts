import type { Binding } from '../../binding.ts';

export const formKeys = [
  { id: 'form:enter', keys: ['enter'], says: 'next or save', long: 'next field; on the last, save', hint: 1 },
  { id: 'form:next', keys: ['tab'], says: 'next field', long: 'next field', hint: 2 },
  { id: 'form:previous', keys: ['shift+tab'], says: 'field before', long: 'field before' },
  {
    id: 'form:newline',
    keys: ['ctrl+j', 'ctrl+o'],
    says: 'new line',
    long: 'new line in a long text',
    hint: 3,
  },
  {
    id: 'form:clipboard',
    keys: ['ctrl+y'],
    says: 'paste the made-up value',
    long: 'in a drill: paste the made-up leaked value of this row',
  },
  { id: 'form:down', keys: ['down'], says: 'down', long: 'next choice' },
  { id: 'form:up', keys: ['up'], says: 'up', long: 'choice before' },
  { id: 'form:tick', keys: ['space'], says: 'tick', long: 'tick or untick a choice', hint: 2 },
] as const satisfies readonly Binding[];
