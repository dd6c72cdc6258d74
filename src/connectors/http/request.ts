import { answered, isPage } from '../call.ts';
import type { CallAnswer, CallRequest } from '../call.ts';
import { at, fillJson, fillRecord, fillText, UnfitError } from '../fill.ts';
import type { Values } from '../fill.ts';
import type { Expect, RecipeRequest } from './recipe.ts';

/** From a recipe's request to one that can be sent, and from an answer to whether it is what the recipe expects. Pure. */

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

export const meets = (
  answer: Pick<CallAnswer, 'status' | 'json' | 'text'>,
  expect: Expect,
  values: Values,
): boolean => {
  const { status, json = {} } = expect;
  const right = status === undefined ? answered(answer) : status.includes(answer.status) && !isPage(answer);
  // A value that is missing is not null: an answer of another shape must not read as proof.
  return (
    right &&
    Object.entries(json).every(([pointer, wanted]) => at(answer.json, pointer) === fillJson(wanted, values))
  );
};
