import type { Line } from '../../src/tui/parts/line.ts';
import { line } from '../../src/tui/parts/line.ts';
import type { Effect, Size } from '../../src/tui/screen.ts';
import { announce } from '../../src/tui/shell/announce.ts';
import { openStore, type Start, type Store } from '../../src/tui/shell/store.ts';
import type { Look } from '../../src/tui/theme.ts';
import { MINUTE } from '../../src/base/duration.ts';
import { fakeApp, type FakeApp } from '../fakes/app.ts';
import { fakeBackstage, fakeSeat } from '../fakes/seat.ts';
import { nameOf } from '../rig/places.ts';
import { keys } from '../rig/screen.ts';
import type { FormScene } from './forms.ts';
import { press, settled } from './press.ts';
import type { Scene } from './screens.ts';
import type { Doors, KitchenState } from './states.ts';

/** Goes to a scene in a state, and says what is there: the real store over the app in memory, without a terminal. */

/** `at`: the place by its name, which is another one where this state keeps somebody from getting there. */
export type Served = Readonly<{ at: string; lines: readonly Line[] }>;

const plainDoors: Doors = { app: (app) => app, incident: (incident) => incident, any: (value) => value };

/** One of two likenesses, as the moment wants it. */
const switching = <T extends object>(before: T, after: T, isLate: () => boolean): T =>
  new Proxy(before, {
    get: (_, name): unknown => Reflect.get(isLate() ? after : before, name),
  });

const named: ReadonlyMap<string, string> = new Map(
  Object.entries(keys).map(([name, sequence]) => [
    sequence,
    name.replace(/^ctrl(.)$/, (_, one: string) => `ctrl+${one.toLowerCase()}`),
  ]),
);
/** What is typed on a terminal, as single keys. */
const pressesOf = (typed: readonly string[]): readonly string[] =>
  typed.flatMap((one) => {
    const name = named.get(one);
    return name === undefined ? Array.from(one, (letter) => (letter === ' ' ? 'space' : letter)) : [name];
  });

const startOf = (
  scene: Pick<Scene, 'start'>,
  doors: Doors,
  app: FakeApp,
  drill: boolean,
  late: () => boolean,
): Start => {
  const incident = app.incident();
  const shown = switching(incident, doors.incident(incident), late);
  if (scene.start === 'home') return { screen: 'home' };
  if (scene.start === 'facilitate')
    return { screen: 'facilitate', seat: doors.any(fakeSeat()), page: doors.any(fakeBackstage) };
  return scene.start === 'drill' || drill
    ? { screen: 'drill', drill: shown }
    : { screen: 'incident', incident: shown };
};

const openAt = async (
  scene: Pick<Scene, 'start' | 'fake' | 'prepare'>,
  state: KitchenState,
  look: Look,
  size: Size,
): Promise<Readonly<{ app: FakeApp; store: Store; turn: () => void }>> => {
  const app = fakeApp({ ...scene.fake, ...state.fake });
  await scene.prepare?.(app);
  await state.prepare?.(app);
  const doors = state.doors?.() ?? plainDoors;
  let isLate = state.late !== true;
  const late = (): boolean => isLate;
  const start = startOf(scene, doors, app, state.fake?.drill ?? false, late);
  const store = openStore(switching(app, doors.app(app), late), start, look, size);
  store.tick();
  await settled(store);
  return { app, store, turn: () => void (isLate = true) };
};

const seen = (store: Store, look: Look, size: Size): Served => ({
  at: nameOf(store),
  lines: look.screenReader
    ? announce([], store.linear(size), false).map((text) => line(text))
    : store.lines(size),
});

export const servedScreen = async (
  scene: Scene,
  state: KitchenState,
  look: Look,
  size: Size,
): Promise<Served> => {
  const { app, store, turn } = await openAt(scene, state, look, size);
  // Whoever plays a drill is told the story first.
  const told = nameOf(store) === 'page' && scene.start === undefined ? ['enter'] : [];
  const presses = [...told, ...pressesOf(scene.keys)];
  await press(store, presses.slice(0, -1));
  turn();
  await press(store, presses.slice(-1));
  await state.after?.(app, store);
  if (scene.idle !== undefined) {
    app.advance(scene.idle * MINUTE);
    store.tick();
    await settled(store);
  }
  return seen(store, look, size);
};

export const servedForm = async (
  scene: FormScene,
  state: KitchenState,
  look: Look,
  size: Size,
): Promise<Served> => {
  const { app, store, turn } = await openAt(scene, state, look, size);
  const { purpose } = scene;
  const effect: Effect = {
    do: 'form',
    purpose: typeof purpose === 'function' ? await purpose(app) : purpose,
  };
  store.send({ is: 'effects', effects: [effect] });
  turn();
  await settled(store);
  await state.after?.(app, store);
  return seen(store, look, size);
};
