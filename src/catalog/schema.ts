import { z } from 'zod';
import { drillSchema } from '../model/drill.ts';
import { runbookTestSchema } from '../model/runbook-test.ts';
import { runbookSchema } from '../model/runbook.ts';

/**
 * JSON Schemas for editors, in draft-07 because the YAML language server reads that and older. Generated from the schemas
 * that the program itself checks with, so that an editor never accepts what the catalog refuses.
 */
export type JsonSchema = Readonly<Record<string, unknown>>;

const draft07 = (schema: z.ZodType, title: string): JsonSchema => ({
  ...z.toJSONSchema(schema, { target: 'draft-07' }),
  title,
});

/** `runbooks/runbook.schema.json` */
export const runbookJsonSchema = (): JsonSchema => draft07(runbookSchema, 'A runbook of firebreak');

/** `runbooks/drill.schema.json` */
export const drillJsonSchema = (): JsonSchema => draft07(drillSchema, 'A drill of firebreak');

/** `runbooks/test.schema.json` */
export const testJsonSchema = (): JsonSchema => draft07(runbookTestSchema, 'Tests of a runbook of firebreak');
