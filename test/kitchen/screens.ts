import type { Screen } from '../../src/tui/places.ts';
import { approvals, busyNight, counted, free, gone, handingOver, mayGo, preserved } from '../fakes/nights.ts';
import { keys } from '../rig/screen.ts';
import { walks, type Walk } from '../tui/walks.ts';

/** Where a person can be and what lies over it; forms are in a table of their own. */
type Place = Exclude<Screen['at'], 'form'> | 'help' | 'palette' | 'lock';

/** `idle`: nobody touches a key for so many minutes then. */
export type Scene = Walk & Readonly<{ idle?: number }>;

const outOfReach = { result: 'failed', detail: 'graph.facebook.com: no route to this host' } as const;
const unheard = { result: 'unknown', detail: 'the connection ended before an answer came' } as const;
const stillOn = { is: 'refuted', how: 'asked again with the old token: it answers' } as const;

const kill = ['jjjj', 'x', 'wa-system-user-token', keys.enter] as const;
const token = 'wa-system-user-token';
const list = walks.merge.keys;

/** Every screen, and each of its faces. The compiler misses a screen that is not here. */
export const screens: Readonly<Record<Place, Readonly<Record<string, Scene>>>> = {
  home: { home: walks.home, 'home, search': { start: 'home', keys: ['/', 'card'] } },
  declare: {
    declare: { start: 'home', keys: ['d', 'Token in a notebook'] },
    'declare, runbook': { start: 'home', keys: ['d', 'A token in a notebook', keys.enter, 'whatsapp'] },
    'declare, drill': { start: 'home', keys: ['r'] },
  },
  incident: {
    incident: walks.incident,
    'incident, action': { keys: ['jjjj'] },
    'incident, decision': { keys: ['Gkkkk'] },
    'incident, list': { keys: [keys.tab] },
    'incident, logs fetched': { keys: ['l'] },
    'incident, busy': { ...busyNight, keys: ['g', 'jjjj'] },
    'incident, approval': { ...busyNight, keys: ['g', 'jjjjj'] },
  },
  run: {
    preview: walks.preview,
    'preview, reason': { fake: { approvals }, keys: ['jjjjj', 'x'] },
    'preview, two ways': { fake: { rotates: true }, prepare: preserved, keys: ['jjjj', 'x'] },
    proved: { prepare: preserved, keys: kill },
    'not stopped': { fake: { answers: { [token]: { proof: stillOn } } }, prepare: preserved, keys: kill },
    failed: { fake: { answers: { [token]: { outcome: outOfReach } } }, prepare: preserved, keys: kill },
    'not known': { fake: { answers: { [token]: { outcome: unheard } } }, prepare: preserved, keys: kill },
  },
  unsure: { unsure: walks.unsure },
  clocks: {
    clocks: walks.clocks,
    'clocks, sent': { ...busyNight, keys: ['c'] },
  },
  who: { who: walks.who },
  people: {
    people: walks.people,
    'people, handed to another laptop': { prepare: gone, keys: ['H'] },
    'people, handing over': { prepare: handingOver, keys: ['H'] },
    'people, task': { prepare: handingOver, keys: ['H', 'G', 'k'] },
  },
  timeline: {
    timeline: walks.timeline,
    'timeline, search': { ...busyNight, keys: ['t', '/', 'skip'] },
    'timeline, found': { ...busyNight, keys: ['t', '/', 'webhook', keys.enter] },
    'timeline, starred': { ...busyNight, keys: ['t', '*'] },
  },
  letters: { letters: walks.letters },
  letter: { letter: walks.letter, 'letter, text': { keys: ['L', keys.enter, keys.tab] } },
  merge: {
    merge: walks.merge,
    'merge, running': { fake: { mail: { holds: true } }, prepare: mayGo, keys: [...list, 'y'] },
    'merge, written': { prepare: mayGo, keys: [...list, 'y'] },
  },
  mailings: { mailings: walks.mailings },
  mailing: {
    mailing: walks.mailing,
    'mailing, typed': walks['mailing-typed'],
    'mailing, sent': {
      fake: { mail: { plan: { bars: [], letters: 12, leaves: 12 } } },
      prepare: mayGo,
      keys: ['L', 'S', keys.enter, '12', keys.enter],
    },
    'mailing, running': {
      fake: { mail: { holds: true, plan: { bars: [], letters: 12, leaves: 12 } } },
      prepare: mayGo,
      keys: ['L', 'S', keys.enter, '12', keys.enter],
    },
    'mailing, through': { fake: free, prepare: mayGo, keys: ['L', 'S', keys.enter] },
  },
  posted: { posted: walks.posted },
  scope: {
    scope: walks.scope,
    'scope, facts': walks['scope-facts'],
    'scope, known otherwise': { prepare: counted, keys: ['W', 'f'] },
  },
  'scope-import': {
    'scope-import': walks['scope-import'],
    'scope-import, read': walks['scope-read'],
    'scope-import, refused': {
      fake: { scope: { refuses: ['no column "email" in the first row'] } },
      keys: walks['scope-import'].keys,
    },
    'scope-import, running': { fake: { scope: { holds: true } }, keys: walks['scope-read'].keys },
  },
  doctor: { doctor: walks.doctor, 'doctor, opened': { start: 'home', keys: ['o', keys.enter] } },
  audit: {
    audit: { start: 'home', keys: ['a'] },
    'audit, ended': walks.audit,
    'audit, opened': { start: 'home', keys: ['a', 'r', keys.enter] },
  },
  inventory: { inventory: { keys: ['I'] }, 'inventory, no incident': walks['inventory-home'] },
  difference: {
    difference: walks.difference,
    'difference, preview': walks['difference-preview'],
    'difference, written': { start: 'home', keys: ['i', 's', 'p', 'y'] },
    'difference, in an incident': { keys: ['I', 's'] },
  },
  facilitate: {
    'facilitate, messages': { start: 'facilitate', keys: [] },
    'facilitate, players': { start: 'facilitate', keys: [keys.tab] },
    'facilitate, truth': { start: 'facilitate', keys: [keys.tab, keys.tab] },
  },
  page: {
    'page, story': { start: 'drill', fake: { drill: true }, keys: [] },
    'page, messages': { start: 'drill', fake: { drill: true }, keys: [keys.enter, 'i'] },
    'page, score': { start: 'drill', fake: { drill: true }, keys: [keys.enter, 'F'] },
    'page, by hand': { keys: ['jjjj', 'h'] },
    'page, held': { keys: ['b'] },
    'page, asked again': { prepare: preserved, keys: [...kill, keys.enter, 'g', 'jjjj', 'r'] },
    'page, entry': { keys: ['t', keys.enter] },
    'page, brief': { prepare: handingOver, keys: ['H', 'v'] },
    'page, phase complete': {
      keys: [keys.enter, 'A scanner found it.', keys.enter, keys.enter, 'now', keys.enter],
    },
  },
  help: { help: walks.help, 'help, home': { start: 'home', keys: ['?'] } },
  palette: { palette: walks.palette, 'palette, all': { keys: [':'] } },
  lock: { lock: { fake: { lockMinutes: 5 }, keys: [], idle: 6 } },
};
