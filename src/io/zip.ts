import { Buffer } from 'node:buffer';
import { closeSync, constants, fsyncSync, linkSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
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
    const known = { name: Buffer.from(name, 'latin1'), crc, size, at };
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

type Member = Readonly<{ name: Uint8Array; crc: number; size: number; at: number }>;

const MAX32 = 0xffffffff;
const MAX16 = 0xffff;
/** The first of January 1980, the beginning of time for a zip. */
const DATE = 0x21;
const STORED = 0;
/** 4.5 can hold what does not fit into 32 bits. */
const VERSION = 45;
/** Written on Unix: a plain file, 0600. */
const MADE_BY = (3 << 8) | VERSION;
const MODE = 0o100600 * 0x10000;

/** Where a number does not fit into 32 bits, all ones stand in its place and the number in an extra field. */
const wide = (...numbers: readonly number[]): Uint8Array => {
  const large = numbers.filter((number) => number >= MAX32);
  if (large.length === 0) return new Uint8Array();
  const extra = zeros(4 + 8 * large.length);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8 * large.length, 2);
  for (const [i, number] of large.entries()) extra.writeBigUInt64LE(BigInt(number), 4 + 8 * i);
  return extra;
};
const narrow = (number: number): number => Math.min(number, MAX32);

/** From the pool: memory of its own for each header of a million would be let go of late. */
const zeros = (length: number): Buffer => Buffer.allocUnsafe(length).fill(0);

function localHeader({ name, crc, size }: Member): Uint8Array {
  const extra = wide(size, size);
  const head = zeros(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(STORED, 8);
  head.writeUInt16LE(DATE, 12);
  head.writeUInt32LE(crc, 14);
  head.writeUInt32LE(narrow(size), 18);
  head.writeUInt32LE(narrow(size), 22);
  head.writeUInt16LE(name.length, 26);
  head.writeUInt16LE(extra.length, 28);
  return Buffer.concat([head, name, extra]);
}

function directoryRow({ name, crc, size, at }: Member): Uint8Array {
  const extra = wide(size, size, at);
  const row = zeros(46);
  row.writeUInt32LE(0x02014b50, 0);
  row.writeUInt16LE(MADE_BY, 4);
  row.writeUInt16LE(VERSION, 6);
  row.writeUInt16LE(STORED, 10);
  row.writeUInt16LE(DATE, 14);
  row.writeUInt32LE(crc, 16);
  row.writeUInt32LE(narrow(size), 20);
  row.writeUInt32LE(narrow(size), 24);
  row.writeUInt16LE(name.length, 28);
  row.writeUInt16LE(extra.length, 30);
  row.writeUInt32LE(MODE, 38);
  row.writeUInt32LE(narrow(at), 42);
  return Buffer.concat([row, name, extra]);
}

type Directory = Readonly<{ count: number; size: number; start: number }>;

function endRecords({ count, size, start }: Directory): Uint8Array {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, MAX16), 8);
  end.writeUInt16LE(Math.min(count, MAX16), 10);
  end.writeUInt32LE(narrow(size), 12);
  end.writeUInt32LE(narrow(start), 16);
  if (count < MAX16 && size < MAX32 && start < MAX32) return end;
  const large = Buffer.alloc(56 + 20);
  large.writeUInt32LE(0x06064b50, 0);
  large.writeBigUInt64LE(44n, 4);
  large.writeUInt16LE(MADE_BY, 12);
  large.writeUInt16LE(VERSION, 14);
  large.writeBigUInt64LE(BigInt(count), 24);
  large.writeBigUInt64LE(BigInt(count), 32);
  large.writeBigUInt64LE(BigInt(size), 40);
  large.writeBigUInt64LE(BigInt(start), 48);
  large.writeUInt32LE(0x07064b50, 56);
  large.writeBigUInt64LE(BigInt(start + size), 64);
  large.writeUInt32LE(1, 72);
  return Buffer.concat([large, end]);
}
