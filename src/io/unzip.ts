import { Buffer } from 'node:buffer';
import { closeSync, constants, openSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';
import { isInnerName, readAt, readInto, writeAll, type ArchiveReader } from './archive.ts';
import { attempt } from './files.ts';
import { StorageError } from './storage.ts';
import { broken, openDirectory, type Member, type ZipDirectory } from './zip-directory.ts';

/**
 * Reads a zip by name and writes nothing out but what is asked for, to where it is asked for. What two programs could read in two
 * ways is refused: a name given twice, a member whose own header says something else than the directory.
 * @throws StorageError `corrupt`
 */
export function zipReader(path: string): ArchiveReader {
  const file = attempt(path, () => openSync(path, constants.O_RDONLY));
  let directory: ZipDirectory;
  try {
    directory = attempt(path, () => openDirectory(file, path));
  } catch (error) {
    closeSync(file);
    throw error;
  }
  return {
    *names() {
      for (const { name } of directory.members()) yield name;
    },
    read(name, maxBytes) {
      const member = attempt(path, () => directory.find(name));
      if (member === null) return null;
      if (member.size > maxBytes)
        throw new StorageError('too-large', path, `${name} in ${path} has ${member.size} bytes`);
      return attempt(path, () => content(file, path, member));
    },
    copyOut(name, to) {
      const member = attempt(path, () => directory.find(name));
      if (member === null) return false;
      attempt(to, () => {
        const out = openSync(to, 'wx', 0o600);
        try {
          for (const part of partsOf(file, path, member)) writeAll(out, part);
        } finally {
          closeSync(out);
        }
      });
      return true;
    },
    close: () => closeSync(file),
  };
}

const STORED = 0;
const DEFLATED = 8;
/** A compressed file is unpacked in memory; the largest one here, the database, is stored as it is. */
const MAX_INFLATED = 512 * 1024 * 1024;
const PART = 1024 * 1024;

/** Where the bytes of a member begin; its own header must name it as the directory does. */
function contentAt(file: number, path: string, { name, at }: Member): number {
  const head = Buffer.from(readAt(file, path, at, 30));
  const own = Buffer.from(readAt(file, path, at + 30, head.readUInt16LE(26))).toString('utf8');
  if (head.readUInt32LE(0) !== 0x04034b50 || own !== name)
    throw broken(path, `${name} is not where it should be`);
  return at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
}

/** At once, in memory of its own; what is stored is one part as long as it fits into one. */
function content(file: number, path: string, member: Member): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const part of partsOf(file, path, member)) parts.push(member.size > PART ? Buffer.from(part) : part);
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}

/** The next part takes the place of the one before. */
function* partsOf(file: number, path: string, member: Member): Iterable<Uint8Array> {
  const { name } = member;
  if (!isInnerName(name)) throw broken(path, 'it names a place that is none of its own');
  const from = contentAt(file, path, member);
  let crc = 0;
  if (member.method === DEFLATED && Math.max(member.size, member.packed) <= MAX_INFLATED) {
    const whole = inflate(readAt(file, path, from, member.packed), member.size, path);
    crc = crc32(whole);
    yield whole;
  } else if (member.method === STORED && member.packed === member.size) {
    const room = Buffer.allocUnsafe(Math.min(PART, member.size));
    for (let done = 0; done < member.size; done += PART) {
      const part = room.subarray(0, Math.min(PART, member.size - done));
      readInto(part, file, path, from + done);
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
