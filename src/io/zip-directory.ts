import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';
import { fstatSync } from 'node:fs';
import { readAt } from './archive.ts';
import { StorageError } from './storage.ts';

/** Where a member of a zip lies and how it is packed, as its directory says. */
export type Member = Readonly<{
  name: string;
  method: number;
  crc: number;
  packed: number;
  size: number;
  at: number;
}>;

/**
 * The directory of a zip, left where it is: a journal of a million entries has as many rows here, and of each only a dozen bytes
 * are kept in memory.
 */
export type ZipDirectory = Readonly<{
  /** Every member in the order of the directory. @throws StorageError `corrupt` */
  members: () => Iterable<Member>;
  find: (name: string) => Member | null;
}>;

export const broken = (path: string, why: string): StorageError =>
  new StorageError('corrupt', path, `${path} is not a whole zip: ${why}`);

/** @throws StorageError `corrupt` also where a name is given twice: two programs could read two things */
export function openDirectory(file: number, path: string): ZipDirectory {
  const place = findDirectory(file, path);
  const index = makeIndex(place.count, (row) => rowAt(file, path, place, row).member.name);
  for (const { member, row } of rowsIn(file, path, place)) {
    if (!isFolder(member) && !index.add(member.name, row))
      throw broken(path, `${member.name} is there twice`);
  }
  return {
    *members() {
      for (const { member } of rowsIn(file, path, place)) if (!isFolder(member)) yield member;
    },
    find(name) {
      const row = index.find(name);
      return row === null ? null : rowAt(file, path, place, row).member;
    },
  };
}

/** Other tools write folders as names that end in a slash; they hold nothing. */
const isFolder = ({ name }: Member): boolean => name.endsWith('/');

/** Names as a table of the rows they stand in, found by 32 bits of their hash and then read. */
function makeIndex(
  count: number,
  nameIn: (row: number) => string,
): Readonly<{ add: (name: string, row: number) => boolean; find: (name: string) => number | null }> {
  const slots = 2 ** Math.ceil(Math.log2(2 * count + 1));
  const hashes = new Uint32Array(slots);
  // One more than the place of the row, so that nothing means free.
  const rows = new Uint32Array(slots);
  /** The slot of a name, or the free one where it would be. */
  const slotOf = (name: string, hashed: number): number => {
    for (let slot = hashed % slots; ; slot = (slot + 1) % slots) {
      const row = rows[slot] ?? 0;
      if (row === 0 || (hashes[slot] === hashed && nameIn(row - 1) === name)) return slot;
    }
  };
  return {
    add(name, row) {
      const hashed = hashOf(name);
      const slot = slotOf(name, hashed);
      if (rows[slot] !== 0) return false;
      hashes[slot] = hashed;
      rows[slot] = row + 1;
      return true;
    },
    find(name) {
      const row = rows[slotOf(name, hashOf(name))] ?? 0;
      return row === 0 ? null : row - 1;
    },
  };
}

/** Not a checksum: whoever makes a zip must not choose what falls together. */
const hashOf = (name: string): number => Number.parseInt(hash('sha256', name, 'hex').slice(0, 8), 16);

type Place = Readonly<{ count: number; size: number; start: number }>;
type Row = Readonly<{ member: Member; row: number; next: number }>;

const HEAD = 46;
const PART = 256 * 1024;
const MAX16 = 0xffff;
const MAX32 = 0xffffffff;

/** Every row from the first to the last, which must fill the directory exactly. */
function* rowsIn(file: number, path: string, place: Place): Iterable<Row> {
  const { count, size, start } = place;
  let window = { from: 0, bytes: Buffer.alloc(0) };
  const read = (from: number, length: number): Buffer => {
    if (from + length > size) throw broken(path, 'its directory is damaged');
    if (from + length > window.from + window.bytes.length) {
      const bytes = Buffer.from(
        readAt(file, path, start + from, Math.min(Math.max(PART, length), size - from)),
      );
      window = { from, bytes };
    }
    return window.bytes.subarray(from - window.from, from - window.from + length);
  };
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    const row = readRow(read, path, at);
    yield row;
    at = row.next;
  }
  if (at !== size) throw broken(path, 'its directory is damaged');
}

const rowAt = (file: number, path: string, { size, start }: Place, row: number): Row =>
  readRow(
    (from, length) => {
      if (from + length > size) throw broken(path, 'its directory is damaged');
      return Buffer.from(readAt(file, path, start + from, length));
    },
    path,
    row,
  );

function readRow(read: (from: number, length: number) => Buffer, path: string, row: number): Row {
  const head = read(row, HEAD);
  if (head.readUInt32LE(0) !== 0x02014b50) throw broken(path, 'its directory is damaged');
  const [nameLength, extraLength] = [head.readUInt16LE(28), head.readUInt16LE(30)];
  const next = row + HEAD + nameLength + extraLength + head.readUInt16LE(32);
  const whole = read(row, next - row);
  const name = whole.toString('utf8', HEAD, HEAD + nameLength);
  const extra = whole.subarray(HEAD + nameLength, HEAD + nameLength + extraLength);
  return { member: { name, ...memberOf(whole, extra) }, row, next };
}

function findDirectory(file: number, path: string): Place {
  const { size: whole } = fstatSync(file);
  if (whole < 22) throw broken(path, 'it is cut off');
  const tail = Buffer.from(readAt(file, path, whole - 22, 22));
  if (tail.readUInt32LE(0) !== 0x06054b50) throw broken(path, 'it does not end as a zip does');
  let [count, size, start] = [tail.readUInt16LE(10), tail.readUInt32LE(12), tail.readUInt32LE(16)];
  let end = whole - 22;
  if (count === MAX16 || size === MAX32 || start === MAX32) {
    if (end < 76) throw broken(path, 'it is cut off');
    const large = Buffer.from(readAt(file, path, end - 76, 76));
    if (large.readUInt32LE(0) !== 0x06064b50 || large.readUInt32LE(56) !== 0x07064b50)
      throw broken(path, 'its directory cannot be found');
    count = Number(large.readBigUInt64LE(32));
    size = Number(large.readBigUInt64LE(40));
    start = Number(large.readBigUInt64LE(48));
    end -= 76;
  }
  if (start + size !== end) throw broken(path, 'there is something beside its files');
  // Before room is made for so many, whose places must fit into 32 bits.
  if (count * HEAD > size || size >= MAX32) throw broken(path, 'its directory is damaged');
  return { count, size, start };
}

function memberOf(row: Buffer, extra: Buffer): Omit<Member, 'name'> {
  let [packed, size, at] = [row.readUInt32LE(20), row.readUInt32LE(24), row.readUInt32LE(42)];
  let from = wideFrom(extra);
  const wide = (number: number): number => {
    if (number !== MAX32 || from === null || from + 8 > extra.length) return number;
    from += 8;
    return Number(extra.readBigUInt64LE(from - 8));
  };
  // The order in which the format lays them down.
  size = wide(size);
  packed = wide(packed);
  at = wide(at);
  return { method: row.readUInt16LE(10), crc: row.readUInt32LE(16), packed, size, at };
}

/** Where the field for large numbers begins among the extra fields. */
function wideFrom(extra: Buffer): number | null {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1) return at + 4;
  }
  return null;
}
