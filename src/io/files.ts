import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  unlinkSync,
} from 'node:fs';
import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { PiecesEnded, writeAll, writeEach } from './pieces.ts';
import { replacedSoon, type Soon } from './soon.ts';
import { StorageError, type StorageCode } from './storage.ts';

/** Files and folders that belong to firebreak or to the team. Every method throws `StorageError`. */
export interface Files {
  /** Makes the folder and those above it, 0700; an existing one that others can write to is refused. */
  privateDir(path: string): void;
  /**
   * Replaces the whole file, or leaves it as it was: after a power cut too. Refuses to replace a link. `mode` only for what others are
   * meant to read: 0600 without it.
   */
  writeAtomic(path: string, bytes: string | Uint8Array, mode?: number): void;
  /**
   * As `writeAtomic`, beside everything else: a slow disk holds nobody's keys. What is wrong is thrown by `done`.
   */
  writeSoon(path: string, bytes: string | Uint8Array): Soon;
  /**
   * As `writeAtomic`, for what is too large to be held: text in pieces of any length. Nothing is left where the disk or the pieces end
   * early. Gives the SHA-256 of what was written, in 64 lower-case hex digits.
   */
  writePieces(path: string, pieces: Iterable<string>): Readonly<{ sha256: string; bytes: number }>;
  /** As `writeAtomic`, but false and nothing changed when the file is already there. */
  writeNew(path: string, bytes: string | Uint8Array): boolean;
  /** Moves a file that was written and synced beside its place to it; false when something is there already. */
  moveNew(from: string, to: string): boolean;
  /** UTF-8 text; refuses malformed UTF-8 and more than `maxBytes`. */
  readText(path: string, maxBytes: number): string;
  readBytes(path: string, maxBytes: number): Uint8Array;
  /** Reads a file that holds a key: a link, another owner, or a mode wider than 0600 is refused. */
  readPrivate(path: string, maxBytes: number): string;
  exists(path: string): boolean;
  /** Names in a folder, sorted; none when there is no such folder. */
  list(path: string): readonly FileInfo[];
  /** Null when there is nothing. Does not follow links. */
  info(path: string): FileInfo | null;
  remove(path: string): void;
  /** Bytes that a file in this folder could still take. */
  free(path: string): number;
  /** Overwrites a file with zeros before it is removed. A drive that moves its blocks may keep the old ones all the same. */
  wipe(path: string): void;
  /** Puts `from` in the place of `to`, whose bytes are overwritten with zeros first. A crash leaves one of the two whole. */
  supersede(from: string, to: string): void;
  removeTree(path: string): void;
}

export type FileInfo = Readonly<{
  name: string;
  kind: 'file' | 'folder' | 'link' | 'other';
  bytes: number;
  /** Permission bits, as in 0o600. */
  mode: number;
}>;

export function systemFiles(): Files {
  return {
    privateDir,
    writeAtomic: (path, bytes, mode) => {
      refuseLink(path);
      const fill = (file: number): void => {
        writeAll(file, bytesOf(bytes));
        // Said to the file itself: what a new one may have at most is cut by the umask.
        if (mode !== undefined) fchmodSync(file, mode);
      };
      writeTemp(path, fill, renameSync);
    },
    writeSoon,
    writePieces: (path, pieces) => {
      refuseLink(path);
      let written = { sha256: '', bytes: 0 };
      writeTemp(path, (file) => (written = writeEach(file, pieces)), renameSync);
      return written;
    },
    writeNew: (path, bytes) => writeTemp(path, (file) => writeAll(file, bytesOf(bytes)), linkNew),
    moveNew: (from, to) =>
      attempt(to, () => {
        const moved = linkNew(from, to);
        syncFolder(dirname(to));
        return moved;
      }),
    readText: (path, maxBytes) => decode(path, readBytes(path, maxBytes, false)),
    readBytes: (path, maxBytes) => readBytes(path, maxBytes, false),
    readPrivate: (path, maxBytes) => decode(path, readBytes(path, maxBytes, true)),
    exists: (path) => existsSync(path),
    list: (path) => attempt(path, () => list(path)),
    info,
    free: (path) =>
      attempt(path, () => {
        const { bavail, bsize } = statfsSync(path);
        return bavail * bsize;
      }),
    remove: (path) => attempt(path, () => rmSync(path, { force: true })),
    wipe: (path) => attempt(path, () => wipe(path)),
    supersede: (from, to) =>
      attempt(to, () => {
        if (existsSync(to)) blank(to);
        renameSync(from, to);
        syncFolder(dirname(to));
      }),
    removeTree: (path) => attempt(path, () => rmSync(path, { force: true, recursive: true })),
  };
}

function writeSoon(path: string, bytes: string | Uint8Array): Soon {
  refuseLink(path);
  const { done, giveUp } = replacedSoon(
    { path, temp: besideOf(path), folder: dirname(path) },
    bytesOf(bytes),
  );
  const failed = (cause: unknown): void =>
    attempt(path, () => {
      throw cause;
    });
  return { done: done.catch(failed), giveUp };
}

