import { hkdfSync } from 'node:crypto';
import { assert } from '../base/assert.ts';
import { concatBytes, sha256, utf8 } from '../base/hash.ts';

/**
 * A recovery code: 128 bits of chance for a sheet of paper, as six groups of five letters. The last four letters check the
 * others, so that a slip of the pen is told from a wrong code.
 */

// Crockford's base 32, without I, L, O and U. What people write for the missing ones is read as what they meant.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const MEANT: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0' };
const BYTES = 16;
const LETTERS = 26;
const CHECKS = 4;

/** `bytes` are 16, of chance. */
export function formatCode(bytes: Uint8Array): string {
  assert(bytes.length === BYTES, 'a recovery code holds 128 bits');
  const letters = lettersOf(bytes, LETTERS) + checkOf(bytes);
  return (letters.match(/.{5}/g) ?? []).join('-');
}

/** The bytes of a code as it was typed; `mistyped` looks like one whose letters do not fit together; null is something else. */
export function parseCode(typed: string): Uint8Array | 'mistyped' | null {
  const letters = Array.from(
    typed.toUpperCase().replaceAll(/[\s-]/g, ''),
    (letter) => MEANT[letter] ?? letter,
  );
  const values = letters.map((letter) => ALPHABET.indexOf(letter));
  if (values.length !== LETTERS + CHECKS || values.includes(-1)) return null;
  const bytes = new Uint8Array(BYTES);
  for (let bit = 0; bit < BYTES * 8; bit += 1) {
    const value = values[Math.floor(bit / 5)] ?? 0;
    if (((value >> (4 - (bit % 5))) & 1) === 1)
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  }
  return lettersOf(bytes, LETTERS) + checkOf(bytes) === letters.join('') ? bytes : 'mistyped';
}

/** The secret behind a code: 128 bits of chance need no slow derivation. */
export function secretOfCode(code: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', code, new Uint8Array(), 'firebreak/recovery/v1', 32));
}

const checkOf = (bytes: Uint8Array): string =>
  lettersOf(sha256(concatBytes(utf8('firebreak/recovery-check/v1\0'), bytes)), CHECKS);

function lettersOf(bytes: Uint8Array, count: number): string {
  let out = '';
  for (let at = 0; at < count; at += 1) {
    let value = 0;
    for (let bit = at * 5; bit < at * 5 + 5; bit += 1) {
      value = (value << 1) | (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
    }
    out += ALPHABET.charAt(value);
  }
  return out;
}
