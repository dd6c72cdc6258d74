import { auditKeys } from './screens/audit/keys.ts';
import { clockKeys } from './screens/clocks/keys.ts';
import { declareKeys } from './screens/declare/keys.ts';
import { differenceKeys } from './screens/difference/keys.ts';
import { doctorKeys } from './screens/doctor/keys.ts';
import { facilitateKeys } from './screens/facilitate/keys.ts';
import { formKeys } from './screens/form/keys.ts';
import { homeKeys } from './screens/home/keys.ts';
import { incidentKeys } from './screens/incident/keys.ts';
import { inventoryKeys } from './screens/inventory/keys.ts';
import { letterKeys } from './screens/letter/keys.ts';
import { listKeys } from './screens/letters/keys.ts';
import { mailingKeys } from './screens/mailing/keys.ts';
import { mailingsKeys } from './screens/mailings/keys.ts';
import { mergeKeys } from './screens/merge/keys.ts';
import { pageKeys } from './screens/page/keys.ts';
import { peopleKeys } from './screens/people/keys.ts';
import { postedKeys } from './screens/posted/keys.ts';
import { runKeys } from './screens/run/keys.ts';
import { scopeImportKeys, scopeKeys } from './screens/scope/keys.ts';
import { timelineKeys } from './screens/timeline/keys.ts';
import { unsureKeys } from './screens/unsure/keys.ts';
import type { KeyTable, Remap } from '../app/contract.ts';
import { remapped, type Binding } from './binding.ts';
import { whoKeys } from './screens/who/keys.ts';

/** Keys that mean the same on every screen, unless a text is being typed. */
export const globalKeys = [
  { id: 'app:help', keys: ['?'], says: 'keys', long: 'the keys of this screen' },
  {
    id: 'app:palette',
    keys: [':', 'ctrl+k'],
    says: 'all actions',
    long: 'search every action; what cannot be done now says why',
  },
  { id: 'app:back', keys: ['esc', 'q'], says: 'back', long: 'one level up; what was typed is kept' },
  { id: 'app:quit', keys: ['ctrl+c'], says: 'leave', long: 'leave: press twice; the incident stays open' },
  { id: 'app:suspend', keys: ['ctrl+z'], says: 'suspend', long: 'suspend to the shell; fg comes back' },
  { id: 'app:repaint', keys: ['ctrl+l'], says: 'repaint', long: 'draw the screen again' },
  { id: 'app:down', keys: ['pgdn', 'ctrl+d'], says: 'page down', long: 'scroll down a page' },
  { id: 'app:up', keys: ['pgup', 'ctrl+u'], says: 'page up', long: 'scroll up a page' },
] as const satisfies readonly Binding[];

/** Keys that mean the same wherever an incident is open. */
export const incidentWide = [
  { id: 'incident:note', keys: ['n'], says: 'note', long: 'write a note', command: 'note' },
  {
    id: 'incident:decision',
    keys: ['D'],
    says: 'decision',
    long: 'record a decision with its reasons',
    command: 'decide',
  },
  {
    id: 'incident:evidence',
    keys: ['e'],
    says: 'evidence',
    long: 'attach evidence: a file, a URL, a text',
    command: 'evidence add',
  },
  { id: 'incident:clocks', keys: ['c'], says: 'clocks', long: 'every legal clock', command: 'clocks' },
  {
    id: 'incident:timeline',
    keys: ['t'],
    says: 'timeline',
    long: 'what happened, newest first',
    command: 'journal show',
  },
  {
    id: 'incident:changed',
    keys: ['w'],
    says: 'what changed',
    long: 'what changed since I last looked',
    command: 'journal tail',
  },
  { id: 'incident:contacts', keys: ['P'], says: 'phone', long: 'whom to ring', command: 'who' },
  {
    id: 'incident:scope',
    keys: ['W'],
    says: 'affected',
    long: 'who is affected, and how many',
    command: 'scope',
  },
  {
    id: 'incident:people',
    keys: ['H'],
    says: 'people',
    long: 'who does what, and handing over',
    command: 'handover',
  },
  {
    id: 'incident:letters',
    keys: ['L'],
    says: 'letters',
    long: 'letters of this incident',
    command: 'letters list',
  },
  {
    id: 'incident:inventory',
    keys: ['I'],
    says: 'inventory',
    long: 'every channel, integration and credential: pause or revoke one',
    command: 'inventory',
  },
  {
    id: 'incident:injects',
    keys: ['i'],
    says: 'messages',
    long: 'messages of the drill',
    command: 'drill items',
  },
  {
    id: 'incident:real-event',
    keys: ['!'],
    says: 'REAL EVENT',
    long: 'something real: leave the drill and declare; asks first',
    command: 'drill stop --real-event',
  },
] as const satisfies readonly Binding[];

