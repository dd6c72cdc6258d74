/** Finds any of thousands of texts in another one, in one pass over it: a thousand leaked tokens have twenty forms each. */

/** From the one place and before the other. */
export type Span = readonly [start: number, end: number];
/** What was found, by where it begins: of what begins at one place, the longest. */
export type Finder = (text: string) => readonly Span[];

/** So many characters decide whether a longer look is worth it; no needle is shorter. */
const HEAD = 6;
const SIEVE = 2 ** 16;

export const makeFinder = (needles: readonly string[]): Finder => {
  const all = new Set(needles);
  const sieve = new Uint8Array(SIEVE);
  const lengths = new Map<string, number[]>();
  for (const needle of all) {
    sieve[sieved(needle, 0)] = 1;
    const head = needle.slice(0, HEAD);
    const known = lengths.get(head) ?? [];
    if (!known.includes(needle.length)) known.push(needle.length);
    lengths.set(head, known);
  }
  // A vendor's tokens all begin alike: what begins so is looked up whole, once for each length there is.
  for (const known of lengths.values()) known.sort((a, b) => b - a);
  return (text) => {
    const found: Span[] = [];
    for (let at = 0; at + HEAD <= text.length; at += 1) {
      if (sieve[sieved(text, at)] === 0) continue;
      const longest = lengths
        .get(text.slice(at, at + HEAD))
        // At the end of the text a slice is shorter than asked for, and may be another, shorter needle.
        ?.find((length) => at + length <= text.length && all.has(text.slice(at, at + length)));
      if (longest !== undefined) found.push([at, at + longest]);
    }
    return found;
  };
};

/** A number for the first three characters: most places of a text are passed over by it. */
const sieved = (text: string, at: number): number =>
  (text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) & (SIEVE - 1);

/** What overlaps is one; what only touches stays two. */
export const merged = (spans: readonly Span[]): readonly Span[] => {
  const whole: [number, number][] = [];
  for (const [start, end] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = whole.at(-1);
    if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end);
    else whole.push([start, end]);
  }
  return whole;
};
