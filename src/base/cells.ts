/** Text whose letters take one cell each: ASCII, Latin letters and the signs of the screens. Nearly all there is. */
const NARROW =
  /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u024f\u2026\u2298\u2500\u2502\u258f\u25a0\u25b2\u25b6\u2610\u2611\u26a0\u2713\u2717]*$/;

const WIDE = new RegExp(
  [
    String.raw`[\p{Emoji_Presentation}[\p{Unassigned}&&[\u{1f000}-\u{1faff}]]\u{2630}-\u{2637}\u{268a}-\u{268f}\u{2e80}-\u{303e}\u{3041}-\u{33ff}]`,
    String.raw`[\u{3400}-\u{a4cf}\u{a960}-\u{a97c}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe10}-\u{fe6b}]`,
    String.raw`[\u{1100}-\u{115f}\u{2329}\u{232a}\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}\u{16fe0}-\u{1b2ff}]`,
    String.raw`[\u{1d300}-\u{1d376}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]`,
  ].join('|'),
  'v',
);
const NOTHING = /[\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}]/v;

/** Makes a picture of the sign before it, which then takes two cells where terminals know of it. */
const PICTURE = '\ufe0f';

const cellsOfOne = (char: string): number => {
  if (char === PICTURE) return 1;
  // Before what is wide: the signs of tone vowels and fillers are among both.
  if (NOTHING.test(char)) return 0;
  return WIDE.test(char) ? 2 : 1;
};

/**
 * Cells that a text takes at most. Terminals differ about joined emoji, flags, jamo and marks: some draw one picture of two
 * cells, some every sign for itself. A line that is too short anywhere harms nobody; one that is too long breaks the screen.
 */
export const cellsOf = (text: string): number => {
  if (NARROW.test(text)) return text.length;
  let cells = 0;
  for (const char of text) cells += cellsOfOne(char);
  return cells;
};

export const padCells = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - cellsOf(text)));

/** A text in the pieces that a line may be broken into: what stands on a sign or joins it stays with it. */
export const signsOf = (text: string): readonly string[] =>
  NARROW.test(text) ? Array.from(text) : (text.match(/[^][\p{M}\p{Default_Ignorable_Code_Point}]*/gv) ?? []);
