import { Problem } from '../base/problem.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Connector } from '../connectors/connector.ts';
import { fit } from '../drill/own/fit.ts';
import type { Fit } from '../drill/own/fit.ts';
import { furnishCompany, over } from '../drill/own/furnish.ts';
import type { FurnishedCompany } from '../drill/own/furnish.ts';
import { measurable, writtenOut } from '../drill/own/measurable.ts';
import type { Staging } from '../drill/own/measurable.ts';
import type { DrillSource } from '../model/drill.ts';
import type { SeedValue } from '../model/move.ts';
import { stepsOf } from '../model/plan.ts';
import type { Plan } from '../model/plan.ts';
import { compilePlan } from '../plan/compile.ts';
import type { Base } from './base.ts';
import { bindingsOf, definitionsOf, freezeCatalog } from './definitions.ts';
import { artifactsOf, asWritten, bare, drillOf } from './drill-setting.ts';
import type { Setting } from './drill-setting.ts';
import type { Stand, WhichCompany } from './place-contract.ts';

/**
 * A drill of a team's own plan: its runbook, its inventory, its people; its systems made up out of the inventory. What was written
 * for the built-in company is first said in the team's own names. Nothing here looks at a secret, an address or a system.
 */

export type OwnPlan = Readonly<{ setting: Setting; cannot: readonly string[] }>;

const loaded = async (base: Base, catalogs: readonly Catalog[]): Promise<ReadonlyMap<string, Connector>> => {
  const kinds = new Set(
    catalogs.flatMap(({ company }) => Object.values(company.value.connectors).map(({ uses }) => uses)),
  );
  const known = [...kinds].filter((kind) => Object.hasOwn(base.connectors, kind));
  const pairs = await Promise.all(
    known.map(async (kind) => [kind, await base.connectors[kind]?.load()] as const),
  );
  return new Map(pairs.flatMap(([kind, one]) => (one === undefined ? [] : [[kind, one] as const])));
};

/** Systems that can be played whether or not a row of the inventory names them. */
const playable = (catalog: Catalog, connectors: Staging['connectors']): ReadonlySet<string> =>
  new Set(
    Object.entries(catalog.company.value.connectors).flatMap(([name, { uses, recipe }]) => {
      const simulator = connectors.get(uses)?.simulator ?? null;
      const scripted = recipe === undefined || catalog.simulatorScripts.has(recipe);
      return simulator !== null && scripted ? [name] : [];
    }),
  );

