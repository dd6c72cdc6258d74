import { MINUTE } from '../../../src/base/duration.ts';
import type { App, Backstage, OpenDrill, Seat } from '../../../src/app/contract.ts';
import type { Binding } from '../../../src/tui/binding.ts';
import { globalKeys, incidentWide } from '../../../src/tui/keys.ts';
import { textOf } from '../../../src/tui/parts/line.ts';
import type { Size } from '../../../src/tui/screen.ts';
import { boundScreen } from '../../../src/tui/screens/index.ts';
import { top } from '../../../src/tui/shell/model.ts';
import { openStore, type Store } from '../../../src/tui/shell/store.ts';
import { fakeApp, type FakeApp, type FakeOptions } from '../../fakes/app.ts';
import { key } from '../../rig/keyboard.ts';
import { nameOf } from '../../rig/places.ts';
import { fakeBackstage, fakeSeat } from '../../fakes/seat.ts';
import { actsIn, widest } from './acts.ts';
import { poisoner } from './poison.ts';
import { FORGED } from './poisons.ts';

/**
 * Goes through the app by its own table of keys: from each step every key that can be used there, from where that leads every
 * key that can be used there, and so on until nothing new is seen. Each way is gone from the start in a new app, so that
 * nothing depends on what was done on the way before.
 */

export type Fault = Readonly<{ where: string; what: string; text: string }>;

/** `spoke`: where something foreign was shown. Screens by their name in `tui/places.ts`, forms by their purpose. */
export type Walked = Readonly<{
  seen: ReadonlySet<string>;
  spoke: ReadonlySet<string>;
  faults: readonly Fault[];
}>;

export type Scene = Readonly<{
  start: 'home' | 'incident' | 'drill' | 'facilitate';
  fake?: FakeOptions;
  prepare?: (app: FakeApp) => Promise<void>;
  /** Keys that lead to where the walk begins. */
  via?: readonly string[];
  /** From how many of the steps it starts, and how many keys deep from each. */
  steps?: number;
  deep: number;
}>;

const LOCK_MINUTES = 5;
const OFF_LIMITS = new Set(['ctrl+c', 'ctrl+z', 'ctrl+l']);
const TYPED = ['enter', 'tab', 'down', 'space', 'type', 'paste'];

