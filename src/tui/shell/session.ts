import type { App, KeyReport, OpenDrill, OpenIncident } from '../../app/contract.ts';
import type { Seated, World } from '../screen.ts';
import type { Look } from '../theme.ts';

/** The incident in front of the person, and the views of it, computed once until something changes. */
export interface Session {
  world(): World;
  /** Takes another incident in front, or none; whoever asks leaves the one before. */
  enter(incident: OpenIncident | null, drill: OpenDrill | null): void;
  /** How the drill that is facilitated from here stands now. */
  sit(seated: Seated): void;
  /** Everything in the journal has been looked at. */
  markSeen(): void;
  /** The messages of the drill have been read. */
  markRead(): void;
  /** Forgets what was computed: the journal has moved, or the time has. */
  stale(): void;
  /** The same, unless it was computed within the last second: what a key press needs. */
  refresh(): void;
}

/** A view is read again for a key after this long; the journal's own changes are seen at once. Milliseconds. */
const FRESH_FOR = 1000;

/** A lock that nothing opens would keep the responder out; in a drill there is nothing to hide. */
const keyOf = (app: App | null): Pick<World, 'lockMinutes' | 'oneKey'> => {
  let report: KeyReport | null = null;
  try {
    report = app?.key() ?? null;
  } catch {
    // A damaged key.json is told by `doctor` and by whatever needs the key.
  }
  if (app === null || report === null) return { lockMinutes: 0, oneKey: false };
  return { lockMinutes: report.atHand ? app.lockMinutes() : 0, oneKey: report.made && report.alone };
};

type Front = Pick<World, 'app' | 'look' | 'readOnly' | 'incident' | 'drill' | 'seated' | 'seen'> &
  Readonly<{ read: number }>;

const worldOf = ({ read, ...front }: Front): World => {
  const { app, incident, drill, seated } = front;
  const view = incident?.view() ?? null;
  return {
    ...front,
    view,
    now: view?.now ?? app.now(),
    elapsed: app.elapsed(),
    zone: view?.zone ?? app.zone,
    unread: Math.max(0, (drill?.injects().length ?? 0) - read),
    ...keyOf(drill === null && seated === null ? app : null),
  };
};

export const openSession = (app: App, look: Look, readOnly: boolean, changed: () => void): Session => {
  let incident: OpenIncident | null = null;
  let drill: OpenDrill | null = null;
  let seated: Seated | null = null;
  let seen = 0;
  let read = 0;
  let stop: () => void = () => {};
  let cached: World | null = null;
  let madeAt = 0;
  const stale = (): void => {
    cached = null;
  };
  const make = (): World => {
    madeAt = app.now();
    return worldOf({ app, look, readOnly, incident, drill, seated, seen, read });
  };
  return {
    world: () => (cached ??= make()),
    enter(next, nextDrill) {
      stop();
      incident = next;
      drill = nextDrill;
      seen = next?.view().state.size ?? 0;
      read = nextDrill?.injects().length ?? 0;
      stop =
        next?.watch(() => {
          stale();
          changed();
        }) ?? (() => {});
      stale();
    },
    sit(next) {
      seated = next;
      stale();
    },
    markSeen() {
      seen = incident?.view().state.size ?? 0;
      stale();
    },
    markRead() {
      read = drill?.injects().length ?? 0;
      stale();
    },
    stale,
    refresh() {
      if (Math.abs(app.now() - madeAt) >= FRESH_FOR) stale();
    },
  };
};