/** Steps that would do nothing in a drill: no target of theirs is in a system that can be played. */
const idleSteps = (plan: Plan, simulated: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(
    stepsOf(plan).flatMap((step) => {
      if (step.kind !== 'act') return [];
      const reached = step.targets.some(
        ({ action, instance }) => action !== null && instance !== null && simulated.has(instance),
      );
      return reached ? [] : [step.id];
    }),
  );

/** The team's systems under what the scenario says of them, and how each credential of theirs looks. */
const peopled = (drill: DrillSource, { seeds, looks }: FurnishedCompany): DrillSource => ({
  ...drill,
  systems: Object.fromEntries(
    [...new Set([...Object.keys(seeds), ...Object.keys(drill.systems)])].map((name) => [
      name,
      over(seeds[name], drill.systems[name] ?? {}) as Record<string, SeedValue>,
    ]),
  ),
  secrets: { ...looks, ...drill.secrets },
});

const standsOf = ({ systems, rows }: Fit): readonly Stand[] => [
  ...systems.map((one) => ({ what: 'system' as const, ...one })),
  ...rows.map((one) => ({ what: 'row' as const, ...one })),
];

const stagingOf = (catalog: Catalog, connectors: Staging['connectors']): Staging => ({
  company: catalog.company.value,
  connectors,
  scripts: catalog.simulatorScripts,
});

/** A scenario of the built-in company in the team's own. */
const fitted = async (
  base: Base,
  catalog: Catalog,
  example: Catalog,
  runbook: string,
  connectors: Staging['connectors'],
  furnished: FurnishedCompany,
) => {
  const written = writtenOut(drillOf(catalog, runbook).value, stagingOf(example, connectors));
  const source = catalog.runbooks.get(runbook)?.value;
  if (source === undefined) throw new Problem('not-found', { what: 'runbook', id: runbook, near: '' });
  const simulated = playable(catalog, connectors);
  const bindings = await bindingsOf(definitionsOf(freezeCatalog(catalog, null, []), base.connectors));
  const plan = compilePlan(runbook, source, bindings);
  const found = fit({
    drill: written,
    runbook: source,
    example: { company: example.company.value, inventory: example.inventory.value },
    own: { company: catalog.company.value, inventory: catalog.inventory.value },
    map: catalog.drillMap.value,
    simulated,
    idle: idleSteps(plan, simulated),
  });
  const drill = peopled(found.drill, furnished);
  const asked = measurable(written, stagingOf(example, connectors), drill, stagingOf(catalog, connectors));
  return {
    drill: asked.drill,
    stands: standsOf(found),
    left: [...found.left, ...asked.left],
    cannot: found.cannot,
    words: found.words,
  };
};

const furnishing = (catalog: Catalog, connectors: Staging['connectors']): FurnishedCompany =>
  furnishCompany({
    company: catalog.company.value,
    inventory: catalog.inventory.value,
    recipes: catalog.recipes,
    scripts: catalog.simulatorScripts,
    connectors,
  });

/** What a team's systems are made up of, and which of them can be played. */
export const furnishedOf = async (
  base: Base,
  catalog: Catalog,
): Promise<Readonly<{ furnished: FurnishedCompany; simulated: ReadonlySet<string> }>> => {
  const connectors = await loaded(base, [catalog]);
  return { furnished: furnishing(catalog, connectors), simulated: playable(catalog, connectors) };
};

export const ownPlan = async (
  base: Base,
  catalog: Catalog,
  example: Catalog,
  runbook: string,
): Promise<OwnPlan> => {
  const connectors = await loaded(base, [catalog, example]);
  const found = drillOf(catalog, runbook);
  const furnished = furnishing(catalog, connectors);
  const own =
    found.origin === 'built-in'
      ? await fitted(base, catalog, example, runbook, connectors, furnished)
      : { drill: peopled(found.value, furnished), stands: [], left: [], cannot: [], words: [] };
  return {
    cannot: own.cannot,
    setting: {
      company: 'own',
      drill: own.drill,
      connectors: bare(catalog.company.value),
      scripts: Object.fromEntries(catalog.simulatorScripts),
      stands: own.stands,
      untested: furnished.untested,
      left: own.left,
      words: own.words,
      artifacts: artifactsOf(base, catalog, runbook),
    },
  };
};

/** Where a drill is to be played: the catalog it freezes, and its setting. */
export type Place = Readonly<{ catalog: Catalog; setting: Setting }>;

export type Shelves = Readonly<{ own: () => Promise<Catalog>; example: () => Promise<Catalog> }>;

/**
 * Without a workspace the built-in company is all there is; with one it is played in only where a person says so.
 * @throws Problem `drill-unmapped` where the scenario has no place in the team's own inventory
 */
export const placeOf = async (
  base: Base,
  shelves: Shelves,
  runbook: string,
  asked: WhichCompany | null,
): Promise<Place> => {
  const example = await shelves.example();
  const which = asked ?? (base.workspace === null ? 'built-in' : 'own');
  if (which === 'built-in') return { catalog: example, setting: asWritten(base, example, runbook) };
  if (base.workspace === null)
    throw new Problem('usage', { why: 'there is no workspace here, so there is no company of your own' });
  const catalog = await shelves.own();
  const { setting, cannot } = await ownPlan(base, catalog, example, runbook);
  if (cannot.length > 0) throw new Problem('drill-unmapped', { runbook, why: cannot.join('; ') });
  return { catalog, setting };
};
