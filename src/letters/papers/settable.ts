import { CHARACTERS } from './characters.ts';

/** A text that our fonts can set to the end, and what had to be written as `\u{..}` for that, each once. */
export type Settable = Readonly<{ text: string; missing: readonly string[] }>;

const unpacked = (ranges: string): ReadonlySet<number> => {
  const points = new Set<number>();
  let at = 0;
  for (const range of ranges.split(' ')) {
    const [gap = 0, more = 0] = range.split('-').map((digits) => Number.parseInt(digits, 36));
    const from = at + gap;
    at = from + more;
    for (let point = from; point <= at; point += 1) points.add(point);
  }
  return points;
};

/** In the order in which they are asked for a character. */
export const FAMILIES: readonly string[] = CHARACTERS.map(([family]) => family);

let made: readonly ReadonlySet<number>[] | undefined;
const fonts = (): readonly ReadonlySet<number>[] =>
  (made ??= CHARACTERS.map(([, ranges]) => unpacked(ranges)));

/** Joiners and variation selectors change how others look and need no glyph of their own. */
const IGNORED = /^\p{Default_Ignorable_Code_Point}$/u;
/** A character with the marks on it: one font has to have all of them, because marks are placed by the font of their base. */
const CLUSTER = /\P{M}[\p{M}\u200c\u200d]*|\p{M}[\p{M}\u200c\u200d]*/gsu;
const EVERYDAY = /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u024f]*$/;

/** What no font has becomes visible: a typesetter would stop at it, or leave a gap that nobody notices. */
export function settable(text: string): Settable {
  if (EVERYDAY.test(text)) return { text, missing: [] };
  const missing = new Set<string>();
  const shown = (char: string): string => {
    missing.add(char);
    return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
  };
  const set = text.replaceAll(CLUSTER, (cluster) => {
    const chars = Array.from(cluster);
    const has = (font: ReadonlySet<number>) => (char: string) =>
      IGNORED.test(char) || font.has(char.codePointAt(0) ?? 0);
    const whole = fonts().find((font) => chars.every(has(font)));
    if (whole !== undefined) return cluster;
    const [base = ''] = chars;
    const font = fonts().find((one) => has(one)(base)) ?? NONE;
    return chars.map((char) => (has(font)(char) && font !== NONE ? char : shown(char))).join('');
  });
  return { text: set, missing: [...missing] };
}

const NONE: ReadonlySet<number> = new Set();

const RIGHT_TO_LEFT = /^[\p{Script=Hebrew}\p{Script=Arabic}]/u;
const LETTER = /\p{L}/u;

/**
 * The direction of the first letter, as readers of plain text and browsers decide it too, and the language that reads so. No letter:
 * null, the direction of what stands around it.
 */
export function directionOf(text: string): Readonly<{ rtl: boolean; language: 'he' | 'ar' | null }> | null {
  const first = LETTER.exec(text)?.[0];
  if (first === undefined) return null;
  if (!RIGHT_TO_LEFT.test(first)) return { rtl: false, language: null };
  return { rtl: true, language: /\p{Script=Hebrew}/u.test(first) ? 'he' : 'ar' };
}
