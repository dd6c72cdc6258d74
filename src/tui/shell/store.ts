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
import { phaseEnd, phaseNow } from './phases.ts';
import { openedNotice, perform, type Stage } from './perform.ts';
import { crossings, openSession, type Session } from './session.ts';
import { update } from './update.ts';
import { storyPage } from './wide.ts';

export type Start =
  | Readonly<{ screen: 'home' }>
  | Readonly<{ screen: 'incident'; incident: OpenIncident }>
  | Readonly<{ screen: 'drill'; drill: OpenDrill }>;

/** The terminal's part, given once the renderer is there. */
export type Tricks = Readonly<{
  alert: (text: string) => void;
  suspend: () => Promise<void>;
  repaint: () => Promise<void>;
}>;

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

/** Starts effects: a run begins after what was recorded before it, and never holds up a note written meanwhile. */
const openWorks = (
  stage: Stage,
  ended: () => void,
): Readonly<{ begin: (effect: Effect) => void; idle: () => Promise<void> }> => {
  const underWay = new Set<Promise<void>>();
  let recorded: Promise<void> = Promise.resolve();
  return {
    begin(effect) {
      const inOrder = effect.do === 'act' || effect.do === 'run';
      const work = inOrder ? recorded.then(async () => perform(stage, effect)) : perform(stage, effect);
      if (effect.do === 'act') recorded = work;
      underWay.add(work);
      void work.finally(() => {
        underWay.delete(work);
        ended();
      });
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
};

/** A fault of a screen must not take the responder's terminal away: it is said, and the screens before it go on. */
const afterFault = (model: Model, error: unknown): Model => {
  const { failed } = troubleOf(error);
  const stack = top(model).at === 'home' ? ([home] as const) : model.stack;
  return { ...model, stack, notice: { tone: 'bad', text: `${failed}. The incident is safe.` } };
};

/** A threshold that was crossed, as the person reads it. */
const alertFor = (title: string, left: number): Readonly<{ tone: 'alarm' | 'warn'; text: string }> =>
  left === 0
    ? { tone: 'alarm', text: `DUE NOW: ${title}` }
    : { tone: 'warn', text: `${formatDuration(left)} left: ${title}` };

const isRunning = (model: Model): boolean =>
  model.waiting !== null || model.stack.some((screen) => screen.at === 'run' && screen.stage === 'running');

/** The phase a person is in, of which incident. */
type Phase = Readonly<{ incident: string; id: string | null }> | null;

/** Back among the steps with a phase behind: its list is shown once, in front of the next step. */
const afterPhase = (model: Model, before: Phase, world: World): Readonly<{ model: Model; phase: Phase }> => {
  const phase = world.view === null ? null : { incident: world.view.id, id: phaseNow(world) };
  const moved = before !== null && phase?.incident === before.incident && phase.id !== before.id;
  if (!moved || before.id === null) return { model, phase };
  if (top(model).at !== 'incident' || model.overlay !== null) return { model, phase: before };
  const page = phaseEnd(before.id, world);
  return { model: page === null ? model : { ...model, stack: [...model.stack, page], scroll: 0 }, phase };
};

const stageOf = (session: Session, send: (message: Message) => void, tricks: () => Tricks): Stage => ({
  world: () => session.world(),
  send,
  enter: (incident, drill) => session.enter(incident, drill),
  markSeen: () => session.markSeen(),
  markRead: () => session.markRead(),
  suspend: async () => tricks().suspend(),
  repaint: async () => tricks().repaint(),
  waits: { last: 0 },
});

/**
 * The first picture comes before the definitions. What is typed until they are there waits for them, in order, but for the
 * way out: a key must not find fewer rows than the person will see.
 */
const openKnowing = (
  app: App,
  known: (error: unknown, typed: readonly Message[]) => void,
): Readonly<{ begin: () => void; holds: (message: Message) => boolean }> => {
  let typed: Message[] | null = app.learned() ? null : [];
  let begun = app.learned();
  const end = (error: unknown): void => {
    const waited = typed ?? [];
    typed = null;
    known(error, waited);
  };
  return {
    begin: () => {
      if (begun) return;
      begun = true;
      app.learn().then(() => end(null), end);
    },
    holds: (message) => {
      if (typed === null || (message.is !== 'key' && message.is !== 'paste')) return false;
      if (message.is === 'key' && message.key.ctrl && message.key.name !== 'j') return false;
      typed.push(message);
      return true;
    },
  };
};

/** A drill begins with what the players are told; one that is gone on with shows the step where it stopped. */
const firstModel = (start: Start): Model => {
  if (start.screen === 'home') return startModel([]);
  const opened = start.screen === 'drill' ? start.drill : start.incident;
  const view = opened.view();
  const begun = view.state.steps.size > 0;
  const story = start.screen === 'drill' && !begun ? [storyPage(start.drill, view.zone)] : [];
  return {
    ...startModel([incidentStart, ...story]),
    notice: begun || view.readOnly ? openedNotice(view) : null,
  };
};

export const openStore = (app: App, start: Start, look: Look, firstSize: Size): Store => {
  let model = firstModel(start);
  let size = firstSize;
  let version = 0;
  let phase: Phase = null;
  let tricks = noTricks;
  const listeners = new Set<() => void>();
  const changed = (): void => {
    version += 1;
    for (const listener of listeners) listener();
  };
  const session = openSession(app, look, changed);
  if (start.screen === 'incident') session.enter(start.incident, null);
  if (start.screen === 'drill') session.enter(start.drill, start.drill);
  const send = (message: Message): void => {
    if (knowing.holds(message)) return;
    session.refresh();
    try {
      const updated = update(model, message, session.world(), size);
      model = updated.model;
      for (const effect of updated.work) works.begin(effect);
      if (updated.work.length === 0) ({ model, phase } = afterPhase(model, phase, session.world()));
    } catch (error) {
      model = afterFault(model, error);
    }
    changed();
  };
  const works = openWorks(
    stageOf(session, send, () => tricks),
    () => {
      session.stale();
      ({ model, phase } = afterPhase(model, phase, session.world()));
      changed();
    },
  );
  const knowing = openKnowing(app, (error, typed) => {
    session.stale();
    if (error !== null) model = afterFault(model, error);
    for (const message of typed) send(message);
    changed();
  });
  let looked = session.world().now;
  const tick = (): void => {
    session.stale();
    const { view, now } = session.world();
    for (const { title, left } of view === null ? [] : crossings(view, looked)) {
      model = { ...model, notice: alertFor(title, left) };
      tricks.alert(`firebreak: ${alertFor(title, left).text}`);
    }
    looked = now;
    changed();
  };
  return {
    model: () => model,
    world: () => session.world(),
    lines: (at) => frame(model, session.world(), at),
    linear: (at) => linear(model, session.world(), at),
    send,
    tick,
    redrawEveryMs: () => (isRunning(model) ? 1000 : redrawEvery(session.world().view?.clocks ?? [])),
    resize: (next) => void (size = next),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: () => version,
    connect: (given) => {
      tricks = given;
      knowing.begin();
    },
    idle: async () => works.idle(),
  };
};
