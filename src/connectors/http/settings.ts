import type { Outcome } from '../../model/action.ts';
import { answered, refused as refusal } from '../call.ts';
import type { CallAnswer } from '../call.ts';
import type { ActionInput, Outside } from '../connector.ts';
import { keep, UnfitError, valuesOf, withKey } from '../fill.ts';
import type { Values } from '../fill.ts';
import { held } from '../recipe.ts';
import type { Held } from '../recipe.ts';
import type { Reading, Setting } from '../setting.ts';
import { meets } from './request.ts';
import { send, unfit } from './context.ts';
import type { Recipe, RecipeAction } from './recipe.ts';

/** A recipe's action as one setting at the vendor: off or not, and what its snapshot keeps. */

/** Does the answer prove it, deny it, or say something else altogether? */
export const judge = (
  answer: CallAnswer,
  expect: RecipeAction['verify']['expect'],
  values: Values,
): boolean | null => {
  if (meets(answer, expect, values)) return true;
  return answered(answer) ? false : null;
};

const read = async (
  recipe: Recipe,
  one: RecipeAction,
  input: ActionInput,
  outside: Outside,
): Promise<Reading<Held>> => {
  const values = valuesOf(input);
  const check = await send(recipe, one.verify.request, values, outside);
  const off = judge(check, one.verify.expect, values);
  if (off === null) return { refusal: refusal(check, 'reading the state') };
  if (one.snapshot === undefined) return { state: { off, kept: {} }, remarks: [] };
  const same = JSON.stringify(one.snapshot.request) === JSON.stringify(one.verify.request);
  const answer = same ? check : await send(recipe, one.snapshot.request, values, outside);
  if (answer.status < 200 || answer.status > 299)
    return { refusal: refusal(answer, 'reading the state before') };
  const kept = keep(one.snapshot.keep, answer.json);
  return typeof kept === 'string'
    ? { refusal: { result: 'failed', detail: kept, http: answer.status } }
    : { state: { off, kept }, remarks: [] };
};

const change = async (
  recipe: Recipe,
  one: RecipeAction,
  to: Held,
  input: ActionInput,
  outside: Outside,
): Promise<Outcome> => {
  const request = to.off ? one.request : (one.undo ?? one.request);
  const values = withKey(to.off ? valuesOf(input) : valuesOf(input, to.kept), outside);
  const answer = await send(recipe, request, values, outside);
  const { status: http } = answer;
  if (to.off && one.already !== undefined && meets(answer, one.already, values)) {
    return { result: 'already', detail: `the system answered ${http}: nothing was left to do`, http };
  }
  const did = `${request.method} of "${one.title}"`;
  if (!meets(answer, to.off ? one.done : {}, values)) return refusal(answer, did);
  // 202 is a promise: the proof that follows must show that it was kept.
  return http === 202
    ? { result: 'accepted', detail: `${did}: accepted, not done yet`, http }
    : { result: 'done', detail: `${did}: answered ${http}`, http };
};

export const settingOf = (recipe: Recipe, one: RecipeAction): Setting<ActionInput, Held> => ({
  what: 'the state',
  state: held,
  reread: true,
  ...(one.undo === undefined ? { blind: { off: true, kept: {} } } : {}),
  async read(input, outside) {
    try {
      return await read(recipe, one, input, outside);
    } catch (error) {
      if (error instanceof UnfitError) return { refusal: unfit(error) };
      throw error;
    }
  },
  isOff: (state) => state.off,
  off: (before) => ({ ...before, off: true }),
  async set(to, input, outside) {
    try {
      return await change(recipe, one, to, input, outside);
    } catch (error) {
      if (error instanceof UnfitError) return unfit(error);
      throw error;
    }
  },
  says: {
    on: 'the system does not report the state that was asked for',
    off: 'the system reports the state that was asked for',
  },
});
