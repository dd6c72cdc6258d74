import type { Json } from '../base/canonical.ts';
import { Problem } from '../base/problem.ts';
import type { Connector, Outside } from '../connectors/connector.ts';
import { isLoopback, systemHttp, within } from '../io/http.ts';
import type { Exchange } from '../io/http.ts';
import { systemMail } from '../io/mail.ts';
import { Secret } from '../io/secrets.ts';
import type { Instance } from '../model/company.ts';
import type { Definitions, World } from './world.ts';
import { entryOf, instanceOf } from './world.ts';

/** The way to one configured system: where it answers, with which configuration and secrets. Or why there is none. */
export type Door =
  | Readonly<{
      is: 'open';
      connector: Connector;
      recipe: Json;
      secret: Outside['secret'];
      outside: (attempt: Attempt) => Reached;
    }>
  | Readonly<{ is: 'shut'; why: string; fix: string }>;

export type Attempt = Readonly<{
  key: string;
  suspects: readonly string[];
  signal: AbortSignal;
  /** Nothing of what is said is remembered: a log is evidence itself, and too long to be held twice. */
  deaf?: true;
  /** Where the state before is kept; reads keep nothing. */
  keep?: Outside['keep'];
  /** The new credential of a rotation, and where one that is made now is kept. */
  fresh?: string | null;
  made?: Outside['made'];
}>;
export type Reached = Readonly<{ outside: Outside; exchanges: () => readonly Exchange[] }>;

export const openDoor = async (
  world: World,
  definitions: Definitions,
  name: string | null,
): Promise<Door> => {
  const instance = instanceOf(definitions, name);
  if (instance === null || name === null)
    return { is: 'shut', why: 'no connector is configured for it', fix: 'add one to firebreak.yaml' };
  if (world.trusts !== undefined && !(await world.trusts(definitions))) {
    return {
      is: 'shut',
      why: 'nobody has trusted the workspace that names its address and its secrets',
      fix: 'read firebreak.yaml and connectors/, then: firebreak trust',
    };
  }
  const connector = await entryOf(definitions, instance.uses)?.load();
  if (connector === undefined) {
    return {
      is: 'shut',
      why: `there is no connector of the kind ${instance.uses}`,
      fix: 'correct `uses` in firebreak.yaml',
    };
  }
  const config = connector.config.safeParse(instance.config ?? {});
  if (!config.success) {
    const lacking = config.error.issues.map((issue) => issue.path.join('.')).join(', ');
    return {
      is: 'shut',
      why: `the configuration of ${name} lacks ${lacking}`,
      fix: 'complete `config` in firebreak.yaml',
    };
  }
  const recipe = recipeOf(definitions, instance);
  const base = await world.baseUrl(name, instance.base_url ?? connector.baseUrl ?? baseOf(recipe));
  if (base === null) {
    const why = world.drill ? 'this drill has no simulator of it' : 'its address is not configured';
    return { is: 'shut', why, fix: 'set `base_url` in firebreak.yaml' };
  }
  if (connector.baseUrl !== null && inClear(base)) {
    return {
      is: 'shut',
      why: `the address of ${name} is http: its token could be read on the way`,
      fix: 'use https in `base_url` of firebreak.yaml',
    };
  }
  const secret = secretsOf(world, instance, name);
  const inside = { base, config: config.data, secret, recipe };
  return { is: 'open', connector, recipe, secret, outside: (attempt) => through(world, inside, attempt) };
};

/** No vendor is reached without TLS; a system of the team's own, with a recipe, may be. On this machine nobody listens. */
const inClear = (base: string): boolean => {
  if (!URL.canParse(base)) return false;
  const { protocol, hostname } = new URL(base);
  return protocol === 'http:' && !isLoopback(hostname);
};

export const recipeOf = (definitions: Pick<Definitions, 'recipes'>, instance: Instance): Json =>
  instance.recipe === undefined ? null : (definitions.recipes.get(instance.recipe) ?? null);

const baseOf = (recipe: Json): string | null => {
  const named =
    recipe !== null && typeof recipe === 'object' && 'base_url' in recipe ? recipe['base_url'] : null;
  return typeof named === 'string' ? named : null;
};

const secretsOf =
  (world: World, instance: Instance, name: string): Outside['secret'] =>
  async (wanted) => {
    const ref = instance.secrets?.[wanted];
    if (ref === undefined)
      throw new Problem('missing-secret', {
        name: `${name}.${wanted}`,
        ref: 'firebreak.yaml',
        why: 'no reference is given',
      });
    return await world.secrets.resolve(ref, `${name}.${wanted}`);
  };

/** An outside for what no connector does: its secrets are nobody’s, and it answers nowhere. */
export const nowhere = (world: World, attempt: Attempt): Reached =>
  through(
    world,
    {
      base: '',
      config: {},
      recipe: null,
      secret: async (name) =>
        await Promise.reject(
          new Problem('missing-secret', { name, ref: 'firebreak.yaml', why: 'no connector is asked' }),
        ),
    },
    attempt,
  );

type Inside = Readonly<{ base: string; config: Outside['config']; secret: Outside['secret']; recipe: Json }>;

/** One attempt's outside: its own record of exchanges, the suspects redacted wherever they would show. */
const through = (world: World, door: Inside, attempt: Attempt): Reached => {
  const heard: Exchange[] = [];
  const { fresh = null, made = keepNothing } = attempt;
  for (const value of [...attempt.suspects, ...(fresh === null ? [] : [fresh])])
    world.secrets.remember(value);
  const http = systemHttp({
    clock: world.clock,
    wall: world.wall,
    secrets: () => world.secrets.known(),
    ...(attempt.deaf === true
      ? {}
      : {
          heard: (exchange: Exchange) =>
            void heard.push({ ...exchange, url: withoutBase(exchange.url, door.base) }),
        }),
    signal: attempt.signal,
    ...(world.exchangeMs === undefined ? {} : { exchangeMs: world.exchangeMs }),
    ...(world.busy === undefined ? {} : { busy: world.busy }),
  });
  const outside: Outside = {
    http,
    mail: systemMail(world.wall),
    processes: world.processes,
    clock: world.clock,
    random: world.random,
    baseUrl: door.base.replace(/\/$/, ''),
    config: door.config,
    secret: door.secret,
    suspects: attempt.suspects.map((value) => new Secret(value)),
    fresh: fresh === null ? null : new Secret(fresh),
    made: async (id, secret) => {
      world.secrets.remember(secret.use());
      await made(id, secret);
    },
    key: attempt.key,
    keep: attempt.keep ?? keepNothing,
    signal: attempt.signal,
    within,
    recipe: door.recipe,
  };
  return { outside, exchanges: () => heard };
};

const keepNothing = (): Promise<void> => Promise.resolve();

/** Addresses are resolved at every start and are nobody's evidence: a drill's port would only confuse. */
const withoutBase = (url: string, base: string): string =>
  url.startsWith(base) ? url.slice(base.length) : url;
