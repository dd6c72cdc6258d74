import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';
import { effects } from '../../model/action.ts';

/**
 * A recipe makes a connector out of data: `connectors/<recipe>.yaml`. Placeholders stand in braces: `{param}` is an input of the
 * action, `{receipt.key}` a value kept by its snapshot (undo only), `{suspect}` a leaked credential, and `{secret}` the
 * instance's own one, in `auth` alone. Secrets never stand in a path or a query.
 */

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case words joined by hyphens');
const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'use lower-case letters, digits and _');
const line = z.string().trim().min(1).max(400);
const pointer = z.string().regex(/^(\/[^/]*)*$/, 'a JSON pointer (RFC 6901), for example /data/status');
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
  json: z.record(pointer, z.union([z.string(), z.number().int(), z.boolean(), z.null()])).optional(),
});

const paramSchema = z.union([
  line,
  z.strictObject({
    describe: line,
    default: z.union([z.string(), z.number().int(), z.boolean()]).optional(),
  }),
]);

const actionSchema = z
  .strictObject({
    title: line,
    effect: z.enum(effects),
    retry: z.enum(['A', 'B', 'C', 'D']).default('B'),
    confidence: z.enum(['confirmed', 'unconfirmed']).default('unconfirmed'),
    scopes: z.array(line).default([]),
    breaks: z.array(line).min(1).describe('what stops, for whom'),
    input: z.record(name, paramSchema).default({}),
    by_hand: z.strictObject({ where: line, steps: z.array(line).min(1), record: line }),
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
    const issue = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (one.undo !== undefined && one.snapshot === undefined)
      issue('undo', 'undo needs a snapshot: without the state before there is nothing to restore');
    if (one.undo !== undefined && one.effect !== 'reversible')
      issue('effect', 'an action with undo is reversible');
    if (one.undo === undefined && one.effect === 'reversible')
      issue('undo', 'a reversible action says how it is undone');
    const known = new Set([
      ...Object.keys(one.input),
      'suspect',
      ...Object.keys(one.snapshot?.keep ?? {}).map((key) => `receipt.${key}`),
    ]);
    for (const [part, inside] of Object.entries({
      snapshot: one.snapshot,
      request: one.request,
      verify: one.verify,
      undo: one.undo,
    })) {
      for (const used of placeholders(inside ?? null)) {
        if (!known.has(used)) issue(part, `{${used}} is neither an input nor kept by the snapshot`);
        if (used.startsWith('receipt.') && part !== 'undo') issue(part, `{${used}} is known to undo only`);
      }
    }
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

const PLACE = /\{([a-z][a-z0-9_.]*)\}/g;

/** Every placeholder in a piece of a recipe. */
export const placeholders = (value: unknown): readonly string[] =>
  [...(JSON.stringify(value) ?? '').matchAll(PLACE)].flatMap((found) => found[1] ?? []);
