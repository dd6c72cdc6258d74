import { z } from 'zod';
import type { Connector, Health, Outside } from '../connector.ts';
import { bind } from './bind.ts';
import { recipeSchema } from './recipe.ts';
import { ended, meets, run } from './run.ts';

const health = async (outside: Outside): Promise<Health> => {
  const recipe = recipeSchema.parse(outside.recipe);
  if (recipe.health === undefined)
    return { ok: false, detail: 'the recipe has no health command, so nothing was asked' };
  const ran = await run(recipe, recipe.health.run, {}, new Set(), outside);
  return { ok: meets(ran, recipe.health.expect, {}), detail: ended(ran, recipe.health.run.file) };
};

/** Any system with a command-line tool, described by a recipe. It has no simulator: in a drill its steps are by hand. */
export const connector: Connector = {
  title: 'Command by recipe',
  // A program is no address: the recipe names it.
  baseUrl: '',
  config: z.strictObject({}),
  // Each recipe names its own.
  secrets: {},
  actions: {},
  bind,
  recipe: recipeSchema,
  list: (outside) =>
    Promise.resolve({ items: [], blindSpots: recipeSchema.parse(outside.recipe).blind_spots }),
  health,
  simulator: null,
};
