import type { Instant } from '../base/instant.ts';
import type { VirtualClock } from '../drill/clock.ts';
import type { Pace, SteeredClock } from '../drill/steered.ts';
import type { Clock } from '../io/clock.ts';
import type { Systems } from '../drill/systems.ts';
import type { World } from '../engine/world.ts';
import type { Setting } from './drill-setting.ts';
import type { Files } from '../io/files.ts';
import type { DrillSource } from '../model/drill.ts';

/** What a drill is made of, before anybody is in it. */
export type DrillParts = Readonly<{
  world: World;
  systems: Systems;
  drill: DrillSource;
  start: Instant;
  /** Set in an unattended drill. */
  clock: VirtualClock | null;
  /** Set in a drill that people play. */
  played: Played | null;
  made: (name: string) => string;
  seed: number;
  files: Files;
  /** Where the systems keep their state. */
  folder: string;
  /** Where what comes with messages lies; null where nothing does. */
  artifacts: string | null;
  /** In whose company it is played, and what of it has no place there. */
  setting: Setting;
}>;

/** The time of a drill that people play, beside the machine's, and where it is written down how it goes. */
export type Played = Readonly<{ clock: SteeredClock; machine: Clock; keep: (pace: Pace) => void }>;
