import { execFileSync } from 'node:child_process';
import { closeSync, constants, existsSync, fdatasyncSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256Hex } from '../base/hash.ts';
import { mustBeInner, writeAll } from './archive.ts';
import { attempt, syncFolder } from './files.ts';

/** A folder of very many small files of our own, 0600 in folders 0700. Every method throws `StorageError`. */
export interface Folder {
  /** Writes a file, or writes it anew. It is beyond the reach of a crash only after `sync`. */
  put(name: string, bytes: Uint8Array): void;
  /** SHA-256 of a file; null where there is none. */
  sha256(name: string): string | null;
  /** Every file of these names is on the disk. */
  sync(names: () => Iterable<string>): void;
}

export function folderAt(path: string): Folder {
  let made: string | null = null;
  const placeOf = (name: string): string => {
    mustBeInner(name, path);
    return join(path, name);
  };
  return {
    put: (name, bytes) =>
      attempt(path, () => {
        const place = placeOf(name);
        const folder = dirname(place);
        if (folder !== made) mkdirSync(folder, { recursive: true, mode: 0o700 });
        made = folder;
        const how = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;
        const file = openSync(place, how, 0o600);
        try {
          writeAll(file, bytes);
        } finally {
          closeSync(file);
        }
      }),
    sha256: (name) =>
      attempt(path, () => {
        try {
          return sha256Hex(readFileSync(placeOf(name)));
        } catch (error) {
          if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
          throw error;
        }
      }),
    sync: (names) =>
      attempt(path, () => {
        if (!syncWhole(path)) for (const name of names()) syncOne(placeOf(name));
      }),
  };
}

/**
 * One call for a million files, where the system has it (GNU): hours become seconds. The system's own program by its full name, with
 * nothing in its environment: what lies under that name in somebody's PATH is never run, in a drill or not.
 */
function syncWhole(path: string): boolean {
  const program = ['/usr/bin/sync', '/bin/sync'].find((name) => existsSync(name));
  if (program === undefined) return false;
  try {
    execFileSync(program, ['-f', '--', path], { stdio: 'ignore', env: {} });
    return true;
  } catch {
    return false;
  }
}

function syncOne(path: string): void {
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
  syncFolder(dirname(path));
}
