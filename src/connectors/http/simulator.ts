import { z } from 'zod';
import type { Json, JsonObject } from '../../base/canonical.ts';
import { parseJson } from '../../base/json.ts';
import type { Answer, Ask } from '../../io/server.ts';
import { simulator } from '../simulator.ts';
import { at, fillJson, fillText } from '../fill.ts';
import type { Values } from '../fill.ts';
import { furnish } from './furnish.ts';
import { scriptSchema } from './script.ts';
import type { Route, Script } from './script.ts';

/** Plays a script. State is any JSON object; a token that is revoked is refused on every route. */

type Turn = Readonly<{ state: Json; answer: Answer }>;
type Code = 401 | 403 | 404 | 422;

const isObject = (value: Json | undefined): value is JsonObject =>
  value !== null && value !== undefined && typeof value === 'object' && !Array.isArray(value);

/** JSON Merge Patch (RFC 7386): objects merge, null removes, all else replaces. */
export const merged = (under: Json, patch: Json): Json => {
  if (!isObject(patch)) return patch;
  const result: Record<string, Json> = isObject(under) ? { ...under } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merged(result[key] ?? null, value);
  }
  return result;
};

const put = (state: Json, path: readonly string[], value: Json): Json => {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const here = isObject(state) ? state : {};
  return { ...here, [key]: put(here[key] ?? {}, rest, value) };
};

const segments = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'));

/** Values go into a pointer as single steps, whatever characters they have. */
const placed = (pointer: string, values: Values): string =>
  fillText(pointer, values, (text) => text.replaceAll('~', '~0').replaceAll('/', '~1'));

const fail = (script: Script, status: Code): Answer => ({
  status,
  body: JSON.stringify(script.errors[`${status}`] ?? { error: { code: status } }),
});

const matched = (route: Route, ask: Ask): Values | null => {
  const [method = '', pattern = ''] = route.on.split(' ');
  const [wanted, given] = [pattern.split('/'), ask.path.split('/')];
  if (method !== ask.method || wanted.length !== given.length) return null;
  const values: Record<string, Json> = {};
  for (const [i, part] of wanted.entries()) {
    const place = /^\{([a-z0-9_]+)\}$/.exec(part)?.[1];
    const actual = given[i] ?? '';
    if (place !== undefined) values[place] = decodeURIComponent(actual);
    else if (part !== actual) return null;
  }
  return values;
};

const bodyOf = (ask: Ask): JsonObject => {
  if (!(ask.headers['content-type'] ?? '').startsWith('application/json')) {
    return Object.fromEntries(new URLSearchParams(ask.body));
  }
  try {
    const parsed = parseJson(ask.body);
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
};

const allowed = (route: Route, body: JsonObject): boolean => {
  if (route.body === undefined) return true;
  const rules = route.body;
  return Object.entries(body).every(([key, value]) => {
    const rule = rules[key];
    return rule === null || (rule !== undefined && rule.includes(value));
  });
};

const tokenOf = (script: Script, state: Json, ask: Ask): JsonObject | null => {
  const given = ask.headers[script.auth.header] ?? '';
  const tokens = at(state, script.auth.tokens);
  if (!given.startsWith(script.auth.prefix) || !isObject(tokens)) return null;
  const secret = given.slice(script.auth.prefix.length);
  // A token of the defaults that the seed gives no secret is nobody's.
  if (secret === '') return null;
  return (
    Object.values(tokens)
      .filter(isObject)
      .find((one) => one['secret'] === secret && one['revoked'] !== true) ?? null
  );
};

const inScope = (token: JsonObject, scope: string | undefined): boolean => {
  const scopes = token['scopes'];
  return scope === undefined || (Array.isArray(scopes) && (scopes.includes(scope) || scopes.includes('*')));
};

/** No simulated vendor gives a secret back. */
const withoutSecrets = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'secret')
      .map(([key, one]) => [key, withoutSecrets(one)]),
  );
};

const answered = (template: Json, state: Json, values: Values): Json => {
  if (Array.isArray(template)) return template.map((one: Json) => answered(one, state, values));
  if (!isObject(template)) return fillJson(template, values);
  const { $state: part, $values: record, $otherwise: otherwise = null } = template;
  if (typeof part === 'string') return withoutSecrets(at(state, placed(part, values)) ?? otherwise);
  const found = typeof record === 'string' ? at(state, placed(record, values)) : undefined;
  if (typeof record === 'string') return isObject(found) ? withoutSecrets(Object.values(found)) : [];
  return Object.fromEntries(
    Object.entries(template).map(([key, one]) => [key, answered(one, state, values)]),
  );
};

const finish = (answer: Route['answer'], state: Json, values: Values): Answer => ({
  status: answer.status,
  body: JSON.stringify(answered(answer.json, state, values)),
});

const foundKey = (route: Route, state: Json, values: Values): Values | null => {
  if (route.find === undefined) return values;
  const { in: place, by, is, as } = route.find;
  const record = at(state, placed(place, values));
  const wanted = fillText(is, values);
  const key = isObject(record)
    ? Object.entries(record).find(([, one]) => isObject(one) && one[by] === wanted)?.[0]
    : undefined;
  return key === undefined ? null : { ...values, [as]: key };
};

const serve = (script: Script, route: Route, state: Json, path: Values, body: JsonObject): Turn => {
  const given = Object.fromEntries(Object.entries(body).map(([key, value]) => [`body.${key}`, value]));
  const values = foundKey(route, state, { ...path, ...given });
  if (values === null || route.needs.some((pointer) => at(state, placed(pointer, values)) === undefined)) {
    return { state, answer: fail(script, 404) };
  }
  if (!allowed(route, body)) return { state, answer: fail(script, 422) };
  const { conflict } = route;
  if (conflict !== undefined && at(state, placed(conflict.at, values)) === conflict.is) {
    return { state, answer: finish(conflict.answer, state, values) };
  }
  let next = state;
  for (const [pointer, value] of Object.entries(route.set)) {
    next = put(next, segments(placed(pointer, values)), fillJson(value, values));
  }
  if (route.merge !== undefined) {
    const place = placed(route.merge, values);
    next = put(next, segments(place), merged(at(next, place) ?? {}, body));
  }
  return { state: next, answer: finish(route.answer, next, values) };
};

// A script is the same object as long as its simulator runs, and parsing it costs more than any answer.
const parsedBefore = new WeakMap<object, Script>();
const scriptOf = (source: Json): Script => {
  if (source === null || typeof source !== 'object') return scriptSchema.parse(source);
  const before = parsedBefore.get(source);
  if (before !== undefined) return before;
  const parsed = scriptSchema.parse(source);
  parsedBefore.set(source, parsed);
  return parsed;
};

const respond = (state: Json, ask: Ask, _now: unknown, source: Json): Turn => {
  const script = scriptOf(source);
  const token = tokenOf(script, state, ask);
  for (const route of script.routes) {
    if (route.public !== true && token === null) continue;
    const path = matched(route, ask);
    if (path === null) continue;
    if (token === null) return serve(script, route, state, path, bodyOf(ask));
    if (!inScope(token, route.scope)) return { state, answer: fail(script, 403) };
    return serve(script, route, state, { ...path, caller: token['secret'] ?? '' }, bodyOf(ask));
  }
  return { state, answer: fail(script, token === null ? 401 : 404) };
};

export const httpSimulator = simulator<Json>({
  state: z.json(),
  prepare: (seed, source) => merged(scriptOf(source).defaults, seed),
  respond,
  furnish,
});
