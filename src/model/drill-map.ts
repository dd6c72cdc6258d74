import { z } from 'zod';
import { id } from './fields.ts';

/**
 * `drills.yaml` of a workspace: what of one's own stands for what of the built-in company, where scenarios that were written for it
 * are played. What is not named is found by what it is; `null` says that there is nothing like it.
 */
export const drillMapSchema = z.strictObject({
  systems: z
    .record(id, id.nullable())
    .optional()
    .describe('system of the built-in company -> a connector of firebreak.yaml, or null'),
  rows: z
    .record(id, id.nullable())
    .optional()
    .describe('row of the built-in inventory -> a row of inventory.yaml, or null'),
});
export type DrillMap = Readonly<z.infer<typeof drillMapSchema>>;

export const noDrillMap: DrillMap = {};