function privateDir(path: string): void {
  attempt(path, () => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const found = statSync(path);
    if (!found.isDirectory()) throw new StorageError('exists', path, `${path} is not a folder`);
    if ((found.mode & 0o022) !== 0) {
      throw new StorageError('permissions', path, `others can write to ${path}: chmod 700 ${path}`);
    }
    if ((found.mode & 0o055) !== 0) chmodSync(path, 0o700);
  });
}

const besideOf = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);

/** Writes beside the target, syncs, then moves it into place: a reader sees the old file or the new one. */
function writeTemp<T>(path: string, fill: (file: number) => void, place: (from: string, to: string) => T): T {
  const [folder, temp] = [dirname(path), besideOf(path)];
  return attempt(path, () => {
    const file = openSync(temp, 'wx', 0o600);
    try {
      fill(file);
      fsyncSync(file);
      const placed = place(temp, path);
      syncFolder(folder);
      return placed;
    } finally {
      closeSync(file);
      rmSync(temp, { force: true });
    }
  });
}

/** A hard link fails where a rename would replace: two processes that start together agree on one key. */
function linkNew(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (errno(error) === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(from);
  }
}

function wipe(path: string): void {
  blank(path);
  unlinkSync(path);
  syncFolder(dirname(path));
}

function blank(path: string): void {
  const file = openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW);
  try {
    writeAll(file, new Uint8Array(fstatSync(file).size));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

const bytesOf = (bytes: string | Uint8Array): Uint8Array =>
  typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;

function refuseLink(path: string): void {
  if (info(path)?.kind === 'link') throw new StorageError('permissions', path, `${path} is a link`);
}

export function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function readBytes(path: string, maxBytes: number, secret: boolean): Uint8Array {
  return attempt(path, () => {
    // O_NONBLOCK: opening a pipe that nobody writes to must not hang.
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | (secret ? constants.O_NOFOLLOW : 0);
    const file = openSync(path, flags);
    try {
      const found = fstatSync(file);
      if (!found.isFile()) throw new StorageError('io', path, `${path} is not a file`);
      if (secret) refuseShared(path, found.mode, found.uid);
      if (found.size > maxBytes) {
        throw new StorageError(
          'too-large',
          path,
          `${path} has ${found.size} bytes, the limit is ${maxBytes}`,
        );
      }
      return readUpTo(file, path, maxBytes);
    } finally {
      closeSync(file);
    }
  });
}

/** Reads on to the end, because a file under /proc has no size and a log may grow meanwhile. */
function readUpTo(file: number, path: string, maxBytes: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let total = 0; ;) {
    const part = Buffer.allocUnsafe(65_536);
    const count = readSync(file, part, 0, part.length, null);
    if (count === 0) return Buffer.concat(parts);
    parts.push(part.subarray(0, count));
    total += count;
    if (total > maxBytes) throw new StorageError('too-large', path, `${path} is over ${maxBytes} bytes`);
  }
}

function refuseShared(path: string, mode: number, owner: number): void {
  if ((mode & 0o077) !== 0) {
    const shown = (mode & 0o777).toString(8).padStart(4, '0');
    throw new StorageError(
      'permissions',
      path,
      `${path} has mode ${shown}, others could read it: chmod 600 ${path}`,
    );
  }
  if (process.getuid !== undefined && owner !== process.getuid()) {
    throw new StorageError('permissions', path, `${path} belongs to another user`);
  }
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch (cause) {
    throw new StorageError('corrupt', path, `${path} is not UTF-8 text`, { cause });
  }
}

function info(path: string): FileInfo | null {
  return attempt(path, () => {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) return null;
    const kind = found.isFile()
      ? 'file'
      : found.isDirectory()
        ? 'folder'
        : found.isSymbolicLink()
          ? 'link'
          : 'other';
    return { name: basename(path), kind, bytes: found.size, mode: found.mode & 0o777 };
  });
}

function list(path: string): readonly FileInfo[] {
  if (!existsSync(path)) return [];
  const found = readdirSync(path).map((name) => info(join(path, name)));
  return found.filter((entry) => entry !== null).sort((a, b) => (a.name < b.name ? -1 : 1));
}

const CODES: Readonly<Record<string, StorageCode>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EROFS: 'read-only',
  EACCES: 'permissions',
  EPERM: 'permissions',
  ELOOP: 'permissions',
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EEXIST: 'exists',
};

function errno(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

export function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof StorageError) throw cause;
    if (cause instanceof PiecesEnded) throw cause.cause;
    const code = CODES[errno(cause)] ?? 'io';
    throw new StorageError(code, path, `${path}: ${code} (${errno(cause) || 'unknown'})`, { cause });
  }
}
