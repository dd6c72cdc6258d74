import type { FakeApp, FakeOptions } from '../fakes/app.ts';
import { letGo, merged } from '../fakes/mailing.ts';
import { free, seed } from '../fakes/nights.ts';
import { readAndCounted } from '../fakes/scope.ts';
import { unsureIntent } from '../fakes/unsure.ts';
import { keys } from '../rig/screen.ts';

/** The ways to the screens that are looked at: drawn into golden files, and into every picture of the kitchen. */

/** `keys` are pressed after the start; `prepare` is what happened before. */
export type Walk = Readonly<{
  start?: 'home' | 'incident' | 'drill' | 'facilitate';
  fake?: FakeOptions;
  prepare?: (app: FakeApp) => Promise<void> | void;
  keys: readonly string[];
}>;

const openDoubt = (app: FakeApp): void => app.incident().write(unsureIntent('k'));
const letters = (app: FakeApp): void =>
  app.incident().write(letGo, merged(), merged('c'.repeat(64), 3, 'mbox'));
const read = (app: FakeApp): void => app.incident().write(...readAndCounted(app.now()));

const anExport = ['W', 'a', 'users.jsonl', keys.enter, keys.enter, keys.enter, keys.enter] as const;
const aMailing = ['L', 'S', 'j', keys.enter] as const;

export const walks = {
  home: { start: 'home', keys: [] },
  incident: { keys: [] },
  preview: { keys: ['jjjj', 'x'] },
  secret: { keys: ['jj', keys.enter, 'EAAsecretsecretsecret'] },
  decide: { keys: ['Gkkkk', keys.enter] },
  unsure: { prepare: openDoubt, keys: ['jjjj', keys.enter] },
  help: { keys: ['?'] },
  palette: { keys: [':', 'undo'] },
  clocks: { keys: ['c'] },
  timeline: { keys: ['t'] },
  export: { keys: ['E'] },
  who: { keys: ['P'] },
  doctor: { start: 'home', keys: ['o'] },
  audit: { start: 'home', keys: ['a', 'r'] },
  'inventory-home': { start: 'home', keys: ['i'] },
  difference: { start: 'home', keys: ['i', 's'] },
  'difference-preview': { start: 'home', keys: ['i', 's', 'p'] },
  'audit-file': { start: 'home', keys: ['a', 'r', 'f'] },
  'audit-answer': { start: 'home', keys: ['a', 'r', 'jjj', 'a'] },
  people: { keys: ['H'] },
  packet: { keys: ['H', 'p'] },
  'packet-confirm': { keys: ['H', 'p', 'firebreak-to1qqqq', keys.enter, keys.enter] },
  scope: { prepare: read, keys: ['W'] },
  'scope-facts': { prepare: read, keys: ['W', 'f'] },
  'scope-form': { keys: ['W', 'a'] },
  'scope-import': { keys: anExport },
  'scope-read': { keys: [...anExport, 'y'] },
  letter: { keys: ['L', keys.enter] },
  letters: { keys: ['L'] },
  'merge-form': { prepare: letters, keys: ['L', 'm'] },
  merge: { prepare: letters, keys: ['L', 'm', 'people.csv', keys.enter, keys.enter, keys.enter, keys.enter] },
  mailings: { prepare: letters, keys: ['L', 'S'] },
  mailing: { prepare: letters, keys: aMailing },
  'mailing-typed': { fake: free, prepare: letters, keys: [...aMailing, '12'] },
  posted: { fake: seed, prepare: letters, keys: [...aMailing, 's', 'y', 'v', keys.tab, keys.tab] },
} as const satisfies Readonly<Record<string, Walk>>;
