import type { Instant } from '../base/instant.ts';
import type { Role } from '../model/names.ts';
import type { TaskEnd } from '../model/team-event.ts';

/** A role that somebody hands to a named other, who has not said it back yet. `n` is the entry. */
export type Offer = Readonly<{ n: number; at: Instant; role: Role; from: string; to: string }>;

/** Something that one named person does within a time. `n` is the entry that gave it, and its name. */
export type Task = Readonly<{
  n: number;
  at: Instant;
  by: string;
  person: string;
  dueAt: Instant;
  acknowledgedAt: Instant | null;
  ended: Readonly<{ n: number; at: Instant; how: TaskEnd }> | null;
}>;

export type TeamState = Readonly<{
  offers: ReadonlyMap<Role, Offer>;
  tasks: ReadonlyMap<number, Task>;
  /** How often a role that somebody held became another one's: said back, or just taken. */
  changed: Readonly<{ saidBack: number; taken: number }>;
  /** Who came to hold which role with which entry, oldest first. */
  held: readonly Readonly<{ n: number; role: Role; person: string }>[];
}>;

export const noTeam: TeamState = {
  offers: new Map(),
  tasks: new Map(),
  changed: { saidBack: 0, taken: 0 },
  held: [],
};
