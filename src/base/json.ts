import type { Json } from './canonical.ts';

/** Deeper than anything a vendor answers or a person writes, far less than what a walk through it would need to overflow. */
const DEPTH_MAX = 64;

/**
 * JSON that comes from outside: a vendor's answer, a file, what a program printed. Refused is what two readers could read as
 * two things, or what nobody writes: a key that stands twice in one object, and more than 64 levels.
 * @throws SyntaxError
 */
export const parseJson = (text: string): Json => {
  refuseDepth(text);
  const value = JSON.parse(text) as Json;
  refuseDoubles(text);
  return value;
};

/** Before the parser runs: it would build every level first. */
function refuseDepth(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at);
    else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
    if (depth > DEPTH_MAX) throw new SyntaxError(`nested deeper than ${DEPTH_MAX} levels`);
  }
}

/** Of text that the parser took: a string is a key exactly where an object expects one. */
function refuseDoubles(text: string): void {
  const open: (Set<string> | null)[] = [];
  let key = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    const keys = open.at(-1);
    if (sign === '"') {
      const end = endOfString(text, at);
      if (key && keys !== null && keys !== undefined) {
        const name = JSON.parse(text.slice(at, end + 1)) as string;
        if (keys.has(name)) throw new SyntaxError('a key stands twice in one object');
        keys.add(name);
        key = false;
      }
      at = end;
    } else if (sign === '{') {
      open.push(new Set());
      key = true;
    } else if (sign === '[') {
      open.push(null);
      key = false;
    } else if (sign === '}' || sign === ']') {
      open.pop();
      key = false;
    } else if (sign === ',') key = keys !== null;
  }
}

/** Where the string that begins here ends; the end of the text where it does not. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
