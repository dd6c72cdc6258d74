import type { Instant } from '../base/instant.ts';
import type { ShipFault, ShipKind } from '../model/ship.ts';

/** Copies of the journal, and sending it to those who watch, as screens and commands know both. */

/** `last`: when the newest copy was made. `failing` stands until one works again. */
export type BackupStand = Readonly<{
  folder: string;
  last: Instant | null;
  failing: Readonly<{ since: Instant; why: string }> | null;
}>;

/**
 * One receiver. It has entries 0 to `next`-1, the newest of them since `at`; `behind` are the entries it has not, `behindMs` is
 * the age of the oldest. `kind` is null for one that was sent something once and is configured no more. Where `answers` is false
 * nothing comes back from there, and it has what was sent, as far as anybody can tell.
 */
export type ShipStand = Readonly<{
  name: string;
  kind: ShipKind | null;
  answers: boolean;
  next: number;
  at: Instant | null;
  behind: number;
  behindMs: number | null;
  failing: Readonly<{
    failures: number;
    since: Instant;
    fault: ShipFault;
    detail: string;
    /** When it is tried again by itself. */
    again: Instant;
  }> | null;
}>;

export interface ShipDoor {
  /** How far each receiver has got. Needs neither the key nor the network. */
  stand(): Promise<readonly ShipStand[]>;
  /**
   * Sends what is still to be sent, to all or to one, until it is done or was not taken once. `from` sends again from that entry
   * on. `patient`: a receiver that failed is left alone until its wait is over.
   * @throws Problem `usage`, `not-found`, `engine-held`, `wall` in a drill
   */
  send(
    how: Readonly<{ to?: string; from?: number; patient?: boolean; stop?: AbortSignal }>,
  ): Promise<readonly ShipStand[]>;
}
