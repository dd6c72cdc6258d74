import { sha256Hex } from '../../base/hash.ts';

/**
 * Which addresses have had their letter. Sixty-four bits of each are kept in one table, so that its size does not follow the
 * length of the addresses: 32 MiB up to three million of them. Two addresses that agree in all bits would be taken for one and
 * reported as such: one chance in twenty million for a list of a million.
 */
export interface Seen {
  /** True where it has been seen before. Letter case does not matter: no provider tells two boxes apart by it. */
  add(address: string): boolean;
}

const START = 1 << 22;
const FULL = 0.75;

export function seenBefore(slots = START): Seen {
  let table = new Uint32Array(slots * 2);
  let [size, count] = [slots, 0];
  const put = (into: Uint32Array, mask: number, low: number, high: number): boolean => {
    for (let at = low & mask; ; at = (at + 1) & mask) {
      const [a, b] = [into[at * 2] ?? 0, into[at * 2 + 1] ?? 0];
      if (a === 0 && b === 0) {
        into[at * 2] = low;
        into[at * 2 + 1] = high;
        return false;
      }
      if (a === low && b === high) return true;
    }
  };
  const grow = (): void => {
    const old = table;
    size *= 2;
    table = new Uint32Array(size * 2);
    for (let i = 0; i < old.length; i += 2) {
      const [low, high] = [old[i] ?? 0, old[i + 1] ?? 0];
      if (low !== 0 || high !== 0) put(table, size - 1, low, high);
    }
  };
  return {
    add(address) {
      if (count > size * FULL) grow();
      const [low, high] = hashed(address.toLowerCase());
      const before = put(table, size - 1, low, high);
      if (!before) count += 1;
      return before;
    },
  };
}

/** Of SHA-256, so that nobody can make up an address that counts as somebody else's. Never two zeros, which mean an empty slot. */
function hashed(text: string): readonly [number, number] {
  const hex = sha256Hex(text);
  return [(Number.parseInt(hex.slice(0, 8), 16) | 1) >>> 0, Number.parseInt(hex.slice(8, 16), 16)];
}
