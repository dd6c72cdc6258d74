import { z } from 'zod';
import type { Json } from '../base/canonical.ts';
import { effects } from '../model/action.ts';
import { words } from '../model/fields.ts';
import type { ActionInput } from './connector.ts';
import { KEY, placeholders } from './fill.ts';

/** What the recipes of all generic connectors have in common: how an action is described, and the rules that bind its parts. */

export const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'use lower-case letters, digits and _');
export const line = words(400);
export const pointer = z
  .string()
  .regex(/^(\/[^/]*)*$/, 'a JSON pointer (RFC 6901), for example /data/status');
const scalar = z.union([z.string().min(1).max(500), z.number().int(), z.boolean()]);

export const param = z.union([
  line,
  z.strictObject({
    describe: line,
    default: scalar.optional(),
    dash: z.boolean().optional().describe('command only: the value may begin with "-"'),
  }),
]);

/** Values that a pointer must give. */
export const wanted = z.record(pointer, z.union([z.string(), z.number().int(), z.boolean(), z.null()]));

export const described = {
  title: line,
  effect: z.enum(effects),
  retry: z
    .enum(['A', 'B', 'C', 'D'])
    .default('B')
    .describe(
      'after a lost answer. A: the system does one key once, {attempt.key}; B: doing it twice is doing it once; C: verify tells; D: a person says',
    ),
  confidence: z.enum(['confirmed', 'unconfirmed']).default('unconfirmed'),
  scopes: z.array(line).default([]),
  breaks: z.array(line).min(1).describe('what stops, for whom'),
  input: z.record(name, param).default({}),
  by_hand: z.strictObject({ where: line, steps: z.array(line).min(1), record: line }),
} as const;

type Described = Readonly<{
  effect: string;
  retry: string;
  input: Readonly<Record<string, unknown>>;
  snapshot?: Readonly<{ keep: Readonly<Record<string, string>> }> | undefined;
  undo?: unknown;
}>;

/** The parts of an action that change something. */
const WRITES: ReadonlySet<string> = new Set(['request', 'run', 'undo']);

/** The faults that no single field shows: undo and effect must agree, and every place must be known where it stands. */
export const check = (
  one: Described,
  parts: Readonly<Record<string, unknown>>,
  context: z.RefinementCtx,
): void => {
  const issue = (path: string, message: string): void => {
    context.addIssue({ code: 'custom', path: [path], message });
  };
  if (one.undo !== undefined && one.snapshot === undefined) {
    issue('undo', 'undo needs a snapshot: without the state before there is nothing to restore');
  }
  if (one.undo !== undefined && one.effect !== 'reversible')
    issue('effect', 'an action with undo is reversible');
  if (one.undo === undefined && one.effect === 'reversible')
    issue('undo', 'a reversible action says how it is undone');
  const kept = Object.keys(one.snapshot?.keep ?? {}).map((key) => `receipt.${key}`);
  const known = new Set([...Object.keys(one.input), 'suspect', KEY, ...kept]);
  const acts = parts['request'] ?? parts['run'];
  if (one.retry === 'A' && !placeholders(acts ?? null).includes(KEY))
    issue(
      'retry',
      `A repeats a request under the key of the first: write {${KEY}} where the system takes it`,
    );
  for (const [part, inside] of Object.entries(parts)) {
    for (const used of placeholders(inside ?? null)) {
      if (used.startsWith('secret.')) continue;
      if (!known.has(used)) issue(part, `{${used}} is neither an input nor kept by the snapshot`);
      if (used === KEY && !WRITES.has(part)) issue(part, `{${KEY}} belongs to what changes something`);
      if (used.startsWith('receipt.') && part !== 'undo') issue(part, `{${used}} is known to undo only`);
    }
  }
};

/** The schema of an action's input. Parameters of the inventory row that it does not use are left out, not refused. */
export const inputOf = (input: Readonly<Record<string, z.infer<typeof param>>>): z.ZodType<ActionInput> => {
  const shape: Record<string, z.ZodType<string | number | boolean>> = {};
  for (const [key, one] of Object.entries(input)) {
    const { describe, default: otherwise } = typeof one === 'string' ? { describe: one } : one;
    shape[key] =
      otherwise === undefined ? scalar.describe(describe) : scalar.default(otherwise).describe(describe);
  }
  return z.object(shape);
};

/** The receipt of a recipe's action: was it off, and what the snapshot kept. */
export const held = z.object({ off: z.boolean(), kept: z.record(z.string(), z.json() as z.ZodType<Json>) });
export type Held = z.infer<typeof held>;
