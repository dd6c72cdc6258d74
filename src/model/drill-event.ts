import type { Instant } from '../base/instant.ts';
import type { TrapKind } from './scenario.ts';

/** What a facilitator does to a drill; `assist`: the players were helped. */
export type Direction =
  | 'fire'
  | 'hold'
  | 'skip'
  | 'free'
  | 'compress'
  | 'pause'
  | 'go-on'
  | 'assist'
  | 'end'
  /** Something real has happened. Anybody says so, not the facilitator alone. */
  | 'real-event'
  | 'join'
  | 'leave';

export const callResults = ['reached', 'no-answer', 'left-message', 'wrong-number'] as const;
export type CallResult = (typeof callResults)[number];

/** What happens only in a drill; a part of `Events`. */
export type DrillEvents = {
  /** `at` by the machine's clock: entries of a drill carry the drill's own time. What its scenario covers, for the cadence. */
  'drill.begun': {
    at: Instant;
    by: 'people' | 'script';
    scenario: string;
    pci: readonly string[];
    gdpr: readonly string[];
  };
  /** A manager had consented to a drill that nobody was told of; `given` by the machine's clock, `until` is a day. */
  'drill.consented': { consent: string; given: Instant; until: string };
  /** The page of such a drill, as mail on this machine; false where no mail server took it. */
  'drill.paged': { way: 'mail'; taken: boolean };
  'drill.injected': { inject: string; channel: string; to: string; artifact?: string };
  /** Somebody has seen the page, at that moment of the drill's time. */
  'drill.acknowledged': { at: Instant };
  /** Somebody walked into a trap of the scenario. */
  'drill.sprung': { trap: string; kind: TrapKind; points: number };
  /** Whoever attacks got in, or is refused from now on; `tries` and `taken` are of the whole drill until then. */
  'drill.attacked': { attacker: string; gets_in: boolean; tries: number; taken: number };
  'drill.directed': { what: Direction; inject: string | null; speed: number | null };
  /** A rule of the scenario ended it before its end. */
  'drill.stopped': { rule: string };
  /** The machine slept, or was busy with something else, for so many milliseconds of the wall's clock; none of them counts. */
  'drill.slept': { ms: number };
  /** A system of the fake world is gone; what was to be measured in it is not. */
  'drill.lost': { instance: string };
  /** Somebody was rung on a real telephone: `rung` and `answered` by the machine's clock. What was said of it is sealed. */
  'drill.called': {
    contact: string;
    result: CallResult;
    rung: Instant;
    answered: Instant | null;
    at: Instant;
  };
  'drill.scored': { passed: boolean; seed: number };
};
