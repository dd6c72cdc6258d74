import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';
import type { Preview } from '../../model/action.ts';
import type { Action, ActionInput, Outside } from '../connector.ts';
import { previewSetting, switchOff } from '../setting.ts';
import { preview as shownRequest, valuesOf } from './context.ts';
import { UnfitError } from './fill.ts';
import { placeholders, recipeSchema } from './recipe.ts';
import type { Recipe, RecipeAction } from './recipe.ts';
import { settingOf } from './settings.ts';
import { suspectSwitch } from './suspects.ts';

/** From a recipe to actions. */

const scalar = z.union([z.string().min(1).max(500), z.number().int(), z.boolean()]);

const inputOf = (one: RecipeAction, needsSuspect: boolean): z.ZodType<ActionInput> => {
  const fields = Object.entries(one.input).map(([name, param]) => {
    const { describe, default: otherwise } = typeof param === 'string' ? { describe: param } : param;
    const field = scalar.describe(describe);
    return [name, otherwise === undefined ? field : field.default(otherwise)] as const;
  });
  const own = z
    .union([z.boolean(), z.literal('true').transform(() => true)])
    .default(false)
    .describe("also when one of the credentials is the tool's own");
  // Parameters of the inventory row that this action does not use are left out, not refused.
  const shape: Record<string, z.ZodType<string | number | boolean>> = Object.fromEntries(fields);
  return z.object(needsSuspect ? { ...shape, own_token_too: own } : shape);
};

const preview = async (
  recipe: Recipe,
  one: RecipeAction,
  input: ActionInput,
  outside: Outside,
): Promise<Preview> => {
  try {
    const calls = [shownRequest(one.request, valuesOf(input), outside)];
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
    input: inputOf(one, needsSuspect),
    byHand: one.by_hand,
  };
  if (needsSuspect) return { ...common, needsSuspect, ...suspectSwitch(recipe, one) };
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
