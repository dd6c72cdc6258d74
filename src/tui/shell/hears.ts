import type { Screen } from '../places.ts';
import type { Job, ScreenEvent } from '../screen.ts';
import { jobOn } from './model.ts';

/** Which screen hears what comes back. */

const jobOf = (event: ScreenEvent): Job => {
  switch (event.is) {
    case 'heard':
    case 'report':
      return 'run';
    case 'merging':
    case 'merged':
      return 'merge';
    case 'posting':
    case 'posted':
      return 'mailing';
    case 'scope-reading':
    case 'scope-read':
      return 'scope-import';
    case 'checking':
      return event.job;
    case 'examined':
      return 'doctor';
    case 'audited':
    case 'answered':
      return 'audit';
    case 'compared':
    case 'drafted':
    case 'inventory-written':
      return 'difference';
    case 'counting':
    case 'counted':
      return 'scope';
    case 'failed':
      return event.job;
  }
};

/** These come once the look that they belong to has ended. */
const AFTERWARDS: ReadonlySet<ScreenEvent['is']> = new Set(['answered', 'drafted', 'inventory-written']);

export const hears = (screen: Screen, event: ScreenEvent): boolean =>
  AFTERWARDS.has(event.is) ? screen.at === jobOf(event) : jobOn(screen) === jobOf(event);
