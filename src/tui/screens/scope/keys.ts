import type { Binding } from '../../binding.ts';

export const scopeKeys = [
  {
    id: 'scope:import',
    keys: ['a'],
    says: 'add an export',
    long: 'read an export of a vendor: CSV or JSON Lines',
    hint: 1,
    command: 'scope import',
  },
  {
    id: 'scope:count',
    keys: ['x'],
    says: 'count',
    long: 'join what was read, and count',
    hint: 2,
    command: 'scope count',
  },
  {
    id: 'scope:facts',
    keys: ['f'],
    says: 'facts',
    long: 'the counts as facts, before they are written down',
    hint: 3,
    command: 'scope facts',
  },
  {
    id: 'scope:yes',
    keys: ['y'],
    says: 'write them',
    long: 'write the counts that are shown as facts, in your name',
    hint: 1,
    command: 'scope facts',
  },
  {
    id: 'scope:correct',
    keys: ['r'],
    says: 'correct',
    long: 'correct the facts that were known otherwise, with a reason',
    hint: 2,
    command: 'fact',
  },
  {
    id: 'scope:faults',
    keys: ['v'],
    says: 'rows left out',
    long: 'rows that were not read, each with its reason',
  },
  {
    id: 'scope:list',
    keys: ['o'],
    says: 'list',
    long: 'write the list of recipients to a file: people in clear',
    command: 'scope export',
  },
  { id: 'scope:down', keys: ['down', 'j'], says: 'down', long: 'scroll down' },
  { id: 'scope:up', keys: ['up', 'k'], says: 'up', long: 'scroll up' },
] as const satisfies readonly Binding[];

export const scopeImportKeys = [
  {
    id: 'scope-import:yes',
    keys: ['y'],
    says: 'read it',
    long: 'read the whole file as it was shown',
    hint: 1,
    command: 'scope import',
  },
  {
    id: 'scope-import:again',
    keys: ['m'],
    says: 'another mapping',
    long: 'name another file, mapping or channel',
    hint: 2,
    command: 'scope preview',
  },
  {
    id: 'scope-import:count',
    keys: ['x'],
    says: 'count',
    long: 'go on to counting who is affected',
    hint: 1,
    command: 'scope count',
  },
  { id: 'scope-import:down', keys: ['down', 'j'], says: 'down', long: 'scroll down' },
  { id: 'scope-import:up', keys: ['up', 'k'], says: 'up', long: 'scroll up' },
  { id: 'scope-import:done', keys: ['enter'], says: 'go on', long: 'back, once it has ended' },
] as const satisfies readonly Binding[];
