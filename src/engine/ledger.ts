import type { Events, Fresh, PrivateText, Recorded, Reveal } from '../model/event.ts';
import type { ItemKind } from '../model/item.ts';
import type { IncidentState } from '../incident/state.ts';
import type { JsonObject } from '../base/canonical.ts';

/** The engine's side of the journal: append resolves once the entries are durable, and the state has moved on. */
export interface Ledger {
  state(): IncidentState;
  /** The entries written, in order; durable, signed and folded when this resolves. */
  append(events: readonly Fresh[]): Promise<readonly Recorded[]>;
  readonly reveal: Reveal;
  readonly batches: Batches;
}

/** Bulk work: one entry on each side, and rows in between that are as durable as entries. */
export interface Batches {
  /** Resolves to the entry that names the batch from now on. */
  begin<Kind extends 'batch.intent' | 'mail.intent'>(
    kind: Kind,
    pub: Omit<Events[Kind], Signed>,
    items: readonly ItemFresh[],
  ): Promise<number>;
  write(batch: number, rows: readonly ItemFresh[]): Promise<void>;
  rows(batch: number): readonly ItemSeen[];
  end<Kind extends 'batch.outcome' | 'mail.outcome'>(
    kind: Kind,
    pub: Omit<Events[Kind], Signed>,
  ): Promise<void>;
}
type Signed = 'rows' | 'rows_root';

/** What is recorded of one item of a batch, named by its place. */
export type ItemFresh = Readonly<{
  item: number;
  kind: ItemKind;
  pub: JsonObject;
  priv?: Readonly<Record<string, PrivateText>>;
}>;
export type ItemSeen = Pick<ItemFresh, 'item' | 'kind' | 'pub'>;
