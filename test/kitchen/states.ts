import type { Finding, View } from '../../src/app/contract.ts';
import { HOUR } from '../../src/base/duration.ts';
import { Problem } from '../../src/base/problem.ts';
import { StorageError } from '../../src/io/storage.ts';
import { boundScreen } from '../../src/tui/screens/index.ts';
import { top } from '../../src/tui/shell/model.ts';
import type { Store } from '../../src/tui/shell/store.ts';
import type { FakeApp, FakeIncident, FakeOptions } from '../fakes/app.ts';
import { items } from '../fakes/company.ts';
import { nameOf } from '../rig/places.ts';
import { poisoner } from '../security/hostile/poison.ts';
import { poisons } from '../security/hostile/poisons.ts';
import { press, settled } from './press.ts';

/** What can be the matter wherever somebody is: laid over every scene, so that a new screen is looked at in all of them. */
export type KitchenState = Readonly<{
  fake?: FakeOptions;
  prepare?: (app: FakeApp) => Promise<void> | void;
  /** What comes up through the door of the app is other than it would be. */
  doors?: () => Doors;
  /** The doors are so from the last key on alone: the way there is as always. */
  late?: true;
  /** Goes on once the screen is there. */
  after?: (app: FakeApp, store: Store) => Promise<void>;
}>;

/** `any` is for what belongs to neither, the chair of a facilitator. */
export type Doors = Readonly<{
  app: (app: FakeApp) => FakeApp;
  incident: (incident: FakeIncident) => FakeIncident;
  any: <T>(value: T) => T;
}>;

const same = <T>(value: T): T => value;

type Resize = <T>(list: readonly T[]) => readonly T[];
const first: Resize = (list) => list.slice(0, 1);
const none: Resize = (list) => list.slice(0, 0);
const MANY = 60;
const many: Resize = (list) =>
  list.length === 0 ? list : Array.from({ length: Math.ceil(MANY / list.length) }, () => list).flat();

/** The lists that somebody else's files and the night itself fill. Steps are the runbook's, and stay. */
const resized = (list: Resize): Doors => ({
  app: (app) => ({
    ...app,
    runbooks: () => list(app.runbooks()),
    incidents: () => list(app.incidents()),
    doctor: async (...how) => list(await app.doctor(...how)),
  }),
  incident: (incident) => ({
    ...incident,
    items: () => list(incident.items()),
    timeline: (asked) => list(incident.timeline(asked)).slice(0, asked?.limit),
    injects: () => list(incident.injects()),
    view: () => viewOf(incident.view(), list),
  }),
  any: same,
});

const viewOf = (view: View, list: Resize): View => ({
  ...view,
  clocks: list(view.clocks),
  contacts: list(view.contacts),
  who: list(view.who),
  containment: { ...view.containment, targets: list(view.containment.targets) },
  team: { roles: view.team.roles, tasks: list(view.team.tasks) },
});

const poisoned = (words: readonly string[]): Doors => {
  let turn = 0;
  const { poison } = poisoner(() => words[(turn += 1) % words.length] ?? '');
  return { app: poison, incident: poison, any: poison };
};

/** Somebody had much to say, and said it in one sentence. */
const LONG = `${'They said that it began on a Friday night and that nobody had looked at the list since then, and '.repeat(8)}so on: `;

/** Every promise of these names is refused. */
const refusing = <T extends object>(from: T, names: readonly (keyof T)[], why: () => Error): T => ({
  ...from,
  ...Object.fromEntries(
    names.filter((name) => name in from).map((name) => [name, async () => refused(why())]),
  ),
});
const refused = async (error: Error): Promise<never> => await Promise.reject(error);

const full = (): Error => new StorageError('full', '/home/example/.local/share/firebreak', 'no space left');
const away = (): Error =>
  new Problem('remote-failed', { target: 'graph.facebook.com', why: 'no route to this host' });

const UNHEARD = { result: 'failed', detail: 'graph.facebook.com: no route to this host' } as const;
const unreachable: readonly Finding[] = [
  { what: 'Secret of meta', state: 'ok', detail: 'found', fix: '' },
  ...['meta', 'slack', 'orbit'].map((name): Finding => ({
    what: `System ${name}`,
    state: 'broken',
    detail: 'no route to this host',
    fix: 'check the network of this machine; every step can be done by hand meanwhile',
  })),
];

/** What is asked for is typed and sent off, until something is said to that. Where nothing is asked for, letters would be commands. */
const sendOff = async (_app: FakeApp, store: Store): Promise<void> => {
  if (!boundScreen(top(store.model()), store.world()).typing) return;
  const answered = (): boolean => nameOf(store) === 'page' || store.model().notice?.tone === 'bad';
  if (!answered()) await press(store, Array.from('words'));
  for (let fields = 0; fields < FIELDS_MAX && !answered(); fields += 1) await press(store, ['enter']);
};
const FIELDS_MAX = 5;

export const states = {
  usual: {},
  empty: { doors: () => resized(none) },
  one: { doors: () => resized(first) },
  many: { fake: { steps: 120 }, doors: () => resized(many) },
  'too long': { fake: { title: LONG }, doors: () => poisoned([LONG]) },
  hostile: { doors: () => poisoned(Object.values(poisons)) },
  drill: { fake: { drill: true } },
  error: {
    doors: () => ({
      app: (app) => refusing(app, ['declare', 'drill', 'open', 'doctor'], full),
      incident: (incident) =>
        refusing(
          incident,
          ['act', 'run', 'rotate', 'saveLetter', 'releaseLetter', 'addEvidence', 'export'],
          full,
        ),
      any: same,
    }),
    late: true,
    after: sendOff,
  },
  'read-only': { fake: { readOnly: true } },
  sealed: { fake: { sealed: true } },
  overdue: {
    after: async (app, store) => {
      app.advance(100 * HOUR);
      store.tick();
      await settled(store);
    },
  },
  offline: {
    fake: {
      answers: Object.fromEntries(items.map(({ id }) => [id, { outcome: UNHEARD }])),
      shows: {
        anchors: {
          configured: [{ name: 'room', type: 'slack' }],
          size: 1,
          behind: 7,
          behindMs: 125_000,
          urgent: true,
          failing: [],
          copies: [],
          alarms: [],
        },
      },
    },
    doors: () => ({
      app: (app) => ({ ...app, doctor: async () => await Promise.resolve(unreachable) }),
      incident: (incident) => refusing(incident, ['prepare', 'prepareItem', 'recheck', 'collect'], away),
      any: same,
    }),
    late: true,
  },
} as const satisfies Readonly<Record<string, KitchenState>>;
