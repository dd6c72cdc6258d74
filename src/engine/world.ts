import type { Json } from '../base/canonical.ts';
import type { ConnectorEntry } from '../connectors/connector.ts';
import type { Clock } from '../io/clock.ts';
import type { Wall } from '../io/http.ts';
import type { Places } from '../io/places.ts';
import type { Processes } from '../io/process.ts';
import type { Random } from '../io/random.ts';
import type { Secrets } from '../io/secrets.ts';
import type { Company, Instance } from '../model/company.ts';
import type { Inventory } from '../model/inventory.ts';

/**
 * The outside as the engine gets it. A drill and a live incident differ in this object and in nothing else: the drill's has
 * simulators for addresses, made-up secrets, and walls where the doors are.
 */
export type World = Readonly<{
  drill: boolean;
  clock: Clock;
  /** Where the world's time stands still or flies: what a screen and a sign of life go by meanwhile. */
  pulse?: Clock;
  random: Random;
  processes: Processes;
  secrets: Secrets;
  /** Where new credentials are put; absent where none can be put anywhere. */
  places?: Places;
  wall: Wall;
  /** Milliseconds for one exchange with a system; `limits.exchangeMs` where it is not given. */
  exchangeMs?: number;
  /** Told when a request leaves and when it is answered: the clock of an unattended drill stands still meanwhile. */
  busy?: (change: 1 | -1) => void;
  /**
   * Whether a person has allowed these definitions to reach systems with the user's secrets, and to run programs. Absent where
   * the program brings both: in a drill.
   */
  trusts?: (definitions: Definitions) => Promise<boolean>;
  /** Where an instance answers; null when nothing of it can be reached (in a drill: a system without a simulator). */
  baseUrl(instance: string, fallback: string | null): string | null | Promise<string | null>;
  /** Where the stand-in of a receiver of the company's own answers. Absent or null: there is none, and in a drill it is not reached. */
  receiverUrl?: (receiver: string) => string | null;
}>;

/** The team's definitions as they were when the incident was declared. */
export type Definitions = Readonly<{
  company: Company;
  inventory: Inventory;
  recipes: ReadonlyMap<string, Json>;
  connectors: Readonly<Record<string, ConnectorEntry>>;
}>;

export const instanceOf = (definitions: Definitions, name: string | null): Instance | null =>
  name !== null && Object.hasOwn(definitions.company.connectors, name)
    ? (definitions.company.connectors[name] ?? null)
    : null;

/** Null for a kind that nobody knows; a name that every object has is one of those. */
export const entryOf = (definitions: Definitions, kind: string): ConnectorEntry | null =>
  Object.hasOwn(definitions.connectors, kind) ? (definitions.connectors[kind] ?? null) : null;
