import type { Files } from '../io/files.ts';
import type { Random } from '../io/random.ts';
import { StorageError } from '../io/storage.ts';

/** Space kept back, so that on a full disk the journal can still record that it stopped and how its last effects ended. */
export interface Ballast {
  /** True when it is there, or could be made now. */
  ensure(): boolean;
  /** Gives the space free. */
  drop(): void;
}

const BALLAST_BYTES = 8_388_608;

/** One file in the data folder, shared by its journals. Random bytes: a compressing file system cannot shrink it. */
export function fileBallast(path: string, files: Files, random: Random, bytes = BALLAST_BYTES): Ballast {
  return {
    ensure() {
      if (files.exists(path)) return true;
      try {
        files.writeNew(path, random.bytes(bytes));
        return true;
      } catch (error) {
        if (error instanceof StorageError && error.code === 'full') return false;
        throw error;
      }
    },
    drop: () => files.remove(path),
  };
}
