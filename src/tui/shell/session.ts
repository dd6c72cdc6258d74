import { HOUR, MINUTE } from '../../base/duration.ts';
import type { Instant } from '../../base/instant.ts';
import type { App, OpenDrill, OpenIncident, View } from '../../app/contract.ts';
import type { World } from '../screen.ts';
import type { Look } from '../theme.ts';

/** The incident in front of the person, and the views of it, computed once until something changes. */
export interface Session {
  world(): World;
  /** Takes another incident in front, or none; the one before is left. */
  enter(incident: OpenIncident | null, drill: OpenDrill | null): void;
  markSeen(): void;
  /** Forgets what was computed: the journal or the time has moved. */
  stale(): void;
}

export const openSession = (app: App, look: Look, changed: () => void): Session => {
  let incident: OpenIncident | null = null;
  let drill: OpenDrill | null = null;
  let seen = 0;
  let stop: () => void = () => {};
  let cached: World | null = null;
  const stale = (): void => {
    cached = null;
  };
  const make = (): World => {
    const view = incident?.view() ?? null;
    return {
      app,
      incident,
      drill,
      view,
      now: view?.now ?? app.now(),
      zone: view?.zone ?? app.zone,
      look,
      seen,
    };
  };
  return {
    world: () => (cached ??= make()),
    enter(next, nextDrill) {
      stop();
      incident = next;
      drill = nextDrill;
      seen = next?.view().state.size ?? 0;
      stop =
        next?.watch(() => {
          stale();
          changed();
        }) ?? (() => {});
      stale();
    },
    markSeen() {
      seen = incident?.view().state.size ?? 0;
      stale();
    },
    stale,
  };
};

/** Lengths before a due moment at which a person is alerted, once each. */
const alertsAt = [24 * HOUR, 12 * HOUR, 6 * HOUR, 2 * HOUR, HOUR, 30 * MINUTE, 10 * MINUTE, 0];

/** Clocks that came under one of those lengths between two looks, with the shortest one crossed. */
export const crossings = (
  view: View,
  since: Instant,
): readonly Readonly<{ duty: string; title: string; left: number }>[] =>
  view.clocks.flatMap(({ duty, title, due, context, leftMs }) => {
    if (due === null || context || leftMs === null) return [];
    const crossed = alertsAt.filter((length) => since < due - length && due - length <= view.now);
    const left = crossed.at(-1);
    return left === undefined ? [] : [{ duty, title, left }];
  });
