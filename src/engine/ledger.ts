import type { Fresh, Recorded, Reveal } from '../model/event.ts';
import type { IncidentState } from '../incident/state.ts';

/** The engine's side of the journal: append resolves once the entries are durable, and the state has moved on. */
export interface Ledger {
  state(): IncidentState;
  /** The entries written, in order; durable, signed and folded when this resolves. */
  append(events: readonly Fresh[]): Promise<readonly Recorded[]>;
  readonly reveal: Reveal;
}
