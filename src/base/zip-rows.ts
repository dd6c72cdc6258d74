import { Buffer } from 'node:buffer';

/** The records of a zip (APPNOTE 6.3.9), with ZIP64 where a number needs it. Times are the oldest there are. Pure. */

export type ZipMember = Readonly<{
  name: Uint8Array;
  method: number;
  crc: number;
  packed: number;
  size: number;
  /** Where its header begins. */
  at: number;
}>;

const MAX32 = 0xffffffff;
const MAX16 = 0xffff;
const LOCAL = 0x04034b50;
/** The first of January 1980, the beginning of time for a zip. */
const DATE = 0x21;
/** How the bytes of a member are packed. */
export const STORED = 0;
export const DEFLATED = 8;
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

/** What stands before the bytes of a member. Its size is known by then. */
export function localHeader({ name, method, crc, packed, size }: ZipMember): Uint8Array {
  const extra = wide(size, packed);
  const head = zeros(HEADER_BYTES);
  head.writeUInt32LE(LOCAL, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(method, 8);
  head.writeUInt16LE(DATE, 12);
  head.writeUInt32LE(crc, 14);
  head.writeUInt32LE(narrow(packed), 18);
  head.writeUInt32LE(narrow(size), 22);
  head.writeUInt16LE(name.length, 26);
  head.writeUInt16LE(extra.length, 28);
  return Buffer.concat([head, name, extra]);
}

/** The row of a member in the directory. */
export function directoryRow({ name, method, crc, packed, size, at }: ZipMember): Uint8Array {
  const extra = wide(size, packed, at);
  const row = zeros(46);
  row.writeUInt32LE(0x02014b50, 0);
  row.writeUInt16LE(MADE_BY, 4);
  row.writeUInt16LE(VERSION, 6);
  row.writeUInt16LE(method, 10);
  row.writeUInt16LE(DATE, 14);
  row.writeUInt32LE(crc, 16);
  row.writeUInt32LE(narrow(packed), 20);
  row.writeUInt32LE(narrow(size), 24);
  row.writeUInt16LE(name.length, 28);
  row.writeUInt16LE(extra.length, 30);
  row.writeUInt32LE(MODE, 38);
  row.writeUInt32LE(narrow(at), 42);
  return Buffer.concat([row, name, extra]);
}

type Directory = Readonly<{ count: number; size: number; start: number }>;

/** What the directory ends with, and the file. */
export function endRecords({ count, size, start }: Directory): Uint8Array {
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

/** Bytes of a header without the name. */
export const HEADER_BYTES = 30;

/**
 * A header that `localHeader` wrote, read again, and where the next one begins; null where there is none, or where it cannot be one of
 * a member that is smaller than 4 GiB.
 */
export function readLocalHeader(
  bytes: Uint8Array,
  at: number,
): Readonly<{ member: ZipMember; next: number }> | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (head.length < HEADER_BYTES || head.readUInt32LE(0) !== LOCAL) return null;
  const nameLength = head.readUInt16LE(26);
  const packed = head.readUInt32LE(18);
  if (head.readUInt16LE(28) !== 0 || head.length < HEADER_BYTES + nameLength) return null;
  return {
    member: {
      name: head.subarray(HEADER_BYTES, HEADER_BYTES + nameLength),
      method: head.readUInt16LE(8),
      crc: head.readUInt32LE(14),
      packed,
      size: head.readUInt32LE(22),
      at,
    },
    next: at + HEADER_BYTES + nameLength + packed,
  };
}
