import { canonicalJson } from '../base/canonical.ts';
import type { Json } from '../base/canonical.ts';
import { sha256Hex } from '../base/hash.ts';
import type { Outside } from './connector.ts';

/** Puts values into the places of a recipe and takes values out of an answer. Pure; shared by the generic connectors. */

export type Values = Readonly<Record<string, Json>>;

const PLACE = /\{([a-z][a-z0-9_.]*)\}/g;
const WHOLE = /^\{([a-z][a-z0-9_.]*)\}$/;

const textOf = (value: Json | undefined): string =>
  value === undefined || value === null
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);

/** Braces that name nothing known stay as they are. */
export const fillText = (
  template: string,
  values: Values,
  encode: (text: string) => string = (text) => text,
): string =>
  template.replace(PLACE, (place, name: string) =>
    Object.hasOwn(values, name) ? encode(textOf(values[name])) : place,
  );

/** A placeholder that is the whole string keeps the type of its value, so that a receipt's `true` goes back as `true`. */
export const fillJson = (template: Json, values: Values): Json => {
  if (typeof template === 'string') {
    const whole = WHOLE.exec(template)?.[1];
    return whole !== undefined && Object.hasOwn(values, whole)
      ? (values[whole] ?? null)
      : fillText(template, values);
  }
  if (template === null || typeof template !== 'object') return template;
  if (Array.isArray(template)) return template.map((one: Json) => fillJson(one, values));
  return Object.fromEntries(Object.entries(template).map(([key, one]) => [key, fillJson(one, values)]));
};

export const fillRecord = (
  record: Readonly<Record<string, string>>,
  values: Values,
): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([key, template]) => [key, fillText(template, values)]));

/** A value that cannot go where the recipe wants it: the request is not made. */
export class UnfitError extends Error {
  override readonly name = 'UnfitError';
}

/** The value at a JSON pointer (RFC 6901); undefined where there is none. */
export const at = (json: Json, pointer: string): Json | undefined => {
  let here: Json | undefined = json;
  for (const raw of pointer.split('/').slice(1)) {
    const key = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (here === null || here === undefined || typeof here !== 'object') return undefined;
    if (Array.isArray(here)) here = /^\d+$/.test(key) ? (here[Number(key)] as Json | undefined) : undefined;
    else here = Object.hasOwn(here, key) ? (here as Readonly<Record<string, Json>>)[key] : undefined;
  }
  return here;
};

/** The values that a snapshot keeps, by JSON pointer; or in a sentence why they cannot be a receipt. */
export const keep = (
  keys: Readonly<Record<string, string>>,
  json: Json,
): Readonly<Record<string, Json>> | string => {
  const kept: Record<string, Json> = {};
  for (const [key, pointer] of Object.entries(keys)) {
    const value = at(json, pointer);
    if (value === undefined) return `the answer has nothing at ${pointer}`;
    kept[key] = value;
  }
  try {
    canonicalJson(kept);
    return kept;
  } catch {
    return 'the state before holds a value that cannot be kept exactly';
  }
};

/** What can stand in the places: the input, what the snapshot kept (as `receipt.key`) and one leaked credential. */
export const valuesOf = (
  input: Readonly<Record<string, Json>>,
  kept: Readonly<Record<string, Json>> = {},
  suspect: string | null = null,
): Values => ({
  ...input,
  ...(suspect === null ? {} : { suspect }),
  ...Object.fromEntries(Object.entries(kept).map(([key, value]) => [`receipt.${key}`, value])),
});

/** Where a recipe of class A takes the key that is the same in every repeat of one intent. */
export const KEY = 'attempt.key';

/** The same with that key: for each credential another one, because each is a request of its own. */
export const withKey = (values: Values, { key }: Pick<Outside, 'key'>): Values => {
  const { suspect } = values;
  return {
    ...values,
    [KEY]: suspect === undefined ? key : sha256Hex(`${key} ${textOf(suspect)}`).slice(0, 32),
  };
};

/** Every place in a piece of a recipe. */
export const placeholders = (value: unknown): readonly string[] =>
  [...(JSON.stringify(value) ?? '').matchAll(PLACE)].flatMap((found) => found[1] ?? []);
