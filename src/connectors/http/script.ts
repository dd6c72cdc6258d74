import { z } from 'zod';
import type { Json } from '../../base/canonical.ts';

/**
 * The script of a simulated vendor, `simulators/<recipe>.yaml`: what it holds by default, who is let in, and what each route
 * answers and changes. Places in braces are parts of the path (`{id}`), of the JSON or form body (`{body.name}`), the secret
 * that the caller came with (`{caller}`), or found by `find`. State is reached by JSON pointers.
 */

const name = z.string().regex(/^[a-z][a-z0-9_]*$/);
const pointer = z.string().regex(/^(\/[^/]*)+$/, 'a JSON pointer into the state');
const json: z.ZodType<Json> = z.json();
const status = z.number().int().min(200).max(599);

/** `{ $state: pointer }` answers with a part of the state, `{ $values: pointer }` with the values of a record as an array. */
const answer = z.strictObject({ status: status.default(200), json: json.default(null) });

const route = z.strictObject({
  on: z.string().regex(/^(GET|POST|PUT|PATCH|DELETE) \/\S*$/, 'write METHOD /path/{part}'),
  scope: z.string().optional().describe('what the caller needs; 403 without it'),
  public: z.literal(true).optional().describe('anybody is answered, without a secret'),
  body: z
    .record(name, z.array(json).nullable())
    .optional()
    .describe('fields allowed, with their values or null for any; 422 otherwise'),
  find: z
    .strictObject({ in: pointer, by: name, is: z.string(), as: name })
    .optional()
    .describe('the key of a record whose field has a value; 404 without one'),
  needs: z.array(pointer).default([]).describe('404 unless all are there'),
  conflict: z
    .strictObject({ at: pointer, is: json, answer })
    .optional()
    .describe('answers this instead when the state already says so'),
  set: z.record(pointer, json).default({}),
  merge: pointer.optional().describe('the fields of the body go in here'),
  answer,
});

export const scriptSchema = z.strictObject({
  title: z.string(),
  auth: z.strictObject({
    header: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .default('authorization'),
    prefix: z.string().default('Bearer '),
    tokens: pointer.default('/tokens').describe('a record of { secret, scopes, revoked }'),
  }),
  errors: z
    .record(z.enum(['401', '403', '404', '422']), json)
    .default({} as Record<'401' | '403' | '404' | '422', Json>),
  defaults: z.record(z.string(), json),
  routes: z.array(route).min(1),
});
export type Script = z.infer<typeof scriptSchema>;
export type Route = Script['routes'][number];
