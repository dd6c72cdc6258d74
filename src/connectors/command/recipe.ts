import { z } from 'zod';
import { id } from '../../model/fields.ts';
import { check, described, line, name, pointer, wanted } from '../recipe.ts';

/**
 * A recipe for a vendor's command-line tool. A command is a file and an array of arguments: no shell ever reads it. `{param}`
 * fills a whole argument or a part of one, `{receipt.key}` a value that the snapshot kept (undo only), `{attempt.key}` the key that all
 * repeats of a run share. `{suspect}` and
 * `{secret.name}` go through the environment or standard input, never through an argument, which any process can read.
 */

const isSecret = (text: string): boolean => /\{(suspect|secret\.)/.test(text);
const open = z
  .string()
  .max(2000)
  .refine((text) => !isSecret(text), 'a secret does not belong into an argument: use env or stdin');

export const commandSchema = z.strictObject({
  file: z
    .string()
    .regex(/^(\/[^{}]+|[^\s{}]+)$/, 'the program, without arguments: a name on the PATH or an absolute path'),
  args: z.array(open).default([]),
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string()).optional(),
  stdin: z.string().optional(),
});

/** What a run must show. All that is given must hold; `json` reads standard output. */
export const expectSchema = z.strictObject({
  exit: z.array(z.number().int().min(0).max(255)).min(1).default([0]),
  json: wanted.optional(),
  stderr: z
    .string()
    .min(3)
    .optional()
    .describe('standard error contains this text, for example NoSuchEntity'),
});

const actionSchema = z
  .strictObject({
    ...described,
    snapshot: z.strictObject({ run: commandSchema, keep: z.record(name, pointer) }).optional(),
    run: commandSchema,
    done: expectSchema.prefault({}),
    already: expectSchema.optional(),
    verify: z.strictObject({ run: commandSchema, expect: expectSchema }),
    undo: commandSchema.optional(),
  })
  .superRefine((one, context) => {
    const { run, verify, undo, snapshot } = one;
    check(one, { snapshot, run, verify, undo }, context);
  });

export const recipeSchema = z.strictObject({
  title: line,
  secrets: z.record(name, line).default({}),
  env: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string())
    .default({})
    .describe('given to every command, for example AWS_SECRET_ACCESS_KEY: "{secret.aws_secret_key}"'),
  health: z.strictObject({ run: commandSchema, expect: expectSchema.prefault({}) }).optional(),
  blind_spots: z.array(line).default([]),
  actions: z.record(id, actionSchema),
});

export type Recipe = z.infer<typeof recipeSchema>;
export type RecipeAction = Recipe['actions'][string];
export type Command = z.infer<typeof commandSchema>;
export type Expect = z.infer<typeof expectSchema>;
