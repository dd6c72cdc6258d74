import type { Entry } from '../journal/entry.ts';
import type { IncidentId } from '../model/names.ts';
import type { AnchorsView } from '../projections/anchors.ts';
import type { Finding as JournalFinding } from '../journal/findings.ts';

/** Journals as files, and what leaves the machine of them, as screens and commands know them. */

/**
 * `pinned`: the signer is known, because it is this device or was named. `vkey` is the key that signed, as others pin it. `problems`
 * are sentences; empty exactly when `ok`.
 */
export type VerifySummary = Readonly<{
  ok: boolean;
  vkey: string;
  entries: number;
  root: string;
  origin: string;
  pinned: boolean;
  /** Checkpoints from elsewhere that it was held against, and folders of them that could not be looked at. */
  known: number;
  unseen: readonly string[];
  /** What is no damage and worth knowing: the clock of the machine was set. */
  remarks: readonly string[];
  problems: readonly string[];
  /** The same with the number of the entry each concerns. */
  findings: readonly JournalFinding[];
  /** Of one entry that was handed out: its number, its kind, and which of its private fields are proved in clear. */
  disclosed?: Readonly<{ entry: number; kind: string; fields: readonly string[] }>;
}>;

/** `key` is the public key that must have signed, as text or in a file. `anchors`: files and folders of checkpoints kept elsewhere. */
export type VerifyHow = Readonly<{
  everySignature?: boolean;
  anchors?: readonly string[];
  key?: string | null;
  /** Another copy of the same incident: how far both are alike, and whether they tell two stories from there. */
  against?: string | null;
}>;

/** An entry in its public part, and its leaf hash in hex. */
export type ShownEntry = Readonly<{ entry: Entry; hash: string }>;
/** `foreign`: made with the key of another device, so it can be read and verified here, and not written to. */
export type Backup = Readonly<{ incident: IncidentId; path: string; entries: number; foreign?: boolean }>;

/** Journals as files. No key is needed for any of it. */
export interface JournalDoor {
  /** Entries from number `from` on, of an incident or a file; a negative `from` counts from the end. @throws Problem `not-found` */
  show(idOrPath: string, from: number): Iterable<ShownEntry>;
  /**
   * A copy of one moment, verified, 0600, of one incident or of all live ones, while others write. `out` is a folder, or for one
   * incident a file where none is. @throws Problem `usage`, `not-found`, `journal-broken`
   */
  backup(incident: IncidentId | null, out: string): readonly Backup[];
  /** Puts a verified copy back where the incident is not. @throws Problem `usage`, `journal-broken`, `not-found` */
  restore(path: string): Backup;
}

/** Checkpoints that leave the machine. */
export interface AnchorsDoor {
  /** Takes the newest one everywhere and reads back what stands there. `sent`: all of it arrived. @throws Problem `engine-held` */
  send(): Promise<Readonly<{ sent: boolean; anchors: AnchorsView }>>;
  /** The newest signed note, and the request to a cosigner who saw `since` entries (0: none). @throws Problem `usage` */
  checkpoint(since: number): Readonly<{ size: number; vkey: string; note: string; request: string }>;
  /**
   * Somebody stands for it that an older copy was put back: what this machine remembers is of another state (the sizes that were
   * remembered), or the key that signed until an entry is gone (its number). Nothing where all is as it should be.
   * @throws Problem `engine-held`
   */
  acknowledge(why: string): Promise<Readonly<{ remembered: readonly number[]; lost: readonly number[] }>>;
  /** Keeps the line of a second responder. @throws Problem `usage`, `not-authorised`, `engine-held` */
  cosigned(line: string): Promise<Readonly<{ anchor: string; size: number }>>;
}

/** The second responder's side of a cosignature. */
export interface Witness {
  /** The key that others pin. */
  key(): string;
  /** The line to send back. @throws Problem `usage` when a proof or the log's key is missing, `journal-broken` when it tells two stories */
  cosign(request: string, logKey: string | null): Readonly<{ line: string; origin: string; size: number }>;
}
