import type { Json } from '../../base/canonical.ts';
import type { Preview } from '../../model/action.ts';
import type { Action, ActionInput, Outside } from '../connector.ts';
import { previewSetting, switchOff } from '../setting.ts';
import { inputOf } from '../recipe.ts';
import { placeholders, UnfitError, valuesOf, withKey } from '../fill.ts';
import { killSwitch } from '../kill.ts';
import { preview as shownRequest } from './context.ts';
import { recipeSchema } from './recipe.ts';
import type { Recipe, RecipeAction } from './recipe.ts';
import { settingOf } from './settings.ts';
import { killOf } from './suspects.ts';

/** From a recipe to actions. */

const preview = async (
  recipe: Recipe,
  one: RecipeAction,
  input: ActionInput,
  outside: Outside,
): Promise<Preview> => {
  try {
    const calls = [shownRequest(one.request, withKey(valuesOf(input), outside), outside)];
    return { calls, breaks: one.breaks, ...(await previewSetting(settingOf(recipe, one), input, outside)) };
  } catch (error) {
    if (!(error instanceof UnfitError)) throw error;
    return { calls: [], breaks: one.breaks, now: 'unknown', warnings: [error.message] };
  }
};

const actionOf = (recipe: Recipe, one: RecipeAction): Action => {
  const needsSuspect = placeholders([one.request, one.verify]).includes('suspect');
  const setting = switchOff(settingOf(recipe, one));
  const common = {
    title: one.title,
    effect: one.effect,
    retry: one.retry,
    confidence: one.confidence,
    scopes: one.scopes,
    secrets: recipe.auth === undefined ? [] : [recipe.auth.secret],
    input: inputOf(one.input),
    byHand: one.by_hand,
  };
  if (needsSuspect) return { ...common, needsSuspect, ...killSwitch(killOf(recipe, one)) };
  return {
    ...common,
    preview: async (input, outside) => await preview(recipe, one, input, outside),
    run: setting.run,
    verify: setting.verify,
    ...(one.undo === undefined ? {} : { undo: setting.undo }),
  };
};

/** @throws ZodError for what is not a recipe; the catalog has reported its faults before. */
export const bind = (source: Json): Readonly<Record<string, Action>> => {
  const recipe = recipeSchema.parse(source);
  return Object.fromEntries(Object.entries(recipe.actions).map(([id, one]) => [id, actionOf(recipe, one)]));
};
