import type { Binding } from '../../binding.ts';

export const runKeys = [
  { id: 'run:yes', keys: ['y'], says: 'yes, run it', long: 'confirm what was shown', hint: 1 },
  {
    id: 'run:enter',
    keys: ['enter'],
    says: 'confirm what is typed',
    long: 'take what is typed; alone it confirms reading actions only',
  },
  {
    id: 'run:waive',
    keys: ['v'],
    says: 'waive evidence',
    long: 'go on without the evidence steps, reason filled in',
    hint: 2,
  },
  {
    id: 'run:rotate',
    keys: ['ctrl+t'],
    says: 'rotate instead',
    long: 'a new credential first, then end the old one',
    hint: 1,
  },
  {
    id: 'run:ask',
    keys: ['a', 'ctrl+o'],
    says: 'ask others',
    long: 'ask others to approve exactly this',
    hint: 6,
  },
  {
    id: 'run:approve',
    keys: ['A', 'ctrl+y'],
    says: 'approve',
    long: 'a colleague approves it at this keyboard',
    hint: 7,
  },
  { id: 'run:down', keys: ['down', 'j'], says: 'down', long: 'scroll down' },
  { id: 'run:up', keys: ['up', 'k'], says: 'up', long: 'scroll up' },
  {
    id: 'run:again',
    keys: ['r'],
    says: 'ask again',
    long: 'ask the systems again: preview, or proof',
    hint: 3,
  },
  { id: 'run:raw', keys: ['z'], says: 'detail', long: 'show or hide calls and raw detail', hint: 4 },
  { id: 'run:hand', keys: ['h', 'tab'], says: 'by hand', long: 'the way by hand', hint: 5 },
] as const satisfies readonly Binding[];
