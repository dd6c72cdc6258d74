import { NetworkError } from '../../io/http.ts';
import type { Json } from '../../base/canonical.ts';
import { addressOf } from '../address.ts';
import type { Health, Listed, Listing, Outside, Sends } from '../connector.ts';
import { cut } from '../several.ts';
import { send } from './context.ts';
import { at } from '../fill.ts';
import { meets } from './request.ts';
import { recipeSchema } from './recipe.ts';
import type { Recipe, RecipeList } from './recipe.ts';

/** What a recipe can list, and whether its credential is let in. */

const text = (item: Json, pointer: string): string => {
  const value = at(item, pointer);
  if (value === undefined || value === null) return '';
  return cut(typeof value === 'string' ? value : JSON.stringify(value));
};

const stateOf = (rule: RecipeList['state'], item: Json): Listed['state'] => {
  const value = rule === undefined ? undefined : (at(item, rule.at) ?? null);
  if (rule === undefined || value === undefined) return 'unknown';
  return rule.active.includes(value) ? 'active' : rule.paused.includes(value) ? 'paused' : 'unknown';
};

const scopesAt = (item: Json, pointer: string): readonly string[] => {
  const value = at(item, pointer);
  const parts: readonly Json[] = Array.isArray(value)
    ? (value as readonly Json[])
    : typeof value === 'string'
      ? value.split(/[\s,]+/)
      : [];
  return parts.flatMap((one) => (typeof one === 'string' && one !== '' ? [cut(one, 80)] : []));
};

const sendsTo = (url: string): Sends => {
  const { scheme, host } = addressOf(url);
  return { scheme, host, signed: 'unknown', tls: 'unknown' };
};

const listed = (rule: RecipeList, item: Json): Listed => {
  const said = (pointer: string | undefined): string => (pointer === undefined ? '' : text(item, pointer));
  const [used, made, owner] = [said(rule.last_used_at), said(rule.created_at), said(rule.owner)];
  const target = said(rule.sends_to);
  const id = text(item, rule.id);
  return {
    kind: rule.kind,
    id,
    title: text(item, rule.title),
    ...(rule.param === undefined ? {} : { params: { [rule.param]: id } }),
    state: stateOf(rule.state, item),
    detail: rule.detail
      .map((pointer) => text(item, pointer))
      .filter((one) => one !== '')
      .join(', '),
    ...(used === '' ? {} : { lastUsedAt: used }),
    ...(made === '' ? {} : { createdAt: made }),
    ...(owner === '' ? {} : { owner }),
    ...(target === '' ? {} : { sends: sendsTo(target) }),
    ...(rule.scopes === undefined ? {} : { scopes: scopesAt(item, rule.scopes) }),
  };
};

const listOne = async (recipe: Recipe, rule: RecipeList, outside: Outside): Promise<Listing> => {
  const what = `${rule.request.method} ${rule.request.path}`;
  try {
    const answer = await send(recipe, rule.request, {}, outside);
    const items = at(answer.json, rule.items);
    if (answer.status !== 200 || !Array.isArray(items))
      return { items: [], blindSpots: [`${what} answered ${answer.status}`] };
    return { items: items.map((item: Json) => listed(rule, item)), blindSpots: [] };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return { items: [], blindSpots: [`${what}: ${error.message}`] };
  }
};

export const list = async (outside: Outside): Promise<Listing> => {
  const recipe = recipeSchema.parse(outside.recipe);
  const parts: Listing[] = [];
  for (const rule of recipe.list) parts.push(await listOne(recipe, rule, outside));
  return {
    items: parts.flatMap((part) => part.items),
    blindSpots: [...recipe.blind_spots, ...parts.flatMap((part) => part.blindSpots)],
  };
};

export const health = async (outside: Outside): Promise<Health> => {
  const recipe = recipeSchema.parse(outside.recipe);
  if (recipe.health === undefined)
    return { ok: false, detail: 'the recipe has no health request, so nothing was asked' };
  const { request, expect, scopes: pointer } = recipe.health;
  try {
    const answer = await send(recipe, request, {}, outside);
    const ok = meets(answer, expect, {});
    const found = pointer === undefined ? undefined : at(answer.json, pointer);
    const scopes = Array.isArray(found)
      ? { scopes: found.map((one: Json) => cut(JSON.stringify(one).replace(/^"|"$/g, ''), 60)) }
      : {};
    return { ok, detail: `${request.method} ${request.path} answered ${answer.status}`, ...scopes };
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return { ok: false, detail: error.message };
  }
};
