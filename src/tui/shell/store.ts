import type { App, Backstage, OpenDrill, OpenIncident, Seat } from '../../app/contract.ts';
import { redrawEvery } from '../parts/clock.ts';
import type { Line } from '../parts/line.ts';
import type { Size, World } from '../screen.ts';
import { incidentStart } from '../screens/incident/state.ts';
import { declareStart } from '../screens/declare/state.ts';
import { facilitateStart } from '../screens/facilitate/state.ts';
import { home } from '../screens/home/state.ts';
import type { Look } from '../theme.ts';
import { troubleOf } from '../trouble.ts';
import { foundOf, resumed } from '../drafts.ts';
import { openAlerts } from './alerts.ts';
import { openChair, type Chair } from './chair.ts';
import { frame, linear } from './frame.ts';
import { jobOn, startModel, top, type Message, type Model } from './model.ts';
import { phaseEnd, phaseNow } from './phases.ts';
import { openedNotice } from './entering.ts';
import type { Stage } from './stage.ts';
import { openSession, type Session } from './session.ts';
import { openUnsent, regaining } from './unsent.ts';
import { update } from './update.ts';
import { storyPage } from './wide.ts';
import { openKnowing, openWorks } from './works.ts';

export type Start =
  | Readonly<{ screen: 'home' }>
  | Readonly<{ screen: 'declare'; said: string }>
  | Readonly<{ screen: 'incident'; incident: OpenIncident }>
  | Readonly<{ screen: 'drill'; drill: OpenDrill }>
  | Readonly<{ screen: 'facilitate'; seat: Seat; page: Backstage }>;

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

/** A fault of a screen must not take the responder's terminal away: it is said, and the screens before it go on. */
const afterFault = (model: Model, error: unknown, look: Look): Model => {
  const { failed } = troubleOf(error, look);
  const stack = top(model).at === 'home' ? ([home] as const) : model.stack;
  return { ...model, stack, notice: { tone: 'bad', text: `${failed}. The incident is safe.` } };
};

const isRunning = (model: Model): boolean =>
  model.waiting !== null || model.stack.some((screen) => jobOn(screen) !== null);

/** What goes on by itself is drawn every second: work under way, and a drill that others play. */
const redrawMs = (model: Model, { seated, view }: World): number =>
  isRunning(model) || seated !== null ? 1000 : redrawEvery(view?.clocks ?? []);

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

const stageOf = (
  session: Session,
  entered: () => void,
  chair: Chair,
  send: (message: Message) => void,
  tricks: () => Tricks,
): Stage => ({
  world: () => session.world(),
  send,
  enter: (incident, drill) => {
    session.enter(incident, drill);
    entered();
  },
  markSeen: () => session.markSeen(),
  markRead: () => session.markRead(),
  look: async () => chair.look(),
  suspend: async () => tricks().suspend(),
  repaint: async () => tricks().repaint(),
  waits: { last: 0 },
  running: new Map(),
});

/** What a process before this one kept, and nobody has sent since: it stands in its form again. */
const recalled = (model: Model, world: World): Model => {
  const { app, incident } = world;
  const drafts = {
    ...foundOf(null, app.drafts.found()),
    ...(incident === null ? {} : foundOf(incident.id, incident.drafts.found())),
    ...model.drafts,
  };
  const [first, ...rest] = model.stack;
  return { ...model, drafts, stack: [first, ...rest.map((screen) => resumed(screen, drafts, world))] };
};

