import { Buffer } from 'node:buffer';
import { crc32, deflateRawSync } from 'node:zlib';
import {
  DEFLATED,
  directoryRow,
  endRecords,
  HEADER_BYTES,
  localHeader,
  readLocalHeader,
  STORED,
} from '../../base/zip-rows.ts';
import type { Out } from './out.ts';

/** A letter as a member of a zip: packed where that makes it smaller. */
export function writeMember(out: Out, name: string, bytes: Uint8Array, pack: boolean): void {
  const packed = pack ? deflateRawSync(bytes, { level: 6 }) : bytes;
  const smaller = packed.length < bytes.length;
  const body = smaller ? packed : bytes;
  out.bytes(
    localHeader({
      name: Buffer.from(name, 'latin1'),
      method: smaller ? DEFLATED : STORED,
      crc: crc32(bytes),
      packed: body.length,
      size: bytes.length,
      at: out.size(),
    }),
  );
  out.bytes(body);
}

/** A name of ours is shorter than this. */
const NAME_MAX = 64;

/**
 * The directory, from the headers that stand in the file already: nothing is remembered of a million members, and those of an earlier run
 * are in it too. `start` is where the last member ends, and what stands before it is read again.
 */
export function writeDirectory(
  out: Out,
  start: number,
  read: (at: number, length: number) => Uint8Array,
): void {
  let [at, count, size] = [0, 0, 0];
  while (at < start) {
    const found = readLocalHeader(read(at, HEADER_BYTES + NAME_MAX), at);
    if (found === null) throw new Error(`no letter begins at ${at}`);
    const row = directoryRow(found.member);
    out.bytes(row);
    size += row.length;
    count += 1;
    at = found.next;
  }
  out.bytes(endRecords({ count, size, start }));
}
