import type { Binding } from '../../binding.ts';

export const mailingKeys = [
  {
    id: 'mailing:enter',
    keys: ['enter'],
    says: 'take what is typed',
    long: 'send, once the number of people is typed',
    command: 'letters send',
  },
  {
    id: 'mailing:yes',
    keys: ['y'],
    says: 'send to colleagues',
    long: 'send this seed to colleagues, who look first',
    hint: 1,
  },
  {
    id: 'mailing:seed',
    keys: ['s'],
    says: 'as a seed',
    long: 'between colleagues, who look first, and the list',
    hint: 2,
  },
  {
    id: 'mailing:colleagues',
    keys: ['m'],
    says: 'merge a seed',
    long: 'write this letter to a short list of colleagues',
    hint: 3,
  },
  { id: 'mailing:ask', keys: ['a'], says: 'ask others', long: 'ask two others to agree to this', hint: 1 },
  {
    id: 'mailing:approve',
    keys: ['A'],
    says: 'approve',
    long: 'a colleague agrees to it at this keyboard',
    hint: 2,
  },
  {
    id: 'mailing:readers',
    keys: ['tab'],
    says: 'to whom',
    long: 'who would be written to now',
    hint: 4,
  },
  {
    id: 'mailing:letters',
    keys: ['v'],
    says: 'each letter',
    long: 'letters that left, by what became of them',
    hint: 1,
    command: 'letters sent',
  },
  { id: 'mailing:look', keys: ['r'], says: 'look again', long: 'look again at what would be sent', hint: 6 },
  { id: 'mailing:down', keys: ['down', 'j'], says: 'down', long: 'scroll down' },
  { id: 'mailing:up', keys: ['up', 'k'], says: 'up', long: 'scroll up' },
] as const satisfies readonly Binding[];