/** The one table: handlers, footer, help, palette and the printed key list are all read from it. */
export const keymap = {
  everywhere: globalKeys,
  'in an incident': incidentWide,
  home: homeKeys,
  declare: declareKeys,
  incident: incidentKeys,
  run: runKeys,
  form: formKeys,
  unsure: unsureKeys,
  clocks: clockKeys,
  who: whoKeys,
  people: peopleKeys,
  timeline: timelineKeys,
  letters: listKeys,
  letter: letterKeys,
  merge: mergeKeys,
  mailings: mailingsKeys,
  mailing: mailingKeys,
  posted: postedKeys,
  'who is affected': scopeKeys,
  'an export on its way in': scopeImportKeys,
  doctor: doctorKeys,
  audit: auditKeys,
  inventory: inventoryKeys,
  'inventory against what exists': differenceKeys,
  page: pageKeys,
  facilitate: facilitateKeys,
} as const satisfies Readonly<Record<string, readonly Binding[]>>;

type Where = keyof typeof keymap;
/** The id of anything that a key does. */
export type BindingId = (typeof keymap)[Where][number]['id'];

const all: readonly Binding[] = Object.values(keymap).flat();
const ownKey = new Map(all.map(({ id, keys }) => [id, keys[0] ?? '']));

const typesLetter = (key: string): boolean => key.length === 1 || key === 'space';

/** The key that a sentence on the screen names: the person's own where they gave one. */
export const keyOf = ({ remap }: Readonly<{ remap?: Remap }>, id: BindingId): string =>
  remap?.get(id)?.[0] ?? ownKey.get(id) ?? '';

/** The same where letters are typed: then only a key that types nothing answers. */
export const keyInField = ({ remap }: Readonly<{ remap?: Remap }>, id: BindingId): string =>
  (remap?.get(id) ?? all.find((one) => one.id === id)?.keys ?? []).find((key) => !typesLetter(key)) ?? '';

/** Where no incident is open, so that the keys of one mean nothing. */
const WITHOUT_INCIDENT: ReadonlySet<string> = new Set(['home', 'declare', 'doctor', 'audit', 'facilitate']);
/** Where letters may be typed into a field. */
const WITH_FIELD: ReadonlySet<string> = new Set(['home', 'declare', 'run', 'form', 'timeline', 'mailing']);
/** What works everywhere, in a field too. */
const ALWAYS = ['app:back', 'app:suspend', 'app:repaint'] as const;
const SHARED: ReadonlySet<string> = new Set(['everywhere', 'in an incident']);

const ids = (bindings: readonly Binding[]): readonly string[] => bindings.map(({ id }) => id);

/** The table as far as a person's file may change it. */
export const keyTable: KeyTable = {
  rows: all,
  places: Object.entries(keymap)
    .filter(([where]) => !SHARED.has(where))
    .map(([where, bindings]: readonly [string, readonly Binding[]]) => ({
      name: where,
      ids: [...ids(bindings), ...(WITHOUT_INCIDENT.has(where) ? [] : ids(incidentWide)), ...ids(globalKeys)],
      inField: !WITH_FIELD.has(where)
        ? []
        : [...ALWAYS, ...ids(bindings.filter(({ keys }) => !keys.every(typesLetter)))],
    })),
};

/** Every row with the place where it works, in the person's keys: what `firebreak keymap` lists. */
export const keyRows = (
  remap: Remap,
): readonly Readonly<{ screen: string; changed: boolean; binding: Binding }>[] =>
  Object.entries(keymap).flatMap(([screen, bindings]) =>
    remapped<Binding>(bindings, remap).map((binding) => ({
      screen,
      changed: remap.has(binding.id),
      binding,
    })),
  );

/** The table as a page of Markdown, for the documentation. */
export const keymapPage = (): string =>
  Object.entries(keymap)
    .map(([where, bindings]) => {
      const rows = bindings.map(
        (one: Binding) =>
          `| ${one.keys.map((key) => `\`${key}\``).join(' ')} | ${one.long} | \`${one.id}\` |`,
      );
      return [`## ${where}`, '', '| Key | Does | Id |', '|---|---|---|', ...rows, ''].join('\n');
    })
    .join('\n');