/** A drill begins with what the players are told; one that is gone on with shows the step where it stopped. */
const firstModel = (start: Start, look: Look, readOnly: boolean): Model => {
  if (start.screen === 'home') return startModel([]);
  if (start.screen === 'declare')
    return { ...startModel([declareStart]), notice: { tone: 'warn', text: start.said } };
  if (start.screen === 'facilitate') return { ...startModel([]), stack: [facilitateStart] };
  const opened = start.screen === 'drill' ? start.drill : start.incident;
  const view = opened.view();
  const begun = view.state.steps.size > 0;
  const typed = opened.drafts.found();
  const story = start.screen === 'drill' && !begun ? [storyPage(start.drill, view.zone)] : [];
  return {
    ...startModel([incidentStart, ...story]),
    notice:
      begun || readOnly || view.readOnly || typed.length > 0
        ? openedNotice({ view, look, readOnly }, 'Back where it stopped.', typed)
        : null,
  };
};

/** Counts changes and tells who listens. */
const openSignal = (): Readonly<{ changed: () => void } & Pick<Store, 'subscribe' | 'version'>> => {
  let version = 0;
  const listeners = new Set<() => void>();
  return {
    version: () => version,
    changed: () => {
      version += 1;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

type Started = Readonly<{ session: Session; chair: Chair; unsent: ReturnType<typeof openUnsent> }>;

const startedSession = (
  app: App,
  look: Look,
  start: Start,
  readOnly: boolean,
  changed: () => void,
): Started => {
  const session = openSession(app, look, readOnly, changed);
  if (start.screen === 'incident') session.enter(start.incident, null);
  if (start.screen === 'drill') session.enter(start.drill, start.drill);
  if (start.screen === 'facilitate') session.sit({ seat: start.seat, page: start.page, lost: null });
  return { session, chair: openChair(app, session, changed), unsent: openUnsent(app) };
};

type Looking = Pick<Store, 'model' | 'world' | 'lines' | 'linear' | 'redrawEveryMs'>;

const looking = (model: () => Model, session: Session): Looking => ({
  model,
  world: () => session.world(),
  lines: (at) => frame(model(), session.world(), at),
  linear: (at) => linear(model(), session.world(), at),
  redrawEveryMs: () => redrawMs(model(), session.world()),
});

/** `readOnly`: nothing is to be written from here. */
type StoreHow = Readonly<{ readOnly?: boolean }>;

export const openStore = (app: App, start: Start, look: Look, firstSize: Size, how: StoreHow = {}): Store => {
  let model = firstModel(start, look, how.readOnly === true);
  let size = firstSize;
  let phase: Phase = null;
  let tricks = noTricks;
  const { changed, ...heard } = openSignal();
  const { session, chair, unsent } = startedSession(app, look, start, how.readOnly === true, changed);
  const entered = (): void => void (model = recalled(model, session.world()));
  entered();
  const settled = (): void => void ({ model, phase } = afterPhase(model, phase, session.world()));
  const send = (message: Message): void => {
    if (knowing.holds(message)) return;
    session.refresh();
    try {
      const updated = update(model, message, session.world(), size);
      const back = regaining(model, updated.model, session.world());
      model = updated.model;
      for (const effect of updated.work) works.begin(effect, back);
      if (updated.work.length === 0) settled();
      unsent.look(model, session.world());
    } catch (error) {
      model = afterFault(model, error, look);
    }
    changed();
  };
  const works = openWorks(
    stageOf(session, entered, chair, send, () => tricks),
    () => {
      session.stale();
      settled();
      changed();
    },
  );
  const knowing = openKnowing(app, (error, typed) => {
    session.stale();
    if (error !== null) model = afterFault(model, error, look);
    for (const message of typed) send(message);
    changed();
  });
  const alerts = openAlerts(session, changed, (notice, rings) => {
    model = { ...model, notice };
    if (rings) tricks.alert(`firebreak: ${notice.text}`);
  });
  return {
    ...looking(() => model, session),
    send,
    tick: () => {
      alerts.look();
      chair.tick();
      send({ is: 'tick' });
    },
    resize: (next) => void (size = next),
    ...heard,
    connect: (given) => {
      tricks = given;
      knowing.begin();
    },
    idle: async () => void (await Promise.all([alerts.idle(), works.idle(), chair.idle()])),
  };
};
