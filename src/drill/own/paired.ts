import type { Company } from '../../model/company.ts';
import type { DrillMap } from '../../model/drill-map.ts';
import type { DrillSource } from '../../model/drill.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { RunbookSource } from '../../model/runbook.ts';
import type { Deed, TrapSource } from '../../model/scenario.ts';
import type { Names } from './names.ts';
import { pairRows, pairSystems } from './pair.ts';
import type { Pair, SystemPair } from './pair.ts';
import { speaksOf, thingsOf } from './things.ts';
import type { Thing } from './things.ts';

/** What of a team stands for what of the built-in company in one scenario, and the names that follow from it. */

export type FitInput = Readonly<{
  drill: DrillSource;
  runbook: RunbookSource;
  example: Readonly<{ company: Company; inventory: Inventory }>;
  own: Readonly<{ company: Company; inventory: Inventory }>;
  map: DrillMap;
  /** Systems of the team that can be simulated. */
  simulated: ReadonlySet<string>;
  /** Steps of the team's plan that reach no system which a drill can play. */
  idle: ReadonlySet<string>;
}>;

/** The credential of the inventory that a made-up secret is the value of; null for one that is nobody's row. */
const credentialOf = (secret: string, inventory: Inventory): string | null =>
  inventory.credentials.find(({ id }) => id === secret || id.endsWith(`-${secret}`))?.id ?? null;

export const deedsOf = (trap: TrapSource): readonly Deed[] => Object.values(trap.play.before ?? {}).flat();

/** Rows that the scenario names outright: what leaked, what is chosen, what is stopped. */
const namedRows = ({ drill, example }: FitInput): ReadonlySet<string> => {
  const answers = [drill.moves, ...(drill.traps ?? []).map(({ play }) => play.moves ?? {})]
    .flatMap((moves) => Object.values(moves))
    .flatMap((move) => ('answer' in move && Array.isArray(move.answer) ? move.answer : []));
  const secrets = Object.keys(drill.secrets ?? {}).flatMap(
    (name) => credentialOf(name, example.inventory) ?? [],
  );
  const stopped = (drill.traps ?? [])
    .flatMap(deedsOf)
    .flatMap((deed) => ('stop' in deed ? [deed.stop.item] : []));
  return new Set([...answers, ...secrets, ...stopped]);
};

export type Paired = Readonly<{
  rows: readonly Pair[];
  systems: readonly SystemPair[];
  names: Names;
  sameKind: ReadonlySet<string>;
}>;

export const paired = (input: FitInput): Paired => {
  const { drill, example, own, map, simulated } = input;
  const theirs = thingsOf(example.inventory, example.company);
  const ours = thingsOf(own.inventory, own.company);
  const named = namedRows(input);
  const first = theirs.filter(({ id }) => named.has(id));
  const world = new Set(Object.keys(drill.systems));
  const others = theirs.filter(
    ({ id, instance }) => !named.has(id) && instance !== null && world.has(instance),
  );
  const rows = pairRows(first, others, ours, map);
  const byId = (list: readonly Thing[]) => new Map(list.map((one) => [one.id, one]));
  const [theirsById, oursById] = [byId(theirs), byId(ours)];
  const both = rows.flatMap(({ from, to }): readonly (readonly [Thing, Thing])[] => {
    const [a, b] = [theirsById.get(from), oursById.get(to ?? '')];
    return a === undefined || b === undefined ? [] : [[a, b]];
  });
  const speaks = new Map(
    Object.keys(own.company.connectors)
      .filter((name) => simulated.has(name))
      .map((name) => [name, speaksOf(own.company, name) ?? '']),
  );
  const systems = pairSystems(
    Object.keys(drill.systems),
    (name) => speaksOf(example.company, name),
    speaks,
    both,
    map,
  );
  const alike = both.filter(([a, b]) => a.speaks === b.speaks);
  const gone = theirs.filter((one) => others.concat(first).includes(one) && !alike.some(([a]) => a === one));
  // What stands in a system that nobody has needs no second word.
  const there = new Set(systems.flatMap(({ from, to }) => (to === null ? [] : [from])));
  const shown = rows.filter(
    ({ from, to }) => to !== null || named.has(from) || there.has(theirsById.get(from)?.instance ?? ''),
  );
  return {
    rows: shown,
    systems,
    names: namesOf(input, { alike, both, gone, systems }),
    sameKind: new Set(alike.map(([{ id }]) => id)),
  };
};

type Matched = Readonly<{
  alike: readonly (readonly [Thing, Thing])[];
  both: readonly (readonly [Thing, Thing])[];
  gone: readonly Thing[];
  systems: readonly SystemPair[];
}>;

const namesOf = ({ drill, example, own }: FitInput, { alike, both, gone, systems }: Matched): Names => {
  const mapped = systems.flatMap(({ from, to }) => (to === null ? [] : [[from, to] as const]));
  const ids = new Map<string, string>();
  const learn = (from: unknown, to: unknown): void => {
    const [a, b] = [String(from), String(to)];
    if (from !== undefined && to !== undefined && !ids.has(a)) ids.set(a, b);
  };
  for (const [a, b] of alike) for (const name of Object.keys(a.params)) learn(a.params[name], b.params[name]);
  for (const [from, to] of mapped) {
    const [a = {}, b = {}] = [example.company.connectors[from]?.config, own.company.connectors[to]?.config];
    for (const name of Object.keys(a)) learn(a[name], b[name]);
  }
  const theirName = example.company.organisation;
  const { name } = own.company.organisation;
  const short = theirName.name
    .split(/[^A-Za-z]+/)
    .map((word) => word.charAt(0))
    .join('');
  const secrets = Object.keys(drill.secrets ?? {}).flatMap(
    (secret): readonly (readonly [string, string | null])[] => {
      const row = credentialOf(secret, example.inventory);
      return row === null ? [] : [[secret, both.find(([a]) => a.id === row)?.[1].id ?? null]];
    },
  );
  return {
    ids,
    gone: new Set(gone.flatMap(({ params }) => Object.values(params)).filter((id) => !ids.has(id))),
    systems: new Map(mapped),
    secrets: new Map(secrets),
    words: [
      ...both.map(([a, b]) => [a.id, b.id] as const),
      ...(theirName.name === name ? [] : [theirName.legal_name ?? '', theirName.name, short])
        .filter((one) => one !== '')
        .map((one) => [one, name] as const),
    ],
  };
};
