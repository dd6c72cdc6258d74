import { clockKeys } from './screens/clocks/keys.ts';
import { declareKeys } from './screens/declare/keys.ts';
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
import { timelineKeys } from './screens/timeline/keys.ts';
import { unsureKeys } from './screens/unsure/keys.ts';
import type { Binding } from './binding.ts';
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
  inventory: inventoryKeys,
  page: pageKeys,
  facilitate: facilitateKeys,
} as const satisfies Readonly<Record<string, readonly Binding[]>>;

/** The table as a page of Markdown, for `firebreak keymap` and the documentation. */
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
