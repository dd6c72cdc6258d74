import type { Screen } from '../places.ts';
import type { Drafts } from '../drafts.ts';
import type { Instant } from '../../base/instant.ts';
import type { Field } from '../parts/field.ts';
import type { Key } from '../binding.ts';
import type { Effect, Job, ScreenEvent } from '../screen.ts';
import { home } from '../screens/home/state.ts';
import type { Tone } from '../theme.ts';
import type { Lock, Moment } from './lock.ts';

export type Overlay = Readonly<{ is: 'help' }> | Readonly<{ is: 'palette'; query: Field; chosen: number }>;

/**
 * Something is being asked of a system: shown at once, with the time it may take at most. `held`: a screen is about to come,
 * and no key means anything until it is there; `stoppable`: esc stops waiting for it; `free`: the person goes on meanwhile.
 */
export type Waiting = Readonly<{
  id: number;
  what: string;
  since: Instant;
  timeoutMs: number;
  keys: 'free' | 'held' | 'stoppable';
}>;

/**
 * Everything on the screen that is not in the journal. `stack` ends with the screen in front; `drafts` keeps what was typed
 * into forms that were left; `leaveAt` is when somebody first asked to leave.
 */
export type Model = Readonly<{
  stack: readonly [Screen, ...Screen[]];
  overlay: Overlay | null;
  notice: Readonly<{ tone: Tone; text: string }> | null;
  waiting: Waiting | null;
  leaveAt: Instant | null;
  scroll: number;
  drafts: Drafts;
  /** When a key was last touched; null before the first look at the time. */
  touchedAt: Moment | null;
  lock: Lock | null;
  done: boolean;
  /** What comes after this app: a real incident is declared in another one. */
  next: Readonly<{ declare: true; said: string }> | null;
}>;

export type Message =
  | Readonly<{ is: 'key'; key: Key }>
  | Readonly<{ is: 'paste'; text: string }>
  /** The time has moved. */
  | Readonly<{ is: 'tick' }>
  /** What was tried at the lock: whether it opened. */
  | Readonly<{ is: 'unlocked'; opened: boolean; typed: boolean }>
  | Readonly<{ is: 'event'; event: ScreenEvent }>
  | Readonly<{ is: 'effects'; effects: readonly Effect[] }>
  | Readonly<{ is: 'waiting'; waiting: Waiting }>
  /** What was waited for is here, or failed: dropped when nobody waits for it any more. */
  | Readonly<{ is: 'waited'; id: number; effects: readonly Effect[] }>;

export const startModel = (screens: readonly Screen[]): Model => ({
  stack: [home, ...screens],
  overlay: null,
  notice: null,
  waiting: null,
  leaveAt: null,
  scroll: 0,
  drafts: {},
  touchedAt: null,
  lock: null,
  done: false,
  next: null,
});

export const top = ({ stack }: Model): Screen => stack.at(-1) ?? stack[0];

/** What goes on at this place; null where nothing does. */
export const jobOn = (screen: Screen): Job | null =>
  'stage' in screen && screen.stage === 'running' ? screen.at : null;

export const replaceTop = (model: Model, screen: Screen): Model => {
  const [first, ...rest] = model.stack;
  return { ...model, stack: rest.length === 0 ? [screen] : [first, ...rest.slice(0, -1), screen] };
};
