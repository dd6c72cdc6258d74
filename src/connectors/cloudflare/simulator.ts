import { z } from 'zod';
import { formatUtc } from '../../base/instant.ts';
import type { Json, JsonObject } from '../../base/canonical.ts';
import type { Answer } from '../../io/server.ts';
import { bearerOf, json, routed, stay } from '../routed.ts';
import type { Serve, Told } from '../routed.ts';
import { simulator } from '../simulator.ts';
import { table } from '../table.ts';
import { furnish } from './furnish.ts';

/** Answers as api.cloudflare.com does: results and errors in an envelope, a PUT that replaces, rules that get ids. */

const ruleSchema = z.strictObject({
  id: z.string(),
  action: z.string(),
  expression: z.string(),
  description: z.string().default(''),
  enabled: z.boolean().default(true),
});

export const worldSchema = z.strictObject({
  rolled: z.number().int().default(0),
  tokens: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string().default('token'),
        status: z.enum(['active', 'disabled', 'expired']).default('active'),
        token: z.string(),
        issued_on: z.string().default('2025-01-02T03:04:05Z'),
        modified_on: z.string().default('2025-01-02T03:04:05Z'),
        policies: z.array(z.custom<Json>()).default([]),
        condition: z.custom<Json>().default({}),
      }),
    )
    .default([]),
  zones: z
    .array(
      z.strictObject({
        id: z.string(),
        ruleset: z.string().nullable().default('rs000000000000000000000000000001'),
        rules: z.array(ruleSchema).default([]),
      }),
    )
    .default([]),
  next_rule: z.number().int().default(1),
});
export type World = z.infer<typeof worldSchema>;
type Zone = World['zones'][number];
type Rule = Zone['rules'][number];

const ok = (result: Json, more: Readonly<Record<string, Json>> = {}): Answer =>
  json(200, { success: true, errors: [], messages: [], result, ...more });
const error = (status: number, code: number, message: string): Answer =>
  json(status, { success: false, errors: [{ code, message }], messages: [], result: null });
const missing = (): Answer => error(404, 7003, 'Could not route to the object');

const own = ({ state, ask }: Told<World>) => state.tokens.find((one) => one.token === bearerOf(ask));
const guard = (told: Told<World>): Answer | null =>
  own(told)?.status === 'active' ? null : error(401, 1000, 'Invalid API Token');

const shownToken = ({ token: _hidden, ...row }: World['tokens'][number]): Json => row as Json;
const tokens = table<World, World['tokens'][number]>({
  of: (state) => state.tokens,
  put: (state, rows) => ({ ...state, tokens: rows }),
  is: (row, { params }) => row.id === params['id'],
  shown: shownToken,
  missing,
});
const token: Serve<World> = (told) => {
  const found = told.state.tokens.find((one) => one.id === told.params['id']);
  return stay(told, found === undefined ? missing() : ok(shownToken(found)));
};
const putToken = tokens.change(
  (row, { body, now }) => {
    const { name, status, policies, condition } = body ?? {};
    if (typeof name !== 'string' || !Array.isArray(policies))
      return { refused: error(400, 1001, 'name and policies are required') };
    if (status !== 'active' && status !== 'disabled') return { refused: error(400, 1001, 'Invalid status') };
    return {
      ...row,
      name,
      status,
      policies: policies as Json[],
      condition: condition ?? {},
      modified_on: formatUtc(now),
    };
  },
  (row) => ok(shownToken(row)),
);
const deleteToken: Serve<World> = (told) => {
  const turn = tokens.remove()(told);
  return turn.state === told.state ? turn : { ...turn, answer: ok({ id: told.params['id'] ?? '' }) };
};
const rollToken: Serve<World> = (told) => {
  const found = told.state.tokens.find((one) => one.id === told.params['id']);
  if (found === undefined) return stay(told, missing());
  const text = `sim-rolled-${told.state.rolled + 1}-${found.id.slice(-4)}`;
  const rows = told.state.tokens.map((one) => (one === found ? { ...one, token: text } : one));
  return { state: { ...told.state, tokens: rows, rolled: told.state.rolled + 1 }, answer: ok(text) };
};
const listTokens: Serve<World> = (told) =>
  stay(told, ok(told.state.tokens.map(shownToken), { result_info: { page: 1, total_pages: 1 } }));

