import type { Instant } from '../../base/instant.ts';
import type { ShipFault, ShipKind } from '../../model/ship.ts';

/** One event, ready to be sent: a line of JSON, of the time at which its entry was written. */
export type ShippedEvent = Readonly<{ text: string; at: Instant }>;

/** Entries `from` to `next`-1 of one log, an event each, in their order. */
export type Lot = Readonly<{ log: string; from: number; next: number; events: readonly ShippedEvent[] }>;

/**
 * Where events go. `answers` is false where nothing comes back, so that sent is all that can be said. `bytesMax` bounds one event.
 * `send` resolves once the whole lot was taken; after anything else all of it is sent again.
 */
export type Receiver = Readonly<{
  kind: ShipKind;
  answers: boolean;
  bytesMax: number;
  send: (lot: Lot, signal: AbortSignal) => Promise<void>;
}>;

/** The lot was not taken. The message is for people, and quotes nothing that could be a secret. */
export class NotTaken extends Error {
  readonly fault: ShipFault;

  constructor(fault: ShipFault, message: string) {
    super(message);
    this.name = 'NotTaken';
    this.fault = fault;
  }
}
