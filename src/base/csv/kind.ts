/**
 * What a text is made of, as bits: none of them is a word of ASCII letters and digits. A text that is not `ODD` is printable, in one
 * line, with no space at an end and no two in a row: every form of a letter writes it as it is, unless it escapes a sign of markup.
 */
export type Kind = number;
/** Letters of U+00C0 to U+017F. */
const LATIN = 1;
/** Anything else, or a space where one cannot be seen: nothing is known of the text. */
export const ODD = 2;
/** A sign that HTML escapes. */
export const MARKUP = 4;
const SPACE = 8;
/** ASCII that is no letter, digit or space. */
const SIGN = 16;

export const isAscii = (kind: Kind): boolean => (kind & (LATIN | ODD)) === 0;
/** Letters, digits and spaces of ASCII. */
export const isWord = (kind: Kind): boolean => (kind & (LATIN | ODD | SIGN)) === 0;

const ofCode = (code: number): Kind => {
  if (code === 32) return SPACE;
  if (code < 32 || code === 127) return ODD;
  const char = String.fromCharCode(code);
  return /[A-Za-z0-9]/.test(char) ? 0 : /["&'<>]/.test(char) ? SIGN | MARKUP : SIGN;
};
/** By the byte of UTF-8: what begins with C3, C4 or C5 lies in U+00C0 to U+017F, and what follows adds nothing odd to it. */
export const kindOfByte: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 128 ? ofCode(byte) : byte < 0xc0 || (byte >= 0xc3 && byte <= 0xc5) ? LATIN : ODD,
);

/** The bits of all bytes of a text, once its spaces were looked at. */
export function settled(bits: Kind, bytes: Uint8Array, from: number, to: number): Kind {
  if ((bits & SPACE) === 0) return bits;
  if (bytes[from] === 32 || bytes[to - 1] === 32) return bits | ODD;
  for (let at = from + 1; at < to; at++) if (bytes[at] === 32 && bytes[at - 1] === 32) return bits | ODD;
  return bits;
}

export function kindOf(text: string): Kind {
  let bits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    bits |= code < 128 ? (kindOfByte[code] ?? ODD) : code >= 0xc0 && code <= 0x17f ? LATIN : ODD;
  }
  return (bits & SPACE) !== 0 && (text.startsWith(' ') || text.endsWith(' ') || text.includes('  '))
    ? bits | ODD
    : bits;
}
