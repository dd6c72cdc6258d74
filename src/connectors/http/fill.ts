import type { Json } from '../../base/canonical.ts';
import type { CallRequest } from '../call.ts';
import type { Expect, RecipeRequest } from './recipe.ts';

/** Puts values into a recipe's request and reads an answer by its expectations. Pure. */

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
  template.replace(PLACE, (place, name: string) => (name in values ? encode(textOf(values[name])) : place));

/** A placeholder that is the whole string keeps the type of its value, so that a receipt's `true` goes back as `true`. */
export const fillJson = (template: Json, values: Values): Json => {
  if (typeof template === 'string') {
    const whole = WHOLE.exec(template)?.[1];
    return whole !== undefined && whole in values ? (values[whole] ?? null) : fillText(template, values);
  }
  if (template === null || typeof template !== 'object') return template;
  if (Array.isArray(template)) return template.map((one: Json) => fillJson(one, values));
  return Object.fromEntries(Object.entries(template).map(([key, one]) => [key, fillJson(one, values)]));
};

const fillRecord = (record: Readonly<Record<string, string>>, values: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([key, template]) => [key, fillText(template, values)]));

/** A value that cannot go where the recipe wants it: the request is not made. */
export class UnfitError extends Error {
  override readonly name = 'UnfitError';
}

const path = (template: string, values: Values): string => {
  const filled = fillText(template, values, encodeURIComponent);
  // `..` and its encoded form would climb out of the path that the recipe's author meant.
  if (filled.split('/').some((part) => /^(\.|%2e){1,2}$/i.test(part)) || /\/\/|.\/$/.test(filled)) {
    throw new UnfitError('a value leaves a part of the path empty, or would climb out of it');
  }
  return filled;
};

const carried = (headers: Record<string, string>): Record<string, string> => {
  for (const value of Object.values(headers)) {
    if (!/^[\t\x20-\x7e]*$/.test(value))
      throw new UnfitError('a value has characters that a header cannot carry');
  }
  return headers;
};

const lower = (record: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key.toLowerCase(), value]));

/**
 * `common` holds the recipe's headers and the credential, ready: nothing is filled into a secret.
 * @throws UnfitError
 */
export const fillRequest = (
  request: RecipeRequest,
  values: Values,
  common: Readonly<Record<string, string>>,
): CallRequest => ({
  method: request.method,
  path: path(request.path, values),
  headers: carried({ ...lower(common), ...fillRecord(lower(request.headers ?? {}), values) }),
  ...(request.query === undefined ? {} : { query: fillRecord(request.query, values) }),
  ...(request.json === undefined ? {} : { json: fillJson(request.json, values) }),
  ...(request.form === undefined ? {} : { form: fillRecord(request.form, values) }),
});

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

export const meets = (
  answer: Readonly<{ status: number; json: Json }>,
  expect: Expect,
  values: Values,
): boolean => {
  const { status, json = {} } = expect;
  const right =
    status === undefined ? answer.status >= 200 && answer.status < 300 : status.includes(answer.status);
  // A value that is missing is not null: an answer of another shape must not read as proof.
  return (
    right &&
    Object.entries(json).every(([pointer, wanted]) => at(answer.json, pointer) === fillJson(wanted, values))
  );
};
