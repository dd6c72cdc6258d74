import type { Entry } from './entry.ts';
import type { EpochReport } from './check-epochs.ts';
import type { ClockReport } from './jump.ts';
import type { Finding } from './findings.ts';
import type { Origin } from './lineage.ts';
import type { BatchRows } from './verify-items.ts';

/**
 * The rows of one journal as they are stored; whoever hands them in does the reading. Order is by number and size.
 * Leaves come as text and hashes in hex, because making a buffer for each takes longer than hashing it.
 */
export type JournalRows = Readonly<{
  entries: () => Iterable<Readonly<{ log: string; n: number; leaf: string; hash: string }>>;
  /** The bytes of one leaf, where its text leaves a doubt. */
  leaf: (n: number) => Uint8Array;
  checkpoints: () => Iterable<Readonly<{ size: number; note: string }>>;
  nodes: () => Iterable<Readonly<{ id: number; level: number; index: number; hash: string }>>;
  /** How many rows belong to another log. */
  foreign: () => number;
  /** Null: the sealed bytes were destroyed. */
  blobs: () => Iterable<Readonly<{ id: number; data: Uint8Array | null }>>;
  /** Undefined: no such row. */
  dek: (id: string) => 'active' | 'destroyed' | undefined;
}> &
  BatchRows;

/** What the verifier trusts beside the rows. */
export type Trust = Readonly<{
  /** The vkey that must have signed; without it the one in entry #0 is taken, which a forger could have made. */
  pinned?: string;
  /** Signed checkpoints that left the machine earlier: the only thing that shows a shortened or rewritten journal. */
  known?: readonly string[];
  /**
   * The same of what only the verifying machine remembers. It could be wiped there by whoever could put an older copy back, so an
   * entry in which somebody stands for it is believed: it is told then, and no finding.
   */
  seen?: readonly string[];
  /** So many of the journal's own checkpoints have each signature checked, later ones some of them; see marks.ts. */
  signaturesUpTo?: number;
}>;

export type VerifyReport = Readonly<{
  ok: boolean;
  origin: string | null;
  incident: string | null;
  drill: boolean;
  vkey: string | null;
  /** Everybody who wrote it, one after the other; the last one is `origin` with `vkey`. */
  origins: readonly Origin[];
  pinned: boolean;
  size: number;
  /** Hex; null when the tree could not be built. */
  root: string | null;
  /** Checkpoints from outside that the journal was held against. */
  known: number;
  /** How often the clock of the machine was set while this was written. */
  clock: ClockReport;
  /** How many keys of epochs signed it beside the key of each who wrote it. */
  epochs: EpochReport;
  /** How many of the journal's own checkpoints had their signature checked; each is held against the tree in any case. */
  signatures: Readonly<{ checked: number; of: number }>;
  /** What is remembered of another state, and by whom and in which entry that was acknowledged. */
  acknowledged: readonly Acknowledged[];
  findings: readonly Finding[];
}>;

export type Acknowledged = Readonly<{ size: number; entry: number; by: string }>;

/** Who the log says it is, as far as it was read. */
export type Log = Readonly<{
  /** `before`: root and signed size of the tree without this entry, asked for where the journal goes on elsewhere. */
  check(row: Readonly<{ log: string; n: number }>, entry: Entry, before: Before): void;
  origin(): string | null;
  vkey(): string | null;
  /** The earlier origin that signed this note, and how many entries there were when it ended; null where none did. */
  ended(note: string): Readonly<{ log: string; size: number }> | null;
  report(): Pick<VerifyReport, 'origin' | 'incident' | 'drill' | 'vkey' | 'origins'>;
  /** The journal has no more entries. */
  end(): void;
}>;

export type Before = Readonly<{ root: () => string; signed: () => number }>;
