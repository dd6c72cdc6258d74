import { assert } from '../base/assert.ts';
import { Problem } from '../base/problem.ts';
import type { World } from '../engine/world.ts';
import { prepare } from '../engine/prepare.ts';
import { newId } from '../io/random.ts';
import { fingerprint } from '../journal/seal.ts';
import type { Fresh } from '../model/event.ts';
import { stepsOf } from '../model/plan.ts';
import type { Base } from './base.ts';
import { paths } from './base.ts';
import type { App, DeclareInput, IncidentSummary, OpenIncident, PlanPreview } from './contract.ts';
import { attachEvents, openingEvents } from './declare.ts';
import { bindingsOf, definitionsOf, freezeCatalog } from './definitions.ts';
import { examine } from './doctor.ts';
import { withoutExample } from './empty.ts';
import { resumeDrill, startDrill } from './drills.ts';
import { compiledOf, coverageOf, drillSummaries, formatList, letterSummaries, lintOf, runbookSummaries } from './knowledge.ts';
import type { Knowledge } from './knowledge.ts';
import { trust } from './trust.ts';
import { createIncident, isDrillId, keysFor, openIncident } from './store.ts';
import { lastDrill, summaries } from './summaries.ts';
import { verifyAt } from './verify.ts';

/** The app over the parts it was handed. Definitions are read when first needed: a status line must not wait for them. */
export const makeApp = (base: Base, preloaded: Knowledge | null): App => {
  let knowledge = preloaded;
  const opened = new Set<OpenIncident>();
  const known = (): Knowledge => {
    assert(knowledge !== null, 'the definitions are read before they are listed');
    return knowledge;
  };
  const learn = async (): Promise<Knowledge> => (knowledge ??= await readKnowledge(base, base.workspace));
  /** What a live incident is made of: the team's own definitions, or none. */
  const own = async (): Promise<Knowledge> => {
    const all = await learn();
    return base.workspace === null ? { ...all, catalog: withoutExample(all.catalog) } : all;
  };
  const live = (): World => {
    if (base.live === null) throw new Problem('wall', { host: 'every live system' });
    return base.live;
  };
  const track = <One extends OpenIncident>(one: One): One => {
    opened.add(one);
    return one;
  };
  const open: App['open'] = async (id, options = {}) => {
    const chosen = id ?? onlyOpen(summaries(base, false));
    if (!isDrillId(base, chosen)) return track(await openIncident(base, live(), chosen, options));
    const { catalog } = await readKnowledge(base, null);
    return track(await resumeDrill(base, catalog, chosen));
  };

  return {
    home: base.home,
    workspace: base.workspace,
    actor: base.actor,
    zone: base.zone ?? knowledge?.catalog.company.value.organisation.zone ?? 'UTC',
    now: () => base.clock.now(),
    issues: () => known().catalog.issues,
    lint: (path) => {
      const roots = [base.packageRoot, ...(base.workspace === null ? [] : [base.workspace])];
      return Promise.resolve(lintOf(known(), roots, path, base.files.exists(path)));
    },
    runbooks: () => runbookSummaries(known()),
    compiled: (runbook) => compiledOf(known(), runbook),
    plan: async (runbook) => await previewPlan(base, base.workspace === null ? { ...live(), baseUrl: () => null } : live(), await learn(), runbook),
    coverage: () => coverageOf(known()),
    inventory: () => known().catalog.inventory.value,
    drills: () => drillSummaries(known(), (runbook) => lastDrill(base, runbook)),
    letters: () => letterSummaries(known()),
    formats: formatList,
    places: () => placesOf(base),
    incidents: () => [...summaries(base, false), ...summaries(base, true)],
    declare: async (input) => track(await declareIncident(base, live(), await own(), input)),
    open,
    contain: async (item, _what, options = {}) => {
      const incident = await containing(base, live(), await own(), item, options.incident ?? null);
      const runtime = track(await openIncident(base, live(), incident));
      const given = (options.leaked ?? []).map((value) => ({ item, value }));
      if (given.length > 0) await runtime.parts.ledger.append(credentials(base, incident, given));
      return runtime;
    },
    drill: async (runbook, options = {}) => {
      const { catalog } = await readKnowledge(base, null);
      return track(await startDrill(base, catalog, runbook, options));
    },
    trust: () => Promise.resolve(trust(base.files, base.home, base.workspace)),
    verify: (idOrPath) => Promise.resolve(verifyAt(base, idOrPath)),
    doctor: async () => {
      const all = await learn();
      // The example company's systems are nobody's: there is nothing to ask them.
      const { catalog } = await own();
      return await examine(all, definitionsOf(freezeCatalog(catalog, null, []), base.connectors), live());
    },
    close: async () => {
      await Promise.all([...opened].map(async (one) => { await one.leave().catch(() => undefined); }));
    },
  };
};

