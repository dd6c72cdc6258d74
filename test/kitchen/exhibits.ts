import type { Line } from '../../src/tui/parts/line.ts';
import { forms } from './forms.ts';
import type { Mode } from './modes.ts';
import { parts } from './parts.ts';
import { screens } from './screens.ts';
import { servedForm, servedScreen, type Served } from './serve.ts';
import { states, type KitchenState } from './states.ts';

/** Everything there is to look at, in the order of the tables: parts, screens, forms. */

/** `place`: where it should be, null for a part, which is nowhere. */
export type Exhibit = Readonly<{
  name: string;
  place: string | null;
  states: readonly string[];
  show: (state: string, mode: Mode) => Promise<Served>;
}>;

const named: Readonly<Record<string, KitchenState>> = states;
const stateOf = (name: string): KitchenState => named[name] ?? {};

const screenExhibits: readonly Exhibit[] = Object.entries(screens).flatMap(([place, scenes]) =>
  Object.entries(scenes).map(([name, scene]) => ({
    name,
    place,
    states: Object.keys(states),
    show: async (state, { look, size }) => await servedScreen(scene, stateOf(state), look, size),
  })),
);

const formExhibits: readonly Exhibit[] = Object.entries(forms).map(([purpose, scene]) => ({
  name: `form ${purpose}`,
  place: `form ${purpose}`,
  states: Object.keys(states),
  show: async (state, { look, size }) => await servedForm(scene, stateOf(state), look, size),
}));

const heard = (lines: readonly Line[], mode: Mode): readonly Line[] =>
  mode.look.screenReader ? lines.filter(({ spans }) => spans.length > 0) : lines;

const partExhibits: readonly Exhibit[] = Object.entries(parts).map(([name, part]) => ({
  name: `part ${name}`,
  place: null,
  states: Object.keys(part.states),
  show: async (state, mode) => ({
    at: `part ${name}`,
    lines: heard((await part.states[state]?.(mode.look, mode.size.columns)) ?? [], mode),
  }),
}));

export const exhibits: readonly Exhibit[] = [...partExhibits, ...screenExhibits, ...formExhibits];
