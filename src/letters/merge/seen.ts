/**
 * Which readers have had their letter. Sixty-four bits of each are kept in one table: 16 MiB for a million of them, whatever they are called. Two that agree in all bits would be taken for one and
 * reported as such: one chance in twenty million for a list of a million.
 */
export interface Seen {
  /** True where it has been seen before. A key is hex, of SHA-256: nobody can make up an address that counts as somebody else's. */
  add(key: string): boolean;
}

const START = 1 << 12;
const FULL = 0.75;

export function seenBefore(slots = START): Seen {
  let table = new Uint32Array(slots * 2);
  let [size, count] = [slots, 0];
  const put = (into: Uint32Array, mask: number, low: number, high: number): boolean => {
    for (let at = low & mask; ; at = (at + 1) & mask) {
      const a = into[at * 2] ?? 0;
      const b = into[at * 2 + 1] ?? 0;
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
    add(key) {
      if (count > size * FULL) grow();
      const before = put(table, size - 1, lowOf(key), highOf(key));
      if (!before) count += 1;
      return before;
    },
  };
}

/** The first 64 bits, never two zeros, which mean an empty slot. */
const lowOf = (key: string): number => (digits(key, 0) | 1) >>> 0;
const highOf = (key: string): number => digits(key, 8) >>> 0;

/** Eight of its lower-case hex digits. This is asked of every row, and twice as fast as parsing a slice. */
function digits(key: string, from: number): number {
  let value = 0;
  for (let at = from; at < from + 8; at++) {
    const code = key.charCodeAt(at);
    value = (value << 4) | (code < 58 ? code - 48 : code - 87);
  }
  return value;
}
