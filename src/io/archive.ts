import { Buffer } from 'node:buffer';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { createHash, randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { attempt, syncFolder } from './files.ts';
import { StorageError } from './storage.ts';

/**
 * A folder or a zip that is written once. Nothing is to be seen at its place before `finish`, so half of one is never taken
 * for a whole one. Names are relative, with slashes. Every method throws `StorageError`.
 */
export interface Archive {
  /** Once for each name. */
  put(name: string, bytes: string | Uint8Array): void;
  /** As `put`, with the bytes of a file that may be larger than memory. */
  putFile(name: string, path: string): void;
  /** Makes it appear. */
  finish(): void;
  /** Takes away what was written so far; nothing after `finish`. */
  abandon(): void;
}

/** The same, read by name. Nothing that is read can name a place outside. */
export interface ArchiveReader {
  /** Every name, in no order; what is neither a file nor a folder is there with its name and cannot be read. */
  names(): Iterable<string>;
  /** Null when there is no such file. @throws StorageError `too-large`, `corrupt` */
  read(name: string, maxBytes: number): Uint8Array | null;
  /** Writes one file out, 0600, to a path where nothing is; false when there is no such file. */
  copyOut(name: string, path: string): boolean;
  close(): void;
}

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/;

/** Whether a name stays inside, on every system that may unpack it. */
export const isInnerName = (name: string): boolean => name.length <= 240 && NAME.test(name);

export function mustBeInner(name: string, path: string): void {
  if (!isInnerName(name))
    throw new StorageError('corrupt', path, `${path} names a place that is none of its own`);
}

/** The hidden place beside a path where it is written first. */
export const besides = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);

/** Whether another file system begins at this folder, as at a stick's: nothing can be moved to its own place. */
export const isMount = (path: string): boolean =>
  attempt(path, () => lstatSync(path).dev !== lstatSync(join(path, '..')).dev);

/** A folder of mode 0700 with files of mode 0600. An empty folder may be there already, nothing else. */
export function folderArchive(path: string): Archive {
  const temp = besides(path);
  const made = new Set<string>();
  const place = (name: string): string => {
    mustBeInner(name, path);
    const whole = join(temp, name);
    const folder = dirname(whole);
    if (!made.has(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
    made.add(folder);
    return whole;
  };
  attempt(path, () => mkdirSync(temp, { recursive: true, mode: 0o700 }));
  return {
    put: (name, bytes) => attempt(path, () => writeWhole(place(name), bytes)),
    putFile: (name, from) =>
      attempt(path, () => {
        const file = openSync(place(name), 'wx', 0o600);
        try {
          for (const part of partsOf(from)) writeAll(file, part);
        } finally {
          closeSync(file);
        }
      }),
    finish: () =>
      attempt(path, () => {
        renameSync(temp, path);
        syncFolder(dirname(path));
      }),
    abandon: () => attempt(path, () => rmSync(temp, { force: true, recursive: true })),
  };
}

export function folderReader(path: string): ArchiveReader {
  const fileAt = (name: string): string | null => {
    if (!isInnerName(name)) return null;
    const whole = join(path, name);
    return attempt(path, () => lstatSync(whole, { throwIfNoEntry: false }))?.isFile() === true ? whole : null;
  };
  return {
    names: () => namesBelow(path, ''),
    read(name, maxBytes) {
      const file = fileAt(name);
      return file === null ? null : attempt(path, () => readWhole(file, maxBytes));
    },
    copyOut(name, to) {
      const from = fileAt(name);
      if (from === null) return false;
      attempt(to, () => {
        const file = openSync(to, 'wx', 0o600);
        try {
          for (const part of partsOf(from)) writeAll(file, part);
        } finally {
          closeSync(file);
        }
      });
      return true;
    },
    close: () => undefined,
  };
}

function* namesBelow(root: string, folder: string): Iterable<string> {
  const found = attempt(root, () => readdirSync(join(root, folder), { withFileTypes: true }));
  for (const entry of found) {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* namesBelow(root, name);
    else yield name;
  }
}

function writeWhole(path: string, bytes: string | Uint8Array): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeAll(file, typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes);
  } finally {
    closeSync(file);
  }
}

export function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

function readWhole(path: string, maxBytes: number): Uint8Array {
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { size } = fstatSync(file);
    if (size > maxBytes) throw new StorageError('too-large', path, `${path} has ${size} bytes`);
    return readAt(file, path, 0, size);
  } finally {
    closeSync(file);
  }
}

/** Exactly so many bytes from a place in a file. @throws StorageError `corrupt` when it ends before */
export function readAt(file: number, path: string, from: number, length: number): Uint8Array {
  const bytes = Buffer.allocUnsafe(length);
  readInto(bytes, file, path, from);
  return bytes;
}

/** The same into room that is there. */
export function readInto(bytes: Uint8Array, file: number, path: string, from: number): void {
  for (let done = 0; done < bytes.length;) {
    const count = readSync(file, bytes, done, bytes.length - done, from + done);
    if (count === 0) throw new StorageError('corrupt', path, `${path} is cut off`);
    done += count;
  }
}

/** The first bytes of a file as Latin-1: enough to tell what kind it is. Shorter where it ends before. */
export function beginningOf(path: string, length: number): string {
  return attempt(path, () => {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const bytes = Buffer.alloc(length);
      return bytes.toString('latin1', 0, readSync(file, bytes, 0, length, 0));
    } finally {
      closeSync(file);
    }
  });
}

/** Writes a new file, 0600 and synced, from parts that are never held together; nothing stays where they end early. SHA-256 in hex. */
export function writeParts(
  path: string,
  parts: Iterable<Uint8Array>,
): Readonly<{ sha256: string; size: number }> {
  const file = attempt(path, () => openSync(path, 'wx', 0o600));
  const sum = createHash('sha256');
  let size = 0;
  let whole = false;
  try {
    // Whoever makes the parts may fail in words of their own.
    for (const part of parts) {
      attempt(path, () => writeAll(file, part));
      sum.update(part);
      size += part.length;
    }
    attempt(path, () => fsyncSync(file));
    whole = true;
  } finally {
    closeSync(file);
    if (!whole) rmSync(path, { force: true });
  }
  return { sha256: sum.digest('hex'), size };
}

/** Moves a folder that was written beside its place to it. False when something is there already. */
export function placeFolder(from: string, to: string): boolean {
  if (lstatSync(to, { throwIfNoEntry: false }) !== undefined) return false;
  attempt(to, () => {
    renameSync(from, to);
    syncFolder(dirname(to));
  });
  return true;
}

const PART = 1024 * 1024;

/** A file in parts, so that it never has to fit into memory. The next part takes the place of the one before. */
export function* partsOf(path: string): Iterable<Uint8Array> {
  const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const part = Buffer.allocUnsafe(PART);
    for (let at = 0; ;) {
      const count = readSync(file, part, 0, PART, at);
      if (count === 0) return;
      at += count;
      yield part.subarray(0, count);
    }
  } finally {
    closeSync(file);
  }
}

/** SHA-256 in hex of a file that may be larger than memory. */
export function sha256File(path: string): string {
  return attempt(path, () => {
    const sum = createHash('sha256');
    for (const part of partsOf(path)) sum.update(part);
    return sum.digest('hex');
  });
}

/** Runs with a folder of its own, 0700, that is gone afterwards. */
export function withTempFolder<T>(work: (folder: string) => T): T {
  const folder = attempt(tmpdir(), () => mkdtempSync(join(tmpdir(), 'firebreak-')));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { force: true, recursive: true });
  }
}
