import type { Json } from '../../base/canonical.ts';
import type { Connector } from '../../connectors/connector.ts';
import type { Furnished, FurnishRow } from '../../connectors/furnishing.ts';
import type { Company } from '../../model/company.ts';
import type { MadeUp } from '../../model/drill.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { SeedValue } from '../../model/move.ts';
import type { Thing } from './things.ts';
import { thingsOf } from './things.ts';

/** The systems of a team, made up for a drill out of its inventory; and those that no drill can play, with the reason. */
export type FurnishedCompany = Readonly<{
  seeds: Readonly<Record<string, SeedValue>>;
  /** How the made-up value of each credential looks. */
  looks: Readonly<Record<string, MadeUp>>;
  untested: readonly string[];
}>;

export type Shelves = Readonly<{
  company: Company;
  inventory: Inventory;
  recipes: ReadonlyMap<string, Json>;
  scripts: ReadonlyMap<string, Json>;
  /** Those that the company names, loaded. */
  connectors: ReadonlyMap<string, Connector>;
}>;

const rowOf = (thing: Thing): FurnishRow => ({
  id: thing.id,
  title: thing.title,
  kind: thing.kind === 'credential' ? 'credential' : 'integration',
  params: thing.params,
  does: thing.does.map((action) => action.slice(action.indexOf('.') + 1)),
  secret: `$secret:${thing.id}`,
});

type Made = Readonly<{ ok: true; furnished: Furnished }> | Readonly<{ ok: false; because: string }>;

/** What keeps a system out of a drill; null where nothing does. */
const hindrance = (
  connector: Connector | undefined,
  recipe: string | undefined,
  script: Json,
): string | null => {
  if (connector === undefined) return 'firebreak.yaml names no connector for it';
  if (connector.simulator === null) return `the connector ${connector.title} has no simulator`;
  if (recipe !== undefined && script === null)
    return `its recipe has no simulator: simulators/${recipe}.yaml would be its script`;
  return connector.simulator.furnish === undefined
    ? `the simulator of ${connector.title} cannot be filled from an inventory`
    : null;
};

const furnishOne = (shelves: Shelves, name: string, rows: readonly FurnishRow[]): Made => {
  const { company, connectors, recipes, scripts } = shelves;
  const instance = company.connectors[name];
  const connector = connectors.get(instance?.uses ?? '');
  const recipe = recipes.get(instance?.recipe ?? '') ?? null;
  const script = scripts.get(instance?.recipe ?? '') ?? null;
  const hindered = hindrance(connector, instance?.recipe, script);
  const simulator = connector?.simulator ?? null;
  if (hindered !== null || simulator?.furnish === undefined) return { ok: false, because: hindered ?? '' };
  try {
    const asked = {
      config: instance?.config ?? {},
      rows,
      own: (secret: string) => `$secret:${name}.${secret}`,
      ownPublic: (secret: string) => `$public:${name}.${secret}`,
      recipe,
      script,
    };
    const furnished = simulator.furnish(asked);
    simulator.state.parse(simulator.prepare?.(furnished.seed, script) ?? furnished.seed);
    return { ok: true, furnished };
  } catch {
    return { ok: false, because: 'an id of its rows in inventory.yaml is none that such a system has' };
  }
};

const listed = (ids: readonly string[]): string =>
  ids.length <= NAMED ? ids.join(', ') : `${ids.slice(0, NAMED).join(', ')} and ${ids.length - NAMED} more`;
const NAMED = 4;

export const furnishCompany = (shelves: Shelves): FurnishedCompany => {
  const things = thingsOf(shelves.inventory, shelves.company).filter(({ kind }) => kind !== 'channel');
  const names = [...new Set(things.flatMap(({ instance }) => (instance === null ? [] : [instance])))];
  const seeds: Record<string, SeedValue> = {};
  const looks: Record<string, MadeUp> = {};
  const untested: string[] = [];
  for (const name of names) {
    const own = things.filter(({ instance }) => instance === name);
    const made = furnishOne(shelves, name, own.map(rowOf));
    if (!made.ok) {
      untested.push(`${name} (${listed(own.map(({ id }) => id))}): ${made.because}`);
      continue;
    }
    seeds[name] = made.furnished.seed as SeedValue;
    for (const { id, kind } of own)
      if (kind === 'credential') looks[id] = made.furnished.credentials ?? { prefix: 'drill_' };
    for (const secret of made.furnished.keys ?? []) looks[`${name}.${secret}`] = { key: 'rsa' };
  }
  const unreached = things.filter(({ instance }) => instance === null).map(({ id }) => id);
  if (unreached.length > 0)
    untested.push(`${listed(unreached)}: no connector reaches them, so their steps are done by hand`);
  return { seeds, looks, untested };
};

/** Fields by which two rows of a simulator can be the same thing. */
const IDENTITIES = [
  'id',
  'sid',
  'waba',
  'app_id',
  'user_id',
  'client_id',
  'object',
  'email',
  'username',
  'hostname',
  'org',
  'repo',
  'token',
];

type Row = Readonly<Record<string, SeedValue>>;
const isRow = (value: SeedValue | undefined): value is Row =>
  value !== null && value !== undefined && typeof value === 'object' && !Array.isArray(value);

/** Agree in every identity that both have, and have one. */
const same = (a: SeedValue, b: SeedValue): boolean => {
  if (!isRow(a) || !isRow(b)) return a === b;
  const both = IDENTITIES.filter((name) => a[name] !== undefined && b[name] !== undefined);
  return both.length > 0 && both.every((name) => a[name] === b[name]);
};

/** What the scenario says of a system, over what the inventory furnishes it with: things of both are there, each once. */
export const over = (furnished: SeedValue | undefined, scenario: SeedValue): SeedValue => {
  if (furnished === undefined) return scenario;
  if (Array.isArray(furnished) && Array.isArray(scenario)) {
    const said = scenario as readonly SeedValue[];
    const others = (furnished as readonly SeedValue[]).filter(
      (one) => !said.some((other) => same(one, other)),
    );
    return [...said, ...others];
  }
  if (!isRow(furnished) || !isRow(scenario)) return scenario;
  return Object.fromEntries(
    [...new Set([...Object.keys(furnished), ...Object.keys(scenario)])].map((key) => {
      const said = scenario[key];
      return [key, said === undefined ? (furnished[key] ?? null) : over(furnished[key], said)];
    }),
  );
};
