import type { JsonObject } from '../base/canonical.ts';
import type { Clock } from '../io/clock.ts';
import type { Random } from '../io/random.ts';
import type { Sqlite } from '../io/sqlite.ts';
import type { ItemKind } from '../model/item.ts';
import type { Signer } from './checkpoint.ts';
import type { DataKeys } from './deks.ts';
import type { EpochKeys } from './epoch-keys.ts';
import type { Recent, Tail } from './rows.ts';

/** What is handed to a journal to be written, and what writing it needs. */

/** One private field's clear text and the data class whose key seals it: `victims`, `staff`, `secrets-seen` ... */
export type PrivateValue = Readonly<{ class: string; value: string | Uint8Array }>;

/** What a caller wants written. `pub` is in clear for ever; whatever names a person or holds a secret goes to `priv`. */
export type Draft = Readonly<{
  kind: string;
  actor: string;
  pub: JsonObject;
  priv?: Readonly<Record<string, PrivateValue>>;
  /** This entry begins a batch of these items: their rows are written with it, and it signs the root over them. */
  begins?: readonly ItemDraft[];
  /** This entry ends the batch of that entry: it signs the root over all of its rows. */
  ends?: number;
  /** How many entries there were when it was decided on: with more of them by now it is refused as `Outdated`. */
  decidedOn?: number;
}>;

/** Somebody wrote since it was decided on, so it may be wrong by now. Nothing was written. */
export class Outdated extends Error {}

/** Rows of a batch that has begun, and no entry. */
export type RowsDraft = Readonly<{ batch: number; rows: readonly ItemDraft[] }>;

/** One row of a batch; private fields as in an entry. */
export type ItemDraft = Readonly<{
  /** Place in the batch, from 0. */
  item: number;
  kind: ItemKind;
  pub: JsonObject;
  priv?: Readonly<Record<string, PrivateValue>>;
}>;

export type Writing = Readonly<{
  db: Sqlite;
  log: string;
  clock: Clock;
  random: Random;
  signer: Signer;
  deks: DataKeys;
  /** Null where the keys of this log do not change. */
  epochs: EpochKeys | null;
  /** The key of the first epoch, where the first entry of the log is written and names it. */
  begins?: Signer;
  drill: boolean;
  /** Emptied by the caller when the transaction fails: what it holds is then not in the tables. */
  recent: Recent;
  /** The last entry of the origin before, where this log goes on from it. */
  after?: Tail;
}>;
export type Written = Readonly<{ table: 'entry' | 'item'; key: number; leaf: Uint8Array }>;
