/** A PDF takes 32,767 characters for a title or a bookmark (ISO 19005-2, 6.1.13); a reader sees far fewer. */
export const NAME_MAX = 300;
export const nameOf = (title: string): string => {
  const chars = Array.from(title);
  return chars.length <= NAME_MAX ? title : `${chars.slice(0, NAME_MAX - 1).join('')}…`;
};

/** Where a word is longer than any word, a line may end after each of these many characters. */
const PIECE = 8;
const LONG_WORD = /\S{30,}/gu;
const PIECES = new RegExp(
  `\\P{M}(?:[\\p{M}\\u200c\\u200d]*\\P{M}){0,${PIECE - 1}}[\\p{M}\\u200c\\u200d]*|\\p{M}+`,
  'gu',
);

/** The text in pieces between which a line may end although there is no space; almost always one. */
export function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const { 0: word, index } of text.matchAll(LONG_WORD)) {
    const [head = '', ...more] = word.match(PIECES) ?? [];
    pieces.push(text.slice(at, index) + head, ...more);
    at = index + word.length;
  }
  if (at < text.length || pieces.length === 0) pieces.push(text.slice(at));
  return pieces;
}
