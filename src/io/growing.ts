import { Buffer } from 'node:buffer';
import { createHash, type Hash } from 'node:crypto';
import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { attempt, syncFolder } from './files.ts';
import { StorageError } from './storage.ts';

/** A file that is written from its beginning to its end, too large to be held: what was synced is there after a crash. */
export interface Growing {
  write(bytes: Uint8Array): void;
  /** Everything written so far is on the disk. */
  sync(): void;
  /** What was written there; less where the file ends before. */
  read(at: number, length: number): Uint8Array;
  /** SHA-256 of all that stands in it, what was kept of an earlier run included. 64 lower-case hex digits. */
  sha256(): string;
  close(): void;
}

/** Small pieces make small garbage: a hundred megabytes less than with a megabyte each, and no slower. */
const PIECE = 1 << 16;

/**
 * Opens a file of our own, 0600, of which the first `keep` bytes are kept and the rest is cut off; with nothing to keep it is made.
 * @throws StorageError `corrupt` where fewer bytes are left than there were, `missing` where there is no such file
 */
export function growing(path: string, keep: number): Growing {
  return attempt(path, () => {
    const flags = constants.O_RDWR | constants.O_NOFOLLOW | (keep === 0 ? constants.O_CREAT : 0);
    const file = openSync(path, flags, 0o600);
    const sum = createHash('sha256');
    try {
      cutTo(file, path, keep, sum);
      if (keep === 0) syncFolder(dirname(path));
    } catch (error) {
      closeSync(file);
      throw error;
    }
    let at = keep;
    return {
      write: (bytes) =>
        attempt(path, () => {
          for (let done = 0; done < bytes.length;)
            done += writeSync(file, bytes, done, bytes.length - done, at + done);
          at += bytes.length;
          sum.update(bytes);
        }),
      sync: () => attempt(path, () => fdatasyncSync(file)),
      read: (from, length) =>
        attempt(path, () => {
          const bytes = Buffer.allocUnsafe(length);
          return bytes.subarray(0, readSync(file, bytes, 0, length, from));
        }),
      sha256: () => sum.copy().digest('hex'),
      close: () => closeSync(file),
    };
  });
}

/** What an unfinished run wrote beyond its last word about itself is no part of the file. */
function cutTo(file: number, path: string, keep: number, sum: Hash): void {
  const { size } = fstatSync(file);
  if (size < keep)
    throw new StorageError(
      'corrupt',
      path,
      `${path} has ${size} bytes and had ${keep}: it was changed meanwhile`,
    );
  // Of a file that was cut, some file systems write everything when it is closed.
  if (size > keep) ftruncateSync(file, keep);
  const piece = Buffer.allocUnsafe(PIECE);
  for (let at = 0; at < keep;) {
    const count = readSync(file, piece, 0, Math.min(piece.length, keep - at), at);
    sum.update(piece.subarray(0, count));
    at += count;
  }
}

/** The bytes of a file from `from` on, piece by piece: each is valid until the next is asked for. @throws StorageError */
export function* piecesOf(path: string, size = PIECE, from = 0): Generator<Uint8Array> {
  const file = attempt(path, () => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
  try {
    attempt(path, () => {
      if (!fstatSync(file).isFile()) throw new StorageError('io', path, `${path} is no file`);
    });
    const piece = Buffer.allocUnsafe(size);
    for (let at = from; ;) {
      const count = attempt(path, () => readSync(file, piece, 0, piece.length, at));
      if (count === 0) return;
      at += count;
      yield piece.subarray(0, count);
    }
  } finally {
    closeSync(file);
  }
}

/** Which file stands there, and when it was last changed: another one, or the same after a change, gives other words. @throws StorageError */
export function identityOf(path: string): string {
  const { dev, ino, size, mtimeNs, ctimeNs } = attempt(path, () => statSync(path, { bigint: true }));
  return [dev, ino, size, mtimeNs, ctimeNs].join(':');
}

/** SHA-256 and size of what comes in pieces. */
export function sumOf(pieces: Iterable<Uint8Array>): Readonly<{ sha256: string; bytes: number }> {
  const sum = createHash('sha256');
  let bytes = 0;
  for (const piece of pieces) {
    sum.update(piece);
    bytes += piece.length;
  }
  return { sha256: sum.digest('hex'), bytes };
}
