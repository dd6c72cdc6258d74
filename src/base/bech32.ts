/** Bech32 (BIP 173) without its length limit, as age writes keys: a readable prefix, 5 bits a letter, a checksum. */

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const CHECK_LETTERS = 6;

export function encodeBech32(prefix: string, bytes: Uint8Array): string {
  const data = regroup(bytes, 8, 5, true) ?? [];
  const sum = polymod([...expand(prefix), ...data, 0, 0, 0, 0, 0, 0]) ^ 1;
  const check = Array.from({ length: CHECK_LETTERS }, (_, i) => (sum >> (5 * (CHECK_LETTERS - 1 - i))) & 31);
  return `${prefix}1${[...data, ...check].map((value) => ALPHABET.charAt(value)).join('')}`;
}

/** The bytes behind the prefix; null when a letter is wrong, missing or of another case than the rest. */
export function decodeBech32(prefix: string, text: string): Uint8Array | null {
  if (text !== text.toLowerCase() && text !== text.toUpperCase()) return null;
  const lower = text.toLowerCase();
  if (!lower.startsWith(`${prefix}1`)) return null;
  const data = Array.from(lower.slice(prefix.length + 1), (letter) => ALPHABET.indexOf(letter));
  if (data.includes(-1) || polymod([...expand(prefix), ...data]) !== 1) return null;
  const bytes = regroup(data.slice(0, -CHECK_LETTERS), 5, 8, false);
  return bytes === null ? null : Uint8Array.from(bytes);
}

function expand(prefix: string): readonly number[] {
  const codes = Array.from(prefix, (letter) => letter.charCodeAt(0));
  return [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
}

function polymod(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [i, generator] of GENERATORS.entries()) if (((top >> i) & 1) === 1) sum ^= generator;
  }
  return sum;
}

/** The same bits in groups of another size. Null where bits are left over that cannot be padding. */
function regroup(values: Iterable<number>, from: number, to: number, pad: boolean): number[] | null {
  const out: number[] = [];
  let [held, bits] = [0, 0];
  for (const value of values) {
    held = ((held << from) | value) & 0xfff;
    bits += from;
    while (bits >= to) {
      bits -= to;
      out.push((held >> bits) & ((1 << to) - 1));
    }
  }
  const rest = held & ((1 << bits) - 1);
  if (pad) return bits === 0 ? out : [...out, (rest << (to - bits)) & ((1 << to) - 1)];
  return bits < from && rest === 0 ? out : null;
}
