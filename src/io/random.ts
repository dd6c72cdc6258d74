import { randomBytes } from 'node:crypto';
import { assert } from '../base/assert.ts';
import type { Clock } from './clock.ts';

export interface Random {
  bytes(length: number): Uint8Array;
}

export function systemRandom(): Random {
  return { bytes: (length) => randomBytes(length) };
}

// Crockford's base 32: no I, L, O, U, so that an id can be read over the telephone.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `<prefix>-` and a ULID: 48 bits of time, so that ids sort by age, and 80 random bits. */
export function newId(prefix: string, clock: Clock, random: Random): string {
  const now = clock.now();
  assert(now >= 0 && now < 2 ** 48, 'the clock is between 1970 and 10889');
  let time = '';
  for (let rest: number = now; time.length < 10; rest = Math.floor(rest / 32)) {
    time = ALPHABET.charAt(rest % 32) + time;
  }
  const chance = Array.from(random.bytes(16), (byte) => ALPHABET.charAt(byte % 32)).join('');
  return `${prefix}-${time}${chance}`;
}
