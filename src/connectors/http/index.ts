import { z } from 'zod';
import type { Connector } from '../connector.ts';
import { bind } from './bind.ts';
import { health, list } from './list.ts';
import { recipeSchema } from './recipe.ts';
import { httpSimulator } from './simulator.ts';

/** Any system with an HTTP API, described by a recipe. Its simulator plays a script. */
export const connector: Connector = {
  title: 'HTTP by recipe',
  baseUrl: null,
  config: z.strictObject({}),
  // Each recipe names its own.
  secrets: {},
  actions: {},
  bind,
  recipe: recipeSchema,
  list,
  health,
  simulator: httpSimulator,
};
