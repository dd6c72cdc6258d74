import type { Instant } from '../base/instant.ts';
import type { PrivateClass } from '../model/event.ts';

/** Destroying content by policy, as commands know it. */

/**
 * One data class: how many data keys are left, by which policy it is kept until when, and the entries of legal holds on it.
 * `due`: it may go. `due` as an instant is null while the incident is open.
 */
export type Doomed = Readonly<{
  class: PrivateClass;
  keys: number;
  policy: string;
  due: Instant | null;
  holds: readonly number[];
  state: 'nothing' | 'held' | 'open' | 'not-yet' | 'due';
}>;

/** `asked` is the entry of the request that stands for what is ready now; `given` are the others who approved it. */
export type Destruction = Readonly<{
  classes: readonly Doomed[];
  ready: readonly PrivateClass[];
  asked: number | null;
  need: number;
  given: readonly string[];
}>;

/**
 * `wiped` is false while another process reads the journal: until it ends, the -wal file holds the keys. `exports` are files in
 * the incident's own folder that held content in clear, and were overwritten and removed. `at` is a day in UTC.
 */
export type Destroyed = Readonly<{
  classes: readonly PrivateClass[];
  keys: number;
  wiped: boolean;
  at: string;
  exports: readonly string[];
}>;