export const readKnowledge = async (base: Base, workspace: string | null): Promise<Knowledge> => {
  const catalog = await base.readCatalog(workspace);
  return { catalog, bindings: await bindingsOf(definitionsOf(freezeCatalog(catalog, null, []), base.connectors)) };
};

const placesOf = (base: Base): ReturnType<App['places']> => [
  { name: 'data', path: base.home },
  { name: 'incidents', path: paths(base.home).incidents },
  { name: 'drills', path: paths(base.home).drills },
  { name: 'keys', path: paths(base.home).keys },
  { name: 'exports', path: paths(base.home).exports },
  { name: 'workspace', path: base.workspace ?? '(none: the built-in example company)' },
  { name: 'program', path: base.packageRoot },
];

/** The one open incident. Two open ones are never guessed between. */
const onlyOpen = (all: readonly IncidentSummary[]): string => {
  const open = all.filter((one) => one.phase === 'open');
  const [first, ...others] = open;
  if (first === undefined) throw new Problem('no-incident');
  if (others.length > 0) throw new Problem('several-incidents', { ids: open.map((one) => `${one.id} (${one.codename})`).join(', ') });
  return first.id;
};

const declareIncident = async (base: Base, world: World, { catalog }: Knowledge, input: DeclareInput): Promise<OpenIncident> => {
  if (input.into !== undefined) {
    const attached = await attachEvents(catalog, base.connectors, input.runbook);
    const into = await openIncident(base, world, input.into);
    await into.parts.ledger.append(attached);
    await into.leave();
    return await openIncident(base, world, input.into);
  }
  const id = newId('inc', base.clock, base.random);
  const { runbook, title, earliestAt, aware, severity } = input;
  const opening = { runbook, title, earliestAt: earliestAt ?? base.clock.now(), aware: aware ?? null, severity: severity ?? null };
  await createIncident(base, world, id, await openingEvents(catalog, base.connectors, world, opening));
  return await openIncident(base, world, id);
};

/** Containing comes before declaring: without an open incident one is made on the spot, and a runbook attached later. */
const containing = async (base: Base, world: World, { catalog }: Knowledge, item: string, asked: string | null): Promise<string> => {
  const open = summaries(base, false).filter((one) => one.phase === 'open');
  if (asked !== null) return asked;
  if (open.length > 0) return onlyOpen(open);
  const id = newId('inc', base.clock, base.random);
  const opening = { runbook: null, title: `Containment of ${item}`, earliestAt: base.clock.now(), aware: null, severity: null };
  await createIncident(base, world, id, await openingEvents(catalog, base.connectors, world, opening));
  return id;
};

const credentials = (base: Base, id: string, given: readonly Readonly<{ item: string; value: string }>[]): readonly Fresh[] => {
  const key = keysFor(base, id, false).kek ?? new TextEncoder().encode(id);
  return given.map(({ item, value }) => ({
    kind: 'credential.given',
    pub: { credential: item, fingerprint: fingerprint(key, value) },
    priv: { secret: { class: 'secrets-seen', value } },
  }));
};

const previewPlan = async (base: Base, world: World, knowledge: Knowledge, runbook: string): Promise<PlanPreview> => {
  const { plan, sha256 } = compiledOf(knowledge, runbook);
  const definitions = definitionsOf(freezeCatalog(knowledge.catalog, null, []), base.connectors);
  const steps = await Promise.all(
    stepsOf(plan).map(async (step) => {
      if (step.kind !== 'act') return { step, prepared: null };
      const { request: _request, effect: _effect, ...prepared } = await prepare(
        world,
        definitions,
        {
          step: step.id,
          title: step.title,
          direction: 'do',
          targets: step.targets,
          input: step.input,
          friction: step.friction,
          reversible: step.reversible,
          unconfirmed: step.confidence === 'unconfirmed',
          effect: step.effect,
          fallback: step.fallback,
          approvals: step.approvals,
          preserve: step.preserve,
          planSha256: sha256,
        },
        () => [],
      );
      return { step, prepared };
    }),
  );
  return { runbook, title: plan.title, sha256, plan, steps };
};

