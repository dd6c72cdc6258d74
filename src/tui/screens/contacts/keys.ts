import type { Binding } from '../../binding.ts';

export const contactKeys = [
  { id: 'contacts:next', keys: ['down', 'j'], says: 'down', long: 'next row' },
  { id: 'contacts:previous', keys: ['up', 'k'], says: 'up', long: 'previous row' },
  { id: 'contacts:reached', keys: ['r'], says: 'reached', long: 'rang and reached', hint: 1 },
  { id: 'contacts:no-answer', keys: ['a'], says: 'no answer', long: 'rang, no answer', hint: 2 },
  { id: 'contacts:left', keys: ['l'], says: 'left message', long: 'rang, left a message', hint: 3 },
] as const satisfies readonly Binding[];
