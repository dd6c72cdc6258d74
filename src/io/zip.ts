import { Buffer } from 'node:buffer';
import { closeSync, constants, fsyncSync, linkSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { directoryRow, endRecords, localHeader, STORED } from '../base/zip-rows.ts';
import { besides, mustBeInner, partsOf, writeAll, type Archive } from './archive.ts';
import { attempt, syncFolder } from './files.ts';

/**
 * A zip in which nothing is compressed, as every unzip reads it (APPNOTE 6.3.9). The same names and bytes give the same file:
 * times are the oldest there are. Its directory is kept in a second file until the end, so that memory stays small.
 */
export function zipArchive(path: string): Archive {
  const temp = besides(path);
  const directory = besides(path);
  const [body, index] = attempt(path, () => [openNew(temp), openNew(directory)] as const);
  let [at, count, indexed] = [0, 0, 0];
  let open = true;

  const write = (bytes: Uint8Array): void => {
    writeAll(body, bytes);
    at += bytes.length;
  };
  const member = (name: string, crc: number, size: number, parts: Iterable<Uint8Array>): void => {
    mustBeInner(name, path);
    const known = { name: Buffer.from(name, 'latin1'), method: STORED, crc, packed: size, size, at };
    write(localHeader(known));
    for (const part of parts) write(part);
    const row = directoryRow(known);
    writeAll(index, row);
    indexed += row.length;
    count += 1;
  };
  const closeBoth = (): void => {
    if (!open) return;
    open = false;
    closeSync(body);
    closeSync(index);
  };
  return {
    put: (name, content) =>
      attempt(path, () => {
        const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
        member(name, crc32(bytes), bytes.length, [bytes]);
      }),
    putFile: (name, from) =>
      attempt(path, () => {
        let [crc, size] = [0, 0];
        for (const part of partsOf(from)) [crc, size] = [crc32(part, crc), size + part.length];
        member(name, crc, size, partsOf(from));
      }),
    finish: () =>
      attempt(path, () => {
        const start = at;
        for (const part of partsOf(directory)) write(part);
        write(endRecords({ count, size: indexed, start }));
        fsyncSync(body);
        closeBoth();
        // A link fails where a rename would replace what somebody put there meanwhile.
        linkSync(temp, path);
        rmSync(temp);
        rmSync(directory);
        syncFolder(dirname(path));
      }),
    abandon: () =>
      attempt(path, () => {
        closeBoth();
        for (const one of [temp, directory]) rmSync(one, { force: true });
      }),
  };
}

const openNew = (path: string): number =>
  openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
