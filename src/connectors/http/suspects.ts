import type { Json } from '../../base/canonical.ts';
import { NetworkError } from '../../io/http.ts';
import type { Secret } from '../../io/secrets.ts';
import type { Outcome, Preview, Proof } from '../../model/action.ts';
import { lost, refused as refusal, unproved } from '../call.ts';
import type { Action, ActionInput, Outside } from '../connector.ts';
import { allProved, hasOwn, joined, ordinal, ownLast, ownWarning } from '../several.ts';
import { optionalOwn, preview as shownRequest, send, unfit, valuesOf } from './context.ts';
import { meets, UnfitError } from './fill.ts';
import type { Recipe, RecipeAction } from './recipe.ts';
import { judge, keep } from './settings.ts';

/** A recipe's action on leaked credentials: each is killed on its own, and each is used once more, to be refused. */

const snapshot = async (
  recipe: Recipe,
  one: RecipeAction,
  token: Secret,
  input: ActionInput,
  outside: Outside,
): Promise<Json> => {
  if (one.snapshot === undefined) return null;
  try {
    const answer = await send(recipe, one.snapshot.request, valuesOf(input, null, token), outside);
    const kept = answer.status === 200 ? keep(one.snapshot.keep, answer) : 'refused';
    return typeof kept === 'string' ? null : kept;
  } catch (error) {
    // Evidence is tried for; the thief is cut off anyway.
    if (error instanceof NetworkError || error instanceof UnfitError) return null;
    throw error;
  }
};

const killOne = async (
  recipe: Recipe,
  one: RecipeAction,
  token: Secret,
  name: string,
  input: ActionInput,
  outside: Outside,
): Promise<Outcome> => {
  const receipt = await snapshot(recipe, one, token, input, outside);
  const values = valuesOf(input, null, token);
  const said = one.snapshot !== undefined && receipt === null ? '; the state before was not captured' : '';
  try {
    const answer = await send(recipe, one.request, values, outside);
    const { status: http } = answer;
    if (one.already !== undefined && meets(answer, one.already, values)) {
      return { result: 'already', detail: `${name} was dead already: answered ${http}`, http, receipt };
    }
    if (!meets(answer, one.done, values)) return { ...refusal(answer, `killing ${name}`), receipt };
    return {
      result: http === 202 ? 'accepted' : 'done',
      detail: `killing ${name}: answered ${http}${said}`,
      http,
      receipt,
    };
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
  const values = valuesOf(input, null, token);
  try {
    const answer = await send(recipe, one.verify.request, values, outside);
    const judged = judge(answer, one.verify.expect, values);
    const how = `${one.verify.request.method} ${one.verify.request.path} with ${name} answered ${answer.status}`;
    return { is: judged === null ? 'unproved' : judged ? 'proved' : 'refuted', how, http: answer.status };
  } catch (error) {
    return error instanceof UnfitError
      ? { is: 'unproved', how: error.message }
      : unproved(error, `asking with ${name}`);
  }
};

const proofs = async (
  recipe: Recipe,
  one: RecipeAction,
  input: ActionInput,
  outside: Outside,
): Promise<readonly Proof[]> => {
  const tokens = ownLast(outside.suspects, await optionalOwn(recipe, outside));
  const found: Proof[] = [];
  for (const [i, token] of tokens.entries()) {
    found.push(await proveOne(recipe, one, token, ordinal(i, tokens.length), input, outside));
  }
  return found;
};

const preview = async (
  recipe: Recipe,
  one: RecipeAction,
  input: ActionInput,
  outside: Outside,
): Promise<Preview> => {
  const { suspects } = outside;
  const found = await proofs(recipe, one, input, outside);
  const unsure = found.filter((proof) => proof.is === 'unproved').map((proof) => proof.how);
  const all = found.length > 0 && found.every((proof) => proof.is === 'proved');
  const own = hasOwn(suspects, await optionalOwn(recipe, outside))
    ? [ownWarning(input['own_token_too'] === true)]
    : [];
  return {
    calls: suspects.map((_one, i) =>
      shownRequest(one.request, valuesOf(input), outside, ordinal(i, suspects.length)),
    ),
    breaks: one.breaks,
    now: found.some((proof) => proof.is === 'refuted') ? 'active' : all ? 'already' : 'unknown',
    warnings: [...own, ...unsure],
  };
};

export const suspectSwitch = (
  recipe: Recipe,
  one: RecipeAction,
): Pick<Action, 'preview' | 'run' | 'verify'> => ({
  preview: async (input, outside) => await preview(recipe, one, input, outside),
  async run(input, outside) {
    const own = await optionalOwn(recipe, outside);
    if (hasOwn(outside.suspects, own) && input['own_token_too'] !== true) {
      return { result: 'failed', detail: `nothing was sent: ${ownWarning(false)}` };
    }
    const tokens = ownLast(outside.suspects, own);
    const outcomes: Outcome[] = [];
    for (const [i, token] of tokens.entries()) {
      outcomes.push(await killOne(recipe, one, token, ordinal(i, tokens.length), input, outside));
    }
    return joined(outcomes);
  },
  verify: async (input, outside) => allProved(await proofs(recipe, one, input, outside)),
});
