import { isProblem } from '../base/problem.ts';
import type { Json } from '../base/canonical.ts';
import type { Action, ActionInput, Connector, Outside } from '../connectors/connector.ts';
import { systemHttp } from '../io/http.ts';
import type { Exchange } from '../io/http.ts';
import { Secret } from '../io/secrets.ts';
import { Problem } from '../base/problem.ts';
import type { Manual } from '../model/action.ts';
import type { Instance } from '../model/company.ts';
import type { Target } from '../model/plan.ts';
import type { Definitions, World } from './world.ts';
import { instanceOf } from './world.ts';

/** A target within reach: its action and a fresh outside for one attempt. Or why only a person can do it. */
export type Reach =
  | Readonly<{ is: 'reachable'; action: Action; input: ActionInput; outside: (attempt: Attempt) => Reached }>
  | Readonly<{ is: 'by-hand'; why: string; manual: Manual }>;

export type Attempt = Readonly<{
  key: string;
  suspects: readonly string[];
  signal: AbortSignal;
  /** Where the state before is kept; reads keep nothing. */
  keep?: Outside['keep'];
}>;
export type Reached = Readonly<{ outside: Outside; exchanges: () => readonly Exchange[] }>;

/** The runbook's own words stand where no connector brings a page. */
const plainManual = (fallback: string): Manual => ({ where: 'By hand', steps: [fallback], record: 'What you did, when, and what the system showed' });

export const actionsOf = (connector: Connector, recipe: Json): Readonly<Record<string, Action>> =>
  connector.bind === undefined ? connector.actions : connector.bind(recipe);

export const paramsOf = (definitions: Definitions, item: string): ActionInput => {
  const { integrations, credentials } = definitions.inventory;
  return integrations.find((row) => row.id === item)?.params ?? credentials.find((row) => row.id === item)?.params ?? {};
};

export const recipeOf = (definitions: Definitions, instance: Instance): Json =>
  instance.recipe === undefined ? null : (definitions.recipes.get(instance.recipe) ?? null);

const loadAction = async (definitions: Definitions, target: Target, instance: Instance): Promise<readonly [Connector, Action] | null> => {
  const entry = definitions.connectors[instance.uses];
  if (entry === undefined || target.action === null) return null;
  const connector = await entry.load();
  const found = actionsOf(connector, recipeOf(definitions, instance))[target.action.slice(target.action.indexOf('.') + 1)];
  return found === undefined ? null : [connector, found];
};

/** What is missing before an action could run: said by name, so that it can be mended, and never with a value. */
const missing = async (action: Action, secret: Outside['secret'], suspects: number): Promise<string | null> => {
  if (action.needsSuspect === true && suspects === 0) return 'no copy of the leaked credential was given';
  for (const name of action.secrets) {
    try {
      await secret(name);
    } catch (error) {
      if (!isProblem(error) || error.code !== 'missing-secret') throw error;
      return `the secret ${error.facts['name'] ?? name} is missing (${error.facts['ref'] ?? 'not configured'}: ${error.facts['why'] ?? ''})`;
    }
  }
  return null;
};

export const reach = async (
  world: World,
  definitions: Definitions,
  target: Target,
  stepInput: ActionInput,
  more: Readonly<{ fallback: string; suspects: number }>,
): Promise<Reach> => {
  const instance = instanceOf(definitions, target.instance);
  if (instance === null) return { is: 'by-hand', why: 'no connector is configured for it', manual: plainManual(more.fallback) };
  const loaded = await loadAction(definitions, target, instance);
  if (loaded === null) {
    return { is: 'by-hand', why: `${target.instance ?? 'its connector'} offers no such action`, manual: plainManual(more.fallback) };
  }
  const [connector, action] = loaded;
  const byHand = (why: string): Reach => ({ is: 'by-hand', why, manual: action.byHand });
  const recipe = recipeOf(definitions, instance);
  const base = world.baseUrl(target.instance ?? '', instance.base_url ?? connector.baseUrl ?? baseOf(recipe));
  if (base === null) return byHand(world.drill ? 'this drill has no simulator of it' : 'its address is not configured');
  const secret = secretsOf(world, instance, target.instance ?? '');
  const lacking = await missing(action, secret, more.suspects);
  if (lacking !== null) return byHand(lacking);
  const input = action.input.safeParse({ ...paramsOf(definitions, target.item), ...stepInput });
  if (!input.success) {
    const what = input.error.issues.map((issue) => issue.path.join('.')).join(', ');
    return byHand(`inventory row ${target.item} does not say ${what}`);
  }
  const config = connector.config.safeParse(instance.config ?? {});
  if (!config.success) {
    return byHand(`the configuration of ${target.instance} lacks ${config.error.issues.map((issue) => issue.path.join('.')).join(', ')}`);
  }
  return {
    is: 'reachable',
    action,
    input: input.data,
    outside: (attempt) => open(world, { base, config: config.data, secret, recipe }, attempt),
  };
};

const baseOf = (recipe: Json): string | null => {
  const named = recipe !== null && typeof recipe === 'object' && 'base_url' in recipe ? recipe['base_url'] : null;
  return typeof named === 'string' ? named : null;
};

const secretsOf =
  (world: World, instance: Instance, name: string): Outside['secret'] =>
  async (wanted) => {
    const ref = instance.secrets?.[wanted];
    if (ref === undefined) throw new Problem('missing-secret', { name: `${name}.${wanted}`, ref: 'firebreak.yaml', why: 'no reference is given' });
    return await world.secrets.resolve(ref, `${name}.${wanted}`);
  };

type Door = Readonly<{ base: string; config: Outside['config']; secret: Outside['secret']; recipe: Json }>;

/** One attempt's outside: its own record of exchanges, the suspects redacted wherever they would show. */
const open = (world: World, door: Door, attempt: Attempt): Reached => {
  const heard: Exchange[] = [];
  for (const suspect of attempt.suspects) world.secrets.remember(suspect);
  const http = systemHttp({
    clock: world.clock,
    wall: world.wall,
    secrets: () => world.secrets.known(),
    heard: (exchange) => void heard.push({ ...exchange, url: withoutBase(exchange.url, door.base) }),
    signal: attempt.signal,
    ...(world.busy === undefined ? {} : { busy: world.busy }),
  });
  const outside: Outside = {
    http,
    processes: world.processes,
    clock: world.clock,
    random: world.random,
    baseUrl: door.base.replace(/\/$/, ''),
    config: door.config,
    secret: door.secret,
    suspects: attempt.suspects.map((value) => new Secret(value)),
    key: attempt.key,
    keep: attempt.keep ?? keepNothing,
    signal: attempt.signal,
    recipe: door.recipe,
  };
  return { outside, exchanges: () => heard };
};

const keepNothing: Outside['keep'] = () => Promise.resolve();

/** Addresses are resolved at every start and are nobody's evidence: a drill's port would only confuse. */
const withoutBase = (url: string, base: string): string => (url.startsWith(base) ? url.slice(base.length) : url);
