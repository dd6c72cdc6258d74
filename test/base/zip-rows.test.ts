import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import {
  directoryRow,
  endRecords,
  localHeader,
  readLocalHeader,
  type ZipMember,
} from '../../src/base/zip-rows.ts';

const member = (more: Partial<ZipMember> = {}): ZipMember => ({
  name: Buffer.from('000/000/a.eml'),
  method: 8,
  crc: 0xdeadbeef,
  packed: 700,
  size: 2000,
  at: 77,
  ...more,
});

describe('a header of a zip', () => {
  test('is read as it was written, and says where the next one begins', () => {
    const header = localHeader(member());
    expect(readLocalHeader(Buffer.concat([header, Buffer.alloc(40)]), 77)).toEqual({
      member: member(),
      next: 77 + header.length + 700,
    });
  });

  test('that is cut, or is none, is not read', () => {
    expect(readLocalHeader(localHeader(member()).subarray(0, 35), 0)).toBeNull();
    expect(readLocalHeader(Buffer.alloc(90), 0)).toBeNull();
  });
});

describe('a zip that is larger than 32 bits can say', () => {
  test('has the place of a member beyond 4 GiB in an extra field', () => {
    const row = Buffer.from(directoryRow(member({ at: 5 * 2 ** 30 })));
    expect(row.readUInt32LE(42)).toBe(0xffffffff);
    expect(row.readBigUInt64LE(row.length - 8)).toBe(BigInt(5 * 2 ** 30));
    expect(Buffer.from(directoryRow(member())).length).toBe(row.length - 12);
  });

  test.each([
    [65_534, 22],
    [65_535, 98],
    [1_000_000, 98],
  ])('says with %i members in %i bytes how many there are', (count, length) => {
    const end = Buffer.from(endRecords({ count, size: 9, start: 10 }));
    expect(end.length).toBe(length);
    expect(length === 22 ? BigInt(end.readUInt16LE(10)) : end.readBigUInt64LE(32)).toBe(BigInt(count));
  });
});
