import type { App, OpenDrill, OpenIncident } from '../../app/contract.ts';
import { formatDuration } from '../../base/duration.ts';
import { redrawEvery } from '../parts/clock.ts';
import type { Line } from '../parts/line.ts';
import type { Effect, Size, World } from '../screen.ts';
import { incidentStart } from '../screens/incident/state.ts';
import { home } from '../screens/home/state.ts';
import type { Look } from '../theme.ts';
import { troubleOf } from '../trouble.ts';
import { frame, linear } from './frame.ts';
import { startModel, top, type Message, type Model } from './model.ts';
import { perform } from './perform.ts';
import { crossings, openSession } from './session.ts';
import { update } from './update.ts';

export type Start =
  | Readonly<{ screen: 'home' }>
  | Readonly<{ screen: 'incident'; incident: OpenIncident }>
  | Readonly<{ screen: 'drill'; drill: OpenDrill }>;

/** The terminal's part, given once the renderer is there. */
export type Tricks = Readonly<{ alert: (text: string) => void; suspend: () => Promise<void>; repaint: () => Promise<void> }>;

/** The running app without a terminal: messages in, lines out. The renderer and the tests stand on the same side of it. */
export interface Store {
  model(): Model;
  world(): World;
  lines(size: Size): readonly Line[];
  linear(size: Size): readonly Line[];
  send(message: Message): void;
  /** The time has moved: clocks are read again and thresholds alert, once each. */
  tick(): void;
  /** How long the picture may stand still, in milliseconds. */
  redrawEveryMs(): number;
  resize(size: Size): void;
  subscribe(changed: () => void): () => void;
  /** Counts changes: a renderer compares it and nothing else. */
  version(): number;
  connect(tricks: Tricks): void;
  /** Resolves when nothing asked for is under way any more. */
  idle(): Promise<void>;
}

const noTricks: Tricks = { alert: () => {}, suspend: async () => {}, repaint: async () => {} };

export const openStore = (app: App, start: Start, look: Look, firstSize: Size): Store => {
  let model = startModel(start.screen === 'home' ? [] : [incidentStart]);
  let size = firstSize;
  let version = 0;
  let tricks = noTricks;
  const listeners = new Set<() => void>();
  const underWay = new Set<Promise<void>>();
  // A run starts after what was recorded before it, and never holds up a note written meanwhile.
  let recorded: Promise<void> = Promise.resolve();
  const changed = (): void => {
    version += 1;
    for (const listener of listeners) listener();
  };
  const session = openSession(app, look, changed);
  if (start.screen === 'incident') session.enter(start.incident, null);
  if (start.screen === 'drill') session.enter(start.drill, start.drill);

  const stage = {
    world: session.world,
    send: (message: Message) => send(message),
    enter: session.enter,
    markSeen: session.markSeen,
    suspend: async () => tricks.suspend(),
    repaint: async () => tricks.repaint(),
  };
  const begin = (effect: Effect): void => {
    const work = effect.do === 'act' || effect.do === 'run' ? recorded.then(async () => perform(stage, effect)) : perform(stage, effect);
    if (effect.do === 'act') recorded = work;
    underWay.add(work);
    void work.finally(() => {
      underWay.delete(work);
      session.stale();
      changed();
    });
  };
  const send = (message: Message): void => {
    session.stale();
    try {
      const updated = update(model, message, session.world(), size);
      model = updated.model;
      for (const effect of updated.work) begin(effect);
    } catch (error) {
      // A fault of a screen must not take the responder's terminal away.
      const { failed, detail } = troubleOf(error);
      model = { ...model, stack: top(model).at === 'home' ? [home] : model.stack, notice: { tone: 'bad', text: `${failed} (${detail}). The incident is safe.` } };
    }
    changed();
  };
  let looked = session.world().now;
  const tick = (): void => {
    session.stale();
    const { view, now } = session.world();
    const crossed = view === null ? [] : crossings(view, looked);
    looked = now;
    for (const { title, left } of crossed) {
      const text = left === 0 ? `DUE NOW: ${title}` : `${formatDuration(left)} left: ${title}`;
      model = { ...model, notice: { tone: left === 0 ? 'alarm' : 'warn', text } };
      tricks.alert(`firebreak: ${text}`);
    }
    changed();
  };
  return {
    model: () => model,
    world: session.world,
    lines: (at) => frame(model, session.world(), at),
    linear: (at) => linear(model, session.world(), at),
    send,
    tick,
    redrawEveryMs: () => {
      const running = model.waiting !== null || model.stack.some((screen) => screen.at === 'run' && screen.stage === 'running');
      return running ? 1000 : redrawEvery(session.world().view?.clocks ?? []);
    },
    resize: (next) => {
      size = next;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: () => version,
    connect: (given) => {
      tricks = given;
    },
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
};