const zoneOf = ({ state, params }: Told<World>): Zone | undefined =>
  state.zones.find((one) => one.id === params['zone']);
const withZone = (state: World, zone: Zone, next: Zone): World => ({
  ...state,
  zones: state.zones.map((one) => (one === zone ? next : one)),
});
const shownSet = ({ ruleset, rules }: Zone): Json => ({
  id: ruleset,
  kind: 'zone',
  phase: 'http_request_firewall_custom',
  rules,
});

const entrypoint: Serve<World> = (told) => {
  const zone = zoneOf(told);
  return stay(told, zone === undefined || zone.ruleset === null ? missing() : ok(shownSet(zone)));
};
const rulesets: Serve<World> = (told) => {
  const zone = zoneOf(told);
  if (zone === undefined) return stay(told, missing());
  return stay(told, ok(zone.ruleset === null ? [] : [{ id: zone.ruleset }]));
};

const ruleFrom = (body: Json | undefined, id: string): Rule | null => {
  const given = body !== null && typeof body === 'object' && !Array.isArray(body) ? body : {};
  return ruleSchema.safeParse({ ...(given as JsonObject), id }).data ?? null;
};

const added = (told: Told<World>, zone: Zone, given: Json | undefined, ruleset: string) => {
  const rule = ruleFrom(given, String(told.state.next_rule).padStart(32, '0'));
  if (rule === null) return stay(told, error(400, 20021, 'The rule is not valid'));
  const next = { ...zone, ruleset, rules: [...zone.rules, rule] };
  const state = { ...withZone(told.state, zone, next), next_rule: told.state.next_rule + 1 };
  return { state, answer: ok(shownSet(next)) };
};

const makeSet: Serve<World> = (told) => {
  const zone = zoneOf(told);
  if (zone === undefined) return stay(told, missing());
  const rules = told.body?.['rules'];
  return added(told, zone, Array.isArray(rules) ? (rules[0] as Json) : undefined, `rs${'0'.repeat(29)}2`);
};
const addRule: Serve<World> = (told) => {
  const zone = zoneOf(told);
  if (zone?.ruleset !== told.params['set'] || zone === undefined) return stay(told, missing());
  return added(told, zone, told.body as Json, zone.ruleset ?? '');
};
const changeRule: Serve<World> = (told) => {
  const zone = zoneOf(told);
  const rule = zone?.rules.find((one) => one.id === told.params['id']);
  if (zone === undefined || rule === undefined) return stay(told, missing());
  const changed = told.ask.method === 'DELETE' ? null : ruleFrom(told.body as Json, rule.id);
  if (changed === null && told.ask.method !== 'DELETE')
    return stay(told, error(400, 20021, 'The rule is not valid'));
  const rules = zone.rules.flatMap((one) => (one === rule ? (changed === null ? [] : [changed]) : [one]));
  const next = { ...zone, rules };
  return { state: withZone(told.state, zone, next), answer: ok(shownSet(next)) };
};

const RULES = '/zones/{zone}/rulesets';

const respond = routed<World>({
  guard,
  routes: {
    'GET /user/tokens/verify': (told) => stay(told, ok({ id: own(told)?.id ?? '', status: 'active' })),
    'GET /user/tokens': listTokens,
    'GET /user/tokens/{id}': token,
    'PUT /user/tokens/{id}': putToken,
    'PUT /user/tokens/{id}/value': rollToken,
    'DELETE /user/tokens/{id}': deleteToken,
    [`GET ${RULES}`]: rulesets,
    [`POST ${RULES}`]: makeSet,
    [`GET ${RULES}/phases/http_request_firewall_custom/entrypoint`]: entrypoint,
    [`POST ${RULES}/{set}/rules`]: addRule,
    [`PATCH ${RULES}/{set}/rules/{id}`]: changeRule,
    [`DELETE ${RULES}/{set}/rules/{id}`]: changeRule,
  },
  missing,
});

export const cloudflareSimulator = simulator<World>({ state: worldSchema, respond, furnish });
