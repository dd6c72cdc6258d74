import type { Binding } from '../../binding.ts';

export const timelineKeys = [
  { id: 'timeline:next', keys: ['down', 'j'], says: 'down', long: 'next row' },
  { id: 'timeline:previous', keys: ['up', 'k'], says: 'up', long: 'previous row' },
  { id: 'timeline:first', keys: ['g', 'home'], says: 'first', long: 'first row' },
  { id: 'timeline:last', keys: ['G', 'end'], says: 'last', long: 'last row' },
  { id: 'timeline:star', keys: ['*'], says: 'starred', long: 'starred entries alone, or all', hint: 1 },
  { id: 'timeline:search', keys: ['/'], says: 'search', long: 'find words', hint: 2 },
  { id: 'timeline:open', keys: ['enter'], says: 'entry', long: 'one entry in full', hint: 3 },
  { id: 'timeline:match', keys: ['n'], says: 'next match', long: 'next match of a search' },
  { id: 'timeline:match-before', keys: ['N'], says: 'match before', long: 'match before' },
  { id: 'timeline:seen', keys: ['m'], says: 'mark seen', long: 'mark everything as seen', hint: 4 },
] as const satisfies readonly Binding[];
