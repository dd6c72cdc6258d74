import { deserialize, serialize } from 'node:v8';
import type { IncidentState } from '../incident/state.ts';
import type { Files } from '../io/files.ts';
import { StorageError } from '../io/storage.ts';
import { parseVkey } from '../journal/checkpoint.ts';
import { openSnapshot, sealSnapshot } from '../journal/snapshot.ts';
import type { Journal } from '../journal/store.ts';
import type { Remembered } from './remembering.ts';

/** What the first `size` entries of an incident folded to. Public parts alone: nothing sealed is in it. */
export type Snapshot = Readonly<{
  size: number;
  state: IncidentState;
  remembered: Remembered;
  /** Data keys that were destroyed, and what stands in the place of what they sealed. */
  gone: ReadonlyMap<string, string>;
}>;

/** Where an incident that is longer than a moment's reading is opened from. Without any, or with one that does not fit, all is folded. */
export interface Snapshots {
  read(): Snapshot | null;
  /** Does nothing where it cannot be written: it saves time, and nothing rests on it. */
  write(snapshot: Snapshot): void;
}

const MOST_BYTES = 64 * 1024 * 1024;

/** The file beside the journal; it can be deleted at any time. */
export const SNAPSHOT_FILE = 'fold.snapshot';

export type SnapshotParts = Readonly<{
  path: string;
  files: Files;
  journal: Pick<Journal, 'vkey' | 'sign' | 'checkpoint' | 'anchors'>;
  /** Names the code that folds: what another version made of the same entries is not what this one would. */
  made: string;
  readOnly: boolean;
}>;

export const snapshotsOf = ({ path, files, journal, made, readOnly }: SnapshotParts): Snapshots => ({
  read() {
    try {
      if (!files.exists(path)) return null;
      const key = parseVkey(journal.vkey)?.publicKey;
      const opened = key === undefined ? null : openSnapshot(files.readBytes(path, MOST_BYTES), key);
      if (opened === null || opened.head.made !== made) return null;
      // Of this journal, as it is: a tree that was rewritten, or is shorter by now, is not the one that was folded.
      if (journal.anchors.against(opened.head.note).is !== 'fits') return null;
      return deserialize(opened.bytes) as Snapshot;
    } catch (error) {
      if (error instanceof StorageError) return null;
      throw error;
    }
  },
  write(snapshot) {
    const note = journal.anchors.note(snapshot.size);
    // Another process has written on meanwhile; its next one will do.
    if (readOnly || note === null) return;
    try {
      files.writeAtomic(path, sealSnapshot({ made, note }, serialize(snapshot), journal.sign));
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
    }
  },
});
