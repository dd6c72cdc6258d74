import { Buffer } from 'node:buffer';
import { sha256Hex } from '../../base/hash.ts';
import { isAscii } from '../../base/csv/kind.ts';
import { fieldText, type Field } from './field.ts';

/** Longer addresses are none that mail goes to. */
const ROOM = 512;

/**
 * What a letter to an address is called everywhere: 32 hex digits, the same for the same address and the same `salt`, however the address
 * is written. The salt goes in as a short hash of its own, so that a million letters do not hash it a million times.
 */
export function keysOf(salt: string): (address: Field) => string {
  const head = Buffer.from(`${sha256Hex(salt).slice(0, 32)}\n`, 'latin1');
  const room = Buffer.concat([head, Buffer.alloc(ROOM)]);
  const keyOf = (length: number): string => sha256Hex(room.subarray(0, head.length + length)).slice(0, 32);
  return (address) => {
    const { bytes, from, to, kind, own } = address;
    if (own === null && isAscii(kind) && to - from <= ROOM) {
      let at = head.length;
      for (let i = from; i < to; i++, at++) {
        const byte = bytes[i] ?? 0;
        room[at] = byte >= 65 && byte <= 90 ? byte + 32 : byte;
      }
      return keyOf(to - from);
    }
    const lower = Buffer.from(fieldText(address).toLowerCase(), 'utf8');
    if (lower.length > ROOM) return sha256Hex(Buffer.concat([head, lower])).slice(0, 32);
    lower.copy(room, head.length);
    return keyOf(lower.length);
  };
}
