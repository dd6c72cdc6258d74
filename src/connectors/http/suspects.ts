import { NetworkError } from '../../io/http.ts';
import type { Secret } from '../../io/secrets.ts';
import type { Outcome, Proof } from '../../model/action.ts';
import { lost, refused, unproved } from '../call.ts';
import type { ActionInput, Outside } from '../connector.ts';
import { keep, UnfitError, valuesOf, withKey } from '../fill.ts';
import type { Captured, Doomed, Kill } from '../kill.ts';
import { optionalOwn, preview, send, unfit } from './context.ts';
import { meets } from './request.ts';
import type { Recipe, RecipeAction } from './recipe.ts';
import { judge } from './settings.ts';

/** A recipe's action on leaked credentials. */

/** Evidence is tried for once; the thief is cut off anyway. */
const capture = async (
  recipe: Recipe,
  one: RecipeAction,
  token: Secret,
  input: ActionInput,
  outside: Outside,
): Promise<Captured> => {
  if (one.snapshot === undefined) return { receipt: null, lack: null };
  const asking = 'asking for its state before';
  try {
    const values = valuesOf(input, {}, token.use());
    const answer = await send(recipe, one.snapshot.request, values, outside, true);
    const kept = answer.status === 200 ? keep(one.snapshot.keep, answer.json) : `answered ${answer.status}`;
    return typeof kept === 'string'
      ? { receipt: null, lack: `${asking}: ${kept}` }
      : { receipt: kept, lack: null };
  } catch (error) {
    if (error instanceof NetworkError || error instanceof UnfitError)
      return { receipt: null, lack: `${asking}: ${error.message}` };
    throw error;
  }
};

const killOne = async (
  recipe: Recipe,
  one: RecipeAction,
  token: Secret,
  { name, receipt }: Doomed,
  input: ActionInput,
  outside: Outside,
): Promise<Outcome> => {
  const values = withKey(valuesOf(input, {}, token.use()), outside);
  try {
    const answer = await send(recipe, one.request, values, outside);
    const { status: http } = answer;
    if (one.already !== undefined && meets(answer, one.already, values)) {
      return { result: 'already', detail: `${name} was dead already: answered ${http}`, http, receipt };
    }
    if (!meets(answer, one.done, values)) return { ...refused(answer, `killing ${name}`), receipt };
    const detail = `killing ${name}: answered ${http}`;
    return { result: http === 202 ? 'accepted' : 'done', detail, http, receipt };
  } catch (error) {
    return error instanceof UnfitError ? unfit(error) : { ...lost(error, `killing ${name}`), receipt };
  }
};

const proveOne = async (
  recipe: Recipe,
  one: RecipeAction,
  token: Secret,
  name: string,
  input: ActionInput,
  outside: Outside,
): Promise<Proof> => {
  const { request, expect } = one.verify;
  const values = valuesOf(input, {}, token.use());
  try {
    const answer = await send(recipe, request, values, outside);
    const judged = judge(answer, expect, values);
    const how = `${request.method} ${request.path} with ${name} answered ${answer.status}`;
    return { is: judged === null ? 'unproved' : judged ? 'proved' : 'refuted', how, http: answer.status };
  } catch (error) {
    return error instanceof UnfitError
      ? { is: 'unproved', how: error.message }
      : unproved(error, `asking with ${name}`);
  }
};

export const killOf = (recipe: Recipe, one: RecipeAction): Kill => ({
  breaks: one.breaks,
  own: async (outside) => [await optionalOwn(recipe, outside)],
  call: (input, outside, name) => preview(one.request, withKey(valuesOf(input), outside), outside, name),
  capture: async (token, input, outside) => await capture(recipe, one, token, input, outside),
  killOne: async (token, doomed, input, outside) => await killOne(recipe, one, token, doomed, input, outside),
  proveOne: async (token, name, input, outside) => await proveOne(recipe, one, token, name, input, outside),
});
