import { openIn, windowOf } from '../../src/incident/anchored.ts';
import type { DrillPlace } from '../../src/app/place-contract.ts';
import type { View } from '../../src/app/contract.ts';
import type { Instant } from '../../src/base/instant.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import type { Recorded, Reveal } from '../../src/model/event.ts';
import { anchorsView } from '../../src/projections/anchors.ts';
import { peopleOf } from '../../src/projections/people.ts';
import { teamOf } from '../../src/projections/team.ts';

/** What a view shows beside the steps: who may do what, and where the journal is anchored, which here is nowhere. */
export const beside = (
  state: IncidentState,
  entries: readonly Recorded[],
  now: Instant,
  reveal: Reveal,
  shows: Partial<Pick<View, 'anchors' | 'backup'>> = {},
): Pick<View, 'people' | 'team' | 'anchors' | 'backup'> => ({
  people: peopleOf(state, now, 'ada'),
  team: teamOf(state, now, reveal),
  anchors: anchorsView(state, windowOf(0, openIn(entries, state.acts), entries.length), [], now),
  backup: null,
  ...shows,
});

/** The clock that nobody can set stands still where nothing is measured. */
export const beat = { boot: 'c0ffee01', mono: '0' } as const;

/** Nothing was cut off, nobody has set the clock, and nobody else acts. */
export const quiet = { inFlight: [], unknown: 0, jumps: [], engine: 'here' } as const;

export const standing = (readOnly = false) =>
  ({ readOnly, engine: readOnly ? 'elsewhere' : 'here' }) as const;

/** A drill in the company that its scenario was written for. */
export const builtInPlace: DrillPlace = {
  company: 'built-in',
  name: 'Lindqvist & Rao Home',
  stands: [],
  untested: [],
  left: [],
  cannot: [],
  call: null,
};
export const practised = { seed: 7, place: builtInPlace } as const;

/** What can be asked about a scenario before anybody plays it. */
export const beforeDrills = {
  drillPlace: async () => await Promise.resolve(builtInPlace),
  newScenario: async () => await Promise.resolve({ folder: '', files: [], untested: [] }),
};