/** Marks of the poisons: what was made visible, and letters and signs that no sentence of the tool has. */
const FOREIGN = /\\u\{|x{20}|[\u0300-\u1fff\u3000-\uffff]/u;

export const walkScreens = async (scene: Scene, size: Size, hostile: readonly string[]): Promise<Walked> => {
  const seen = new Set<string>();
  const spoke = new Set<string>();
  const faults = new Map<string, Fault>();
  const look = (store: Store): void => {
    const where = nameOf(store);
    const rows = store.lines(size).map(textOf);
    const found = [...faultsOf(rows, size, where), ...heardFaults(store.linear(size).map(textOf), where)];
    for (const fault of found) faults.set(`${where} ${fault.what}`, fault);
    seen.add(where);
    if (found.length > 0 || rows.some((text) => FOREIGN.test(text))) spoke.add(where);
  };
  const known = new Set<string>();
  let open: readonly Way[] = starts(scene);
  while (open.length > 0) {
    const further: Way[] = [];
    for (const way of open) {
      const { store, app } = await gone(scene, size, hostile, way);
      look(store);
      const here = `${nameOf(store)} ${situation(store)}`;
      if (!known.has(here) && way.length - way.lastIndexOf('') <= scene.deep)
        for (const [move, usable] of moves(store)) if (usable) further.push([...way, move]);
      if (!known.has(here) && known.size % 8 === 0) {
        app.advance((LOCK_MINUTES + 1) * MINUTE);
        store.tick();
        look(store);
      }
      known.add(here);
    }
    open = further;
  }
  return { seen, spoke, faults: [...faults.values()] };
};

/** Keys from the start on; the empty one parts the way to a step from what is done there. */
type Way = readonly string[];

const STEPS = 20;
const starts = ({ start, steps = STEPS, via = [] }: Scene): readonly Way[] =>
  start === 'home' || start === 'facilitate'
    ? [[...via, '']]
    : Array.from({ length: steps }, (_, step) => [
        'g',
        ...Array.from({ length: step }, () => 'j'),
        ...via,
        '',
      ]);

const gone = async (
  { start, fake = {}, prepare }: Scene,
  size: Size,
  hostile: readonly string[],
  way: Way,
): Promise<Readonly<{ store: Store; app: FakeApp }>> => {
  let turn = way.length;
  const next = (): string => hostile[(turn += 1) % hostile.length] ?? '';
  const app = fakeApp({ lockMinutes: LOCK_MINUTES, ...fake });
  await prepare?.(app);
  const { poison } = poisoner(next);
  const incident = poison<OpenDrill>(app.incident());
  const screens = {
    home: { screen: 'home' },
    incident: { screen: 'incident', incident },
    drill: { screen: 'drill', drill: incident },
    facilitate: {
      screen: 'facilitate',
      seat: poison<Seat>(fakeSeat()),
      page: poison<Backstage>(fakeBackstage),
    },
  } as const;
  const look = { color: true, ascii: false, screenReader: false };
  const store = openStore(poison<App>(app), screens[start], look, size);
  for (const move of way) {
    press(store, move, next);
    await store.idle();
  }
  return { store, app };
};

const press = (store: Store, move: string, next: () => string): void => {
  if (move === '') return;
  if (move === 'paste') return store.send({ is: 'paste', text: next() });
  if (move === 'type') {
    for (const one of Array.from(next().slice(0, 40)))
      store.send({ is: 'key', key: { ...key('x'), name: one, text: one } });
    return undefined;
  }
  const shifted = move.startsWith('shift+');
  return store.send({ is: 'key', key: { ...key(shifted ? move.slice(6) : move), shift: shifted } });
};

/** What makes a difference to what can be done: the numbers and flags of the screen, and the keys that can be used. */
const situation = (store: Store): string => {
  const told = Object.values(top(store.model())).map((value: unknown) =>
    typeof value === 'number'
      ? Math.min(value, 2)
      : typeof value === 'boolean' || value === null
        ? value
        : '',
  );
  const usable = [...moves(store)].filter(([, can]) => can).map(([move]) => move);
  const screen = top(store.model());
  const steps = store.world().view?.progress.steps ?? [];
  const focused = screen.at === 'incident' ? steps.find(({ step }) => step.id === screen.focused) : null;
  return `${JSON.stringify(told)} ${focused?.step.kind ?? ''} ${usable.join(' ')}`;
};

/** One key for each row of the table, and whether it can be used; where words can be typed, those too. */
const moves = (store: Store): ReadonlyMap<string, boolean> => {
  const screen = boundScreen(top(store.model()), store.world());
  const wide = top(store.model()).at === 'incident' ? incidentWide : [];
  const bound: readonly Binding[] = [...screen.keys, ...wide, ...globalKeys];
  const named = bound
    .map(({ id, keys: [first = ''] }) => [first, screen.disabled(id) === null] as const)
    .filter(([name]) => !OFF_LIMITS.has(name));
  const typing = screen.typing || store.model().overlay !== null;
  return new Map([...named, ...(typing ? TYPED.map((name) => [name, true] as const) : [])]);
};

/** Most rows of one picture are those of the picture before: what is wrong with a text is asked once. */
const once = <Found>(ask: (text: string) => Found): ((text: string) => Found) => {
  const known = new Map<string, Found>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = ask(text);
    known.set(text, found);
    return found;
  };
};
const actsOnce = once((text) => actsIn(text));
const widestOnce = once(widest);

const faultsOf = (rows: readonly string[], size: Size, where: string): readonly Fault[] => [
  ...(rows.length === size.rows ? [] : [{ where, what: `${rows.length} rows`, text: '' }]),
  // The last row says how to get away, whatever stands above it.
  ...(/esc (?:back|stop|close)|leave/.test(rows.at(-1) ?? '') || rows.some((text) => text.includes('LOCKED'))
    ? []
    : [{ where, what: 'no way back', text: rows.at(-1) ?? '' }]),
  ...rows.flatMap((text): readonly Fault[] => [
    ...actsOnce(text).map((what) => ({ where, what, text })),
    ...(widestOnce(text) <= size.columns ? [] : [{ where, what: `${widestOnce(text)} cells`, text }]),
    ...(text.startsWith(FORGED) ? [{ where, what: 'forged line', text }] : []),
  ]),
];

const heardFaults = (lines: readonly string[], where: string): readonly Fault[] =>
  lines.flatMap((text) => actsOnce(text).map((what) => ({ where, what: `${what}, read aloud`, text })));
