import { evolve } from '../incident/evolve.ts';
import { unopened, type IncidentState } from '../incident/state.ts';
import type { Instant } from '../base/instant.ts';
import type { EventKind, Recorded } from '../model/event.ts';
import type { Obligation } from '../model/obligation.ts';
import { clocks, type ClockOptions, type ClockView } from './countdowns.ts';

/** How often a clock has changed what it asks of a calendar, and when it last did. */
export type Revision = Readonly<{ sequence: number; at: Instant }>;

/** Only these can move a clock, end it or meet it; all else is folded and not looked at. */
const movers: ReadonlySet<EventKind> = new Set<EventKind>([
  'incident.opened',
  'definition.frozen',
  'fact.learned',
  'fact.corrected',
  'fact.ruled_out',
  'duty.submitted',
  'duty.proved',
  'clock.opened',
  'clock.corrected',
  'clock.extended',
  'clock.ended',
]);

/**
 * Counted from the journal alone, entry by entry, so that the same journal gives the same numbers whenever it is asked: a calendar
 * takes an event with a higher number for a change of the one that it has. That a clock becomes late is time, and no change.
 */
export function revisions(
  entries: Iterable<Recorded>,
  duties: (state: IncidentState) => readonly Obligation[],
  options: ClockOptions,
): ReadonlyMap<string, Revision> {
  const found = new Map<string, Revision>();
  const asked = new Map<string, string>();
  let state = unopened;
  for (const entry of entries) {
    state = evolve(state, entry);
    if (!movers.has(entry.kind)) continue;
    for (const clock of clocks(state, duties(state), entry.recorded_at, options)) {
      const now = askedOf(clock);
      const before = asked.get(clock.duty);
      if (before === now) continue;
      asked.set(clock.duty, now);
      const sequence = before === undefined ? 0 : (found.get(clock.duty)?.sequence ?? 0) + 1;
      found.set(clock.duty, { sequence, at: entry.recorded_at });
    }
  }
  return found;
}

const askedOf = ({ due, standing }: ClockView): string => {
  const counting = standing === 'provisional' || standing === 'running' || standing === 'overdue';
  return `${due ?? ''} ${counting ? 'counts' : standing}`;
};
