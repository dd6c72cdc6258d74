import { closeSync, readFileSync } from 'node:fs';
import { StorageError } from './storage.ts';
import type { Files } from './files.ts';
import { limits } from '../model/limits.ts';

const DESCRIPTOR = /^\/(?:dev|proc\/self)\/fd\/(\d{1,9})$/;

/**
 * A passphrase from a file that only its owner can read, or from an open descriptor (`/dev/fd/3`), which is closed once it is
 * read. The last line end does not belong to it.
 * @throws StorageError `missing`, `permissions`, `io` ...
 */
export function passphraseFrom(path: string, files: Files): string {
  const descriptor = DESCRIPTOR.exec(path)?.[1];
  const text =
    descriptor === undefined
      ? files.readPrivate(path, limits.passphraseBytesMax)
      : drain(Number(descriptor), path);
  return text.replace(/\r?\n$/, '');
}

function drain(descriptor: number, path: string): string {
  try {
    const text = readFileSync(descriptor, 'utf8');
    closeSync(descriptor);
    return text;
  } catch (cause) {
    throw new StorageError('io', path, `${path} cannot be read`, { cause });
  }
}
