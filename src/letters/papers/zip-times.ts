import { Buffer } from 'node:buffer';
import { assert } from '../../base/assert.ts';

/** The first of January 1980, the beginning of time for a zip. */
const OLDEST = 0x00210000;
const END = 0x06054b50;
const ROW = 0x02014b50;

/** The same zip with the oldest time there is for every member, in its directory and before its bytes (APPNOTE 4.3.7, 4.3.12). */
export function withoutTimes(zip: Uint8Array): Uint8Array {
  const bytes = Buffer.from(zip);
  const end = bytes.length - 22;
  assert(bytes.readUInt32LE(end) === END, 'a zip of ours has no comment at its end');
  let row = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    assert(bytes.readUInt32LE(row) === ROW, 'the directory of a zip is in one piece');
    bytes.writeUInt32LE(OLDEST, row + 12);
    bytes.writeUInt32LE(OLDEST, bytes.readUInt32LE(row + 42) + 10);
    row += 46 + [28, 30, 32].reduce((sum, at) => sum + bytes.readUInt16LE(row + at), 0);
  }
  return bytes;
}
