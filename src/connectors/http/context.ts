import type { Secret } from '../../io/secrets.ts';
import type { Outcome } from '../../model/action.ts';
import { call } from '../call.ts';
import type { CallAnswer } from '../call.ts';
import type { Outside } from '../connector.ts';
import { HIDDEN, shown } from '../several.ts';
import { fillText, UnfitError } from '../fill.ts';
import type { Values } from '../fill.ts';
import { fillRequest } from './request.ts';
import type { Recipe, RecipeRequest } from './recipe.ts';

/** How a recipe's request becomes a real one: the instance's credential is added here and nowhere else. */

const credential = (recipe: Recipe, request: RecipeRequest, secret: string): Record<string, string> => {
  const { auth } = recipe;
  if (auth === undefined || request.auth === false) return {};
  return { [auth.header.toLowerCase()]: fillText(auth.template, { secret }) };
};

/** Whether the request brings its own credential in the header that `auth` would fill: a negative proof does. */
const bringsOwn = (recipe: Recipe, request: RecipeRequest): boolean =>
  Object.keys(request.headers ?? {}).some((name) => name.toLowerCase() === recipe.auth?.header.toLowerCase());

/** @throws UnfitError, NetworkError */
export const send = async (
  recipe: Recipe,
  request: RecipeRequest,
  values: Values,
  outside: Outside,
  once = false,
): Promise<CallAnswer> => {
  const { auth } = recipe;
  const own =
    auth === undefined || request.auth === false || bringsOwn(recipe, request)
      ? ''
      : (await outside.secret(auth.secret)).use();
  const filled = fillRequest(request, values, { ...recipe.headers, ...credential(recipe, request, own) });
  return await call(outside, once ? { ...filled, once } : filled);
};

/** The request as a preview shows it; header names are told, their secrets are not. */
export const preview = (request: RecipeRequest, values: Values, outside: Outside, note?: string) =>
  shown(outside.baseUrl, fillRequest(request, { ...values, suspect: HIDDEN }, {}), note);

export const unfit = (error: unknown): Outcome => {
  if (!(error instanceof UnfitError)) throw error;
  return { result: 'failed', detail: `nothing was sent: ${error.message}` };
};

/** The instance's own credential; null where the recipe has none. */
export const optionalOwn = async (recipe: Recipe, outside: Outside): Promise<Secret | null> =>
  recipe.auth === undefined ? null : await outside.secret(recipe.auth.secret);
