import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';
import { id } from '../../model/fields.ts';
import { check, described, line, name, pointer, wanted } from '../recipe.ts';

/**
 * A recipe makes a connector out of data: `connectors/<recipe>.yaml`. Placeholders stand in braces: `{param}` is an input of the
 * action, `{receipt.key}` a value kept by its snapshot (undo only), `{suspect}` a leaked credential, `{attempt.key}` the key that all
 * repeats of a request share, and `{secret}` the instance's own one, in `auth` alone. Secrets never stand in a path or a query.
 */

const headerName = z.string().regex(/^[A-Za-z0-9-]+$/);
const open = z
  .string()
  .max(2000)
  .refine(
    (text) => !/\{(suspect|secret)\}/.test(text),
    'a secret does not belong into a path or a query: use a header or the body',
  );

const body: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number().int(), z.boolean(), z.null(), z.array(body), z.record(z.string(), body)]),
);

export const requestSchema = z
  .strictObject({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    path: open.and(z.string().regex(/^\/[^?#]*$/, 'a path from the base URL; a query goes under query')),
    query: z.record(z.string(), open).optional(),
    headers: z.record(headerName, z.string()).optional().describe('one that auth sets too replaces it'),
    json: body.optional(),
    form: z.record(z.string(), z.string()).optional(),
    auth: z.literal(false).optional().describe('false: the request carries no credential of ours'),
  })
  .refine((one) => one.json === undefined || one.form === undefined, 'json or form, not both');

/** What an answer must be. All that is given must hold; without `status` any 2xx will do. */
export const expectSchema = z.strictObject({
  status: z.array(z.number().int().min(100).max(599)).min(1).optional(),
  json: wanted.optional(),
});

const actionSchema = z
  .strictObject({
    ...described,
    snapshot: z
      .strictObject({ request: requestSchema, keep: z.record(name, pointer) })
      .optional()
      .describe('read before the action; the values kept are the receipt'),
    request: requestSchema,
    done: expectSchema.default({}).describe('what the answer to the request is when it worked'),
    already: expectSchema.optional().describe('an answer to the request that means: nothing was left to do'),
    verify: z.strictObject({ request: requestSchema, expect: expectSchema }),
    undo: requestSchema.optional(),
  })
  .superRefine((one, context) => {
    const { request, verify, undo, snapshot } = one;
    check(one, { snapshot, request, verify, undo }, context);
  });

const listSchema = z.strictObject({
  request: requestSchema,
  items: pointer.describe('the array in the answer'),
  kind: z.enum(['integration', 'credential']),
  id: pointer,
  title: pointer,
  state: z.strictObject({ at: pointer, active: z.array(body), paused: z.array(body) }).optional(),
  detail: z.array(pointer).default([]),
  last_used_at: pointer.optional(),
  created_at: pointer.optional(),
  owner: pointer.optional(),
  scopes: pointer.optional().describe('what it may do: a list, or words parted by blanks or commas'),
  sends_to: pointer.optional().describe('the address that it sends events to'),
  param: name.optional().describe('the input of the actions that takes this id'),
});

export const recipeSchema = z
  .strictObject({
    title: line,
    base_url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('an instance may name another'),
    secrets: z.record(name, line).default({}),
    auth: z
      .strictObject({
        header: headerName.default('authorization'),
        template: z
          .string()
          .regex(/^[^{}]*\{secret\}[^{}]*$/, 'contains {secret} once')
          .default('Bearer {secret}'),
        secret: name,
      })
      .optional(),
    headers: z.record(headerName, z.string()).default({}),
    health: z
      .strictObject({ request: requestSchema, expect: expectSchema.default({}), scopes: pointer.optional() })
      .optional(),
    list: z.array(listSchema).default([]),
    blind_spots: z.array(line).default([]),
    actions: z.record(id, actionSchema),
  })
  .refine((one) => one.auth === undefined || one.auth.secret in one.secrets, {
    path: ['auth', 'secret'],
    message: 'name it under secrets',
  });

export type Recipe = z.infer<typeof recipeSchema>;
export type RecipeAction = Recipe['actions'][string];
export type RecipeRequest = z.infer<typeof requestSchema>;
export type Expect = z.infer<typeof expectSchema>;
export type RecipeList = Recipe['list'][number];
