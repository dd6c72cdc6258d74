import type { Json } from './canonical.ts';

/** Deeper than anything a vendor answers or a person writes, far less than what a walk through it would need to overflow. */
const DEPTH_MAX = 64;

/**
 * JSON that comes from outside: a vendor's answer, a file, what a program printed. Refused is what two readers could read as
 * two things, or what nobody writes: a key that stands twice in one object, and more than 64 levels. Of several megabytes that a person
 * waits behind, so each sign is looked at once.
 * @throws SyntaxError
 */
export const parseJson = (text: string): Json => {
  const written = keysWritten(text);
  const value = JSON.parse(text) as Json;
  // Of keys that are written twice the parser keeps one.
  if (keysKept(value) !== written) throw new SyntaxError('a key stands twice in one object');
  return value;
};

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * How many keys a text has, if it is JSON at all: a colon outside a string follows each. Refuses its depth before the parser runs, which
 * would build every level first.
 */
function keysWritten(text: string): number {
  let [depth, keys] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) at = endOfString(text, at);
    else if (sign === COLON) keys += 1;
    else if (sign === OPEN_OBJECT || sign === OPEN_LIST) depth += 1;
    else if (sign === CLOSE_OBJECT || sign === CLOSE_LIST) depth -= 1;
    if (depth > DEPTH_MAX) throw new SyntaxError(`nested deeper than ${DEPTH_MAX} levels`);
  }
  return keys;
}

/** Never deeper than was let in. */
function keysKept(value: Json): number {
  if (value === null || typeof value !== 'object') return 0;
  if (Array.isArray(value)) return value.reduce((sum: number, one: Json) => sum + keysKept(one), 0);
  const parts: readonly Json[] = Object.values(value);
  return parts.reduce<number>((sum, one) => sum + keysKept(one), parts.length);
}

/** Where the string that begins here ends; the end of the text where it does not. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at;
    while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
    // Two make one that stands for itself.
    if ((at - before) % 2 === 0) return at;
  }
  return text.length;
}
