/** What the fan-out is measured at: the same for the tool and for its peers. */
export const terms = { latencyMs: 50, refusedPart: 0.2, concurrency: 32, longestRefusals: 5 } as const;

/**
 * Whether a request is told "later", and how. Drawn from its own name and number, so that every client meets the same fate; after
 * so many refusals in a row one gets through, as at a vendor that means what it says.
 */
export const refusalOf = (what: string, attempt: number): 429 | 503 | null => {
  if (attempt > terms.longestRefusals) return null;
  const draw = drawn(`${what}/${attempt}`);
  if (draw >= terms.refusedPart) return null;
  return draw < terms.refusedPart / 2 ? 429 : 503;
};

/** FNV-1a with a last stir: even enough for a dice, and the same everywhere. */
const drawn = (text: string): number => {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b) >>> 0;
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
};

export const tokenOf = (i: number): string => `tok-${String(i).padStart(4, '0')}-9f3c51aa70`;
