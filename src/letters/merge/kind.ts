/**
 * What a text is made of, in one look at it: `ascii` and `latin` are printable letters in one line, with no space at an end and no two in
 * a row, and every form writes them as they are unless it escapes a sign of markup. Of all others nothing is known.
 */
export const OTHER = 0;
const LATIN = 1;
export const ASCII = 3;
/** Beside one of the two above: there is a sign in it that HTML escapes. */
export const MARKUP = 4;
export type Kind = number;

/** A pattern in one call is faster than a look at each character: most cells are parts of a longer text. */
const PLAIN = /^[!#-%(-;=?-~]+(?: [!#-%(-;=?-~]+)*$/;
const ASCII_ONLY = /^[!-~]+(?: [!-~]+)*$/;
const LATIN_PLAIN = /^[!#-%(-;=?-~\u00c0-\u017f]+(?: [!#-%(-;=?-~\u00c0-\u017f]+)*$/;
const LATIN_ONLY = /^[!-~\u00c0-\u017f]+(?: [!-~\u00c0-\u017f]+)*$/;

export function kindOf(text: string): Kind {
  if (text === '') return OTHER;
  if (PLAIN.test(text)) return ASCII;
  if (ASCII_ONLY.test(text)) return ASCII | MARKUP;
  if (LATIN_PLAIN.test(text)) return LATIN;
  return LATIN_ONLY.test(text) ? LATIN | MARKUP : OTHER;
}
