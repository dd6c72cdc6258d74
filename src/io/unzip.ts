import { Buffer } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';
import { isInnerName, readAt, writeAll, type ArchiveReader } from './archive.ts';
import { attempt } from './files.ts';
import { StorageError } from './storage.ts';

/**
 * Reads a zip by name and writes nothing out but what is asked for, to where it is asked for. What two programs could read in two
 * ways is refused: a name given twice, a member whose own header says something else than the directory.
 * @throws StorageError `corrupt`
 */
export function zipReader(path: string): ArchiveReader {
  const file = attempt(path, () => openSync(path, constants.O_RDONLY));
  let members: ReadonlyMap<string, Member>;
  try {
    members = attempt(path, () => readDirectory(file, path));
  } catch (error) {
    closeSync(file);
    throw error;
  }
  const bytesOf = (name: string, maxBytes: number): Uint8Array | null => {
    const member = members.get(name);
    if (member === undefined) return null;
    if (member.size > maxBytes)
      throw new StorageError('too-large', path, `${name} in ${path} has ${member.size} bytes`);
    return attempt(path, () => content(file, path, name, member));
  };
  return {
    names: () => members.keys(),
    read: bytesOf,
    copyOut(name, to) {
      const member = members.get(name);
      if (member === undefined) return false;
      attempt(to, () => {
        const out = openSync(to, 'wx', 0o600);
        try {
          for (const part of partsOf(file, path, name, member)) writeAll(out, part);
        } finally {
          closeSync(out);
        }
      });
      return true;
    },
    close: () => closeSync(file),
  };
}

type Member = Readonly<{ method: number; crc: number; packed: number; size: number; at: number }>;

const STORED = 0;
const DEFLATED = 8;
const MAX16 = 0xffff;
const MAX32 = 0xffffffff;
/** A compressed file is unpacked in memory; the largest one here, the database, is stored as it is. */
const MAX_INFLATED = 512 * 1024 * 1024;
const PART = 1024 * 1024;

const broken = (path: string, why: string): StorageError =>
  new StorageError('corrupt', path, `${path} is not a whole zip: ${why}`);

function readDirectory(file: number, path: string): ReadonlyMap<string, Member> {
  const { count, size, start } = findDirectory(file, path);
  const bytes = Buffer.from(readAt(file, path, start, size));
  const members = new Map<string, Member>();
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > size || bytes.readUInt32LE(at) !== 0x02014b50)
      throw broken(path, 'its directory is damaged');
    const [nameLength, extraLength] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30)];
    const next = at + 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32);
    if (next > size) throw broken(path, 'its directory is damaged');
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    const member = memberOf(bytes.subarray(at, at + 46), extra);
    if (members.has(name)) throw broken(path, `${name} is there twice`);
    // Other tools write folders as names that end in a slash; they hold nothing.
    if (!name.endsWith('/')) members.set(name, member);
    at = next;
  }
  if (at !== size) throw broken(path, 'its directory is damaged');
  return members;
}

function findDirectory(file: number, path: string): Readonly<{ count: number; size: number; start: number }> {
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
  return { count, size, start };
}

function memberOf(row: Buffer, extra: Buffer): Member {
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

/** Where the bytes of a member begin; its own header must name it as the directory does. */
function contentAt(file: number, path: string, name: string, { at }: Member): number {
  const head = Buffer.from(readAt(file, path, at, 30));
  const own = Buffer.from(readAt(file, path, at + 30, head.readUInt16LE(26))).toString('utf8');
  if (head.readUInt32LE(0) !== 0x04034b50 || own !== name)
    throw broken(path, `${name} is not where it should be`);
  return at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
}

function content(file: number, path: string, name: string, member: Member): Uint8Array {
  return Buffer.concat([...partsOf(file, path, name, member)]);
}

function* partsOf(file: number, path: string, name: string, member: Member): Iterable<Uint8Array> {
  if (!isInnerName(name)) throw broken(path, 'it names a place that is none of its own');
  const from = contentAt(file, path, name, member);
  let crc = 0;
  if (member.method === DEFLATED && Math.max(member.size, member.packed) <= MAX_INFLATED) {
    const whole = inflate(readAt(file, path, from, member.packed), member.size, path);
    crc = crc32(whole);
    yield whole;
  } else if (member.method === STORED && member.packed === member.size) {
    for (let done = 0; done < member.size; done += PART) {
      const part = readAt(file, path, from + done, Math.min(PART, member.size - done));
      crc = crc32(part, crc);
      yield part;
    }
  } else throw broken(path, `${name} is packed in a way that is not read here`);
  if (crc !== member.crc) throw broken(path, `${name} is damaged`);
}

function inflate(packed: Uint8Array, size: number, path: string): Uint8Array {
  try {
    const whole = inflateRawSync(packed, { maxOutputLength: size + 1 });
    if (whole.length === size) return whole;
  } catch {
    // Told below, in the same words.
  }
  throw broken(path, 'a file in it cannot be unpacked');
}
