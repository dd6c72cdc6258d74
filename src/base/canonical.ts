/** A JSON value that nobody changes. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** How deep a value may nest; the outermost object counts as one. */
const MAX_DEPTH = 16;

/** A value that has no canonical form. `path` names the place, as in `pub.items[3].rate`. */
export class CanonicalError extends Error {
  override readonly name = 'CanonicalError';
  readonly path: string;

  constructor(path: string, why: string) {
    super(path === '' ? why : `${path}: ${why}`);
    this.path = path;
  }
}

/**
 * The one text of a JSON value (RFC 8785): keys in UTF-16 order, no spaces.
 * Narrower than the RFC so that every JSON reader agrees: whole numbers up to 2^53-1, well-formed strings, depth 16.
 * @throws CanonicalError
 */
export function canonicalJson(value: Json): string {
  return write(value, '', 1, false);
}

/**
 * As `canonicalJson`, for what goes into a journal entry: keys are `[a-z0-9_]+` and no string holds U+007F,
 * which some versions of jq rewrite. Within these limits `jq -cjS .` gives the same bytes.
 * @throws CanonicalError
 */
export function canonicalEntry(value: JsonObject): string {
  // Node's own writer takes a fraction of the time. Where it might write something else the text is written out, or refused.
  const plain = ordered(value, 1);
  const text = plain === undefined ? null : JSON.stringify(plain);
  return text === null || SPECIAL.test(text) ? write(value, '', 1, true) : text;
}

/**
 * Whether `text`, which was parsed into `value`, is what `canonicalEntry` writes for it. Node's own writer answers for
 * nearly every entry in a fraction of the time; whatever it writes otherwise is written out here.
 */
export function isCanonicalEntry(value: JsonObject, text: string): boolean {
  // In this order: Node's writer overflows the stack on levels without end.
  if (!SPECIAL.test(text) && inOrder(value, 1) && JSON.stringify(value) === text) return true;
  try {
    return write(value, '', 1, true) === text;
  } catch {
    return false;
  }
}

/** U+007F, or what may be half a surrogate pair. */
const SPECIAL = /\u007f|\\u[dD]/;
const KEY = /^[a-z0-9_]+$/;

/** Keys in order, depth and numbers as `write` wants them: all that Node's writer does not look at. */
function inOrder(value: Json, depth: number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth > MAX_DEPTH) return false;
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) if (!inOrder(item, depth + 1)) return false;
    return true;
  }
  let before = '';
  for (const key of Object.keys(value)) {
    if (key <= before || !KEY.test(key)) return false;
    before = key;
    if (!inOrder((value as JsonObject)[key] as Json, depth + 1)) return false;
  }
  return true;
}

/** The value with its keys in order, copied where they are not; undefined for what Node's writer cannot be trusted with. */
function ordered(value: Json, depth: number): Json | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value)) {
    const given = value as readonly Json[];
    const items = given.map((item) => ordered(item, depth + 1));
    if (items.includes(undefined)) return undefined;
    return items.every((item, i) => item === given[i]) ? given : (items as readonly Json[]);
  }
  const object = value as JsonObject;
  const keys = Object.keys(object);
  let same = isPlain(object) && keys.every((key, i) => i === 0 || (keys[i - 1] ?? '') < key);
  if (!same) keys.sort();
  const items: Json[] = [];
  for (const key of keys) {
    const item = NAME.test(key) ? ordered(object[key] as Json, depth + 1) : undefined;
    if (item === undefined) return undefined;
    same &&= item === object[key];
    items.push(item);
  }
  if (same) return object;
  const copy: Record<string, Json> = {};
  for (const [i, key] of keys.entries()) copy[key] = items[i] as Json;
  return copy;
}

/** An object that inherits nothing that Node's writer would ask, as a date has. */
const isPlain = (object: JsonObject): boolean => Object.getPrototypeOf(object) === Object.prototype;

/** Keys that stay where they are put: the engine moves those that look like numbers, and `__proto__` is none at all. */
const NAME = /^[a-z][a-z0-9_]*$/;

function write(value: Json, path: string, depth: number, strict: boolean): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeNumber(value, path);
  if (typeof value === 'string') return writeString(value, path, strict);
  if (typeof value !== 'object') throw new CanonicalError(path, `${typeof value} is not JSON`);
  if (depth > MAX_DEPTH) throw new CanonicalError(path, `nested deeper than ${MAX_DEPTH}`);
  if (Array.isArray(value)) {
    const items = Array.from(value as readonly Json[], (item, i) =>
      write(item, `${path}[${i}]`, depth + 1, strict),
    );
    return `[${items.join(',')}]`;
  }
  return writeObject(value as JsonObject, path, depth, strict);
}

function writeObject(object: JsonObject, path: string, depth: number, strict: boolean): string {
  const parts: string[] = [];
  // The default sort compares UTF-16 code units, which is what RFC 8785 section 3.2.3 asks for.
  for (const key of Object.keys(object).sort()) {
    const at = path === '' ? key : `${path}.${key}`;
    if (strict && !/^[a-z0-9_]+$/.test(key)) {
      throw new CanonicalError(at, 'keys are lower-case letters, digits and _');
    }
    parts.push(`${writeString(key, at, strict)}:${write(object[key] as Json, at, depth + 1, strict)}`);
  }
  return `{${parts.join(',')}}`;
}

function writeNumber(value: number, path: string): string {
  if (!Number.isSafeInteger(value))
    throw new CanonicalError(path, `${value} is not a whole number up to 2^53-1`);
  return String(value === 0 ? 0 : value);
}

function writeString(text: string, path: string, strict: boolean): string {
  if (!text.isWellFormed()) throw new CanonicalError(path, 'text with half a surrogate pair');
  if (strict && text.includes('\u007f')) throw new CanonicalError(path, 'text with U+007F');
  return JSON.stringify(text);
}
