/** How many, as people write it during a breach. `most` is Infinity where nobody can say: what is open upwards counts as many. */
export type Count = Readonly<{ least: number; most: number }>;

export const uncounted: Count = { least: 0, most: Infinity };
export const exactly = (n: number): Count => ({ least: n, most: n });

const WORDS: Readonly<Record<string, number>> = {
  no: 0,
  none: 0,
  zero: 0,
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
};

const UNITS: Readonly<Record<string, number>> = {
  dozen: 12,
  hundred: 100,
  thousand: 1000,
  million: 1_000_000,
};

/** "dozens" is two of them at least, and fewer than what has a word of its own. */
const PLURALS: Readonly<Record<string, Count>> = {
  dozens: { least: 24, most: 99 },
  hundreds: { least: 200, most: 999 },
  thousands: { least: 2000, most: 999_999 },
  millions: { least: 2_000_000, most: Infinity },
};

const AROUND = /^(?:about|around|approximately|roughly|circa|ca\.?|~)\s*/;
const UP_TO = /^(?:up to|at most|fewer than|less than|under|<)\s*/;
const FROM = /^(?:over|more than|at least|>=?)\s*/;
const GROUPED = /^\d{1,3}(?:[ ,._']\d{3})+$|^\d+$/;
const DECIMAL = /^\d+\.\d+$/;

type Range = Readonly<{ about?: unknown; from?: unknown; to?: unknown }>;
const isRange = (value: unknown): value is Range =>
  typeof value === 'object' && value !== null && ('about' in value || 'from' in value || 'to' in value);

/** An estimate with its bounds. A bound that nobody gave is no bound. */
function rangeOf({ about, from, to }: Range): Count | null {
  const [middle, low, high] = [about, from, to].map((one) =>
    typeof one === 'number' && Number.isFinite(one) && one >= 0 ? one : null,
  );
  if (low == null && high == null) return middle == null ? null : exactly(middle);
  return { least: low ?? 0, most: high ?? Infinity };
}

/**
 * Reads `{ about, from, to }`, `24`, `"1,200"`, `"100000+"`, `"dozens"`, `"two dozen"`, `"a few hundred"`. A word that names no number, such as
 * `"clients"`, is uncounted. Null for what is no count at all.
 */
export function countOf(value: unknown): Count | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? exactly(value) : null;
  if (isRange(value)) return rangeOf(value);
  if (typeof value !== 'string' || value.trim() === '') return null;
  const text = value.trim().toLowerCase();
  if (/^-\s*\d/.test(text)) return null;
  if (text.endsWith('+')) return openUp(spoken(text.slice(0, -1).trim()));
  if (FROM.test(text)) return openUp(spoken(text.replace(FROM, '')));
  if (UP_TO.test(text)) return { ...spoken(text.replace(UP_TO, '')), least: 0 };
  return spoken(text.replace(AROUND, ''));
}

const openUp = ({ least }: Count): Count => ({ least, most: Infinity });

function spoken(text: string): Count {
  if (GROUPED.test(text)) return exactly(Number(text.replaceAll(/\D/g, '')));
  if (DECIMAL.test(text)) return exactly(Number(text));
  const words = text.split(/[\s-]+/);
  // "several thousand" and "a few dozen" say the plural in other words.
  const few = ['few', 'several', 'some'].find((word) => words.includes(word));
  const last = words.at(-1) ?? '';
  const unit = UNITS[last] ?? 1;
  if (few !== undefined) return UNITS[last] === undefined ? uncounted : (PLURALS[`${last}s`] ?? uncounted);
  const plural = PLURALS[last];
  if (plural !== undefined) return plural;
  const first = words.length > 2 ? undefined : WORDS[words[0] ?? ''];
  if (words.length === 1) return first === undefined && unit === 1 ? uncounted : exactly(first ?? unit);
  const times = first ?? (/^\d+$/.test(words[0] ?? '') ? Number(words[0]) : undefined);
  return words.length === 2 && times !== undefined && unit !== 1 ? exactly(times * unit) : uncounted;
}
