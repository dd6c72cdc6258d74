import { Problem } from '../base/problem.ts';
import type { World } from '../engine/world.ts';
import { newId } from '../io/random.ts';
import { fingerprint } from '../journal/seal.ts';
import type { Fresh } from '../model/event.ts';
import type { Base } from './base.ts';
import type { App, DeclareInput, IncidentSummary, OpenIncident } from './contract.ts';
import { attachEvents, openingEvents } from './declare.ts';
import type { Knowledge } from './knowledge.ts';
import { idNamed } from './named.ts';
import { practising } from './practising.ts';
import type { Shelf } from './shelf.ts';
import { inventoryRows } from './views.ts';
import { createIncident, idsIn, isDrillId, keysFor, openIncident, unlocked } from './store.ts';
import type { OpenHow } from './store.ts';
import { summaries } from './summaries.ts';
import type { Summaries } from './summaries.ts';

/** The ways into an incident: declared, contained on the spot, gone on with, or played as a drill. */
export const opening = (
  base: Base,
  shelf: Shelf,
  track: <One extends OpenIncident>(one: One) => One,
): Pick<App, 'declare' | 'open' | 'requests' | 'contain' | keyof ReturnType<typeof practising>> => ({
  declare: async (input) => track(await declareIncident(base, liveOf(base), await shelf.own(), input)),
  open: async (id, options = {}) => {
    const chosen = (id === undefined ? null : idNamed(base, id)) ?? onlyOne(base, options) ?? onlyOpen(base);
    if (!isDrillId(base, chosen)) {
      const opened = track(await openIncident(base, liveOf(base), chosen, options));
      if (id === undefined && opened.view().state.phase === 'closed') throw noneOpen(base);
      return opened;
    }
    const { resumeDrill } = await import('./drills.ts');
    return track(await resumeDrill(base, (await shelf.example()).catalog, chosen));
  },
  requests: async (named) => {
    const chosen = named === undefined ? await requestList(base, await shelf.own()) : idNamed(base, named);
    if (!isDrillId(base, chosen)) return track(await openIncident(base, liveOf(base), chosen));
    const { resumeDrill } = await import('./drills.ts');
    return track(await resumeDrill(base, (await shelf.example()).catalog, chosen));
  },
  contain: async (item, _what, options = {}) => {
    const world = liveOf(base);
    const named = options.incident === undefined ? null : idNamed(base, options.incident);
    const incident = await containing(base, world, await shelf.own(), item, named);
    const runtime = track(await openIncident(base, world, incident));
    if (!runtime.items().some(({ id }) => id === item)) throw noRow(item);
    const given = (options.leaked ?? []).map((value) => ({ item, value }));
    if (given.length > 0) await runtime.parts.ledger.append(credentials(base, incident, given));
    return runtime;
  },
  ...practising(base, shelf, track),
});

/** Where only drills are wanted there is no live part at all, and asking for one ends here. */
export const liveOf = (base: Base): World => {
  if (base.live === null) throw new Problem('wall', { host: 'every live system' });
  return base.live;
};

/** Where there is one journal at all, looking into it is how a reader finds out whether it is open: it is read once. */
const onlyOne = (base: Base, { readOnly = false }: OpenHow): string | null => {
  const [only, ...others] = idsIn(base, false);
  return readOnly && others.length === 0 ? (only ?? null) : null;
};

/** The one open incident. Two open ones are never guessed between, and one that does not open is not taken for none. */
const onlyOpen = (base: Base, { readable, unreadable }: Summaries = summaries(base, false)): string => {
  const all = readable.filter((one) => one.phase === 'open');
  const breaches = all.filter((one) => one.purpose === 'breach');
  const open = breaches.length > 0 ? breaches : all;
  const [first, ...others] = open;
  const [hidden] = unreadable;
  if (first === undefined && hidden !== undefined) throw hidden.error;
  if (first === undefined) throw noneOpen(base);
  if (others.length > 0)
    throw new Problem('several-incidents', {
      ids: open.map((one) => `${one.id} (${one.codename})`).join(', '),
    });
  return first.id;
};

/** Somebody may be looking for the drill that they left, or for what was closed an hour ago. */
const noneOpen = (base: Base): Problem => {
  const drills = summaries(base, true).readable.filter(({ phase }) => phase === 'open');
  const closed = summaries(base, false).readable.filter(({ phase }) => phase === 'closed');
  const facts = { drill: newest(drills), closed: newest(closed) };
  return new Problem('no-incident', facts);
};

/** Ids begin with the time at which they were made. */
const newest = (some: readonly IncidentSummary[]): string =>
  some.toSorted((a, b) => (a.id < b.id ? 1 : -1))[0]?.codename ?? '';

const declareIncident = async (
  base: Base,
  world: World,
  { catalog }: Knowledge,
  input: DeclareInput,
): Promise<OpenIncident> => {
  if (input.into !== undefined) {
    const attached = await attachEvents(catalog, base.connectors, input.runbook);
    const into = await openIncident(base, world, input.into);
    try {
      if (into.parts.readOnly) throw new Problem('engine-held', { incident: input.into });
      if (input.aware !== undefined)
        await into.act({
          do: 'learn',
          fact: 'aware',
          answer: { is: 'time', at: input.aware },
          basis: 'told',
        });
      await into.parts.ledger.append(attached);
    } finally {
      await into.leave();
    }
    return await openIncident(base, world, input.into);
  }
  const id = newId('inc', base.clock, base.random);
  const { runbook, title, earliestAt, aware, severity } = input;
  const opening = {
    runbook,
    title,
    earliestAt: earliestAt ?? base.clock.now(),
    aware: aware ?? null,
    severity: severity ?? null,
  };
  await createIncident(base, world, id, await openingEvents(catalog, base.connectors, world, opening));
  return await openIncident(base, world, id);
};

/** Nobody has to declare a breach because somebody asked for their data. */
const requestList = async (base: Base, { catalog }: Knowledge): Promise<string> => {
  const found = summaries(base, false);
  const open = found.readable.filter((one) => one.phase === 'open');
  const list = open.find((one) => one.purpose === 'requests');
  if (list !== undefined) return list.id;
  if (open.length > 0) return onlyOpen(base, found);
  const id = newId('inc', base.clock, base.random);
  const opening = {
    runbook: null,
    title: 'What people ask for: access, erasure, complaints',
    earliestAt: base.clock.now(),
    aware: null,
    severity: 'low',
    purpose: 'requests',
  } as const;
  const world = liveOf(base);
  await createIncident(base, world, id, await openingEvents(catalog, base.connectors, world, opening));
  return id;
};

const noRow = (item: string): Problem => new Problem('not-found', { what: 'inventory row', id: item });

/** Containing comes before declaring: without an open incident one is made on the spot, and a runbook attached later. */
const containing = async (
  base: Base,
  world: World,
  { catalog }: Knowledge,
  item: string,
  asked: string | null,
): Promise<string> => {
  const found = summaries(base, false);
  if (asked !== null) return asked;
  // One whose key is not at hand does not even know its own inventory: containing must not wait for that key.
  const usable: IncidentSummary[] = [];
  for (const one of found.readable)
    if (one.phase === 'open' && one.purpose === 'breach' && (await unlocked(base, one.id))) usable.push(one);
  if (usable.length > 0) return onlyOpen(base, { ...found, readable: usable });
  // Before anything is written: a misspelt name must not leave an incident behind.
  if (!inventoryRows(catalog.inventory.value).some(({ id }) => id === item)) throw noRow(item);
  const id = newId('inc', base.clock, base.random);
  const opening = {
    runbook: null,
    title: `Containment of ${item}`,
    earliestAt: base.clock.now(),
    aware: null,
    severity: null,
  };
  await createIncident(base, world, id, await openingEvents(catalog, base.connectors, world, opening));
  return id;
};

const credentials = (
  base: Base,
  id: string,
  given: readonly Readonly<{ item: string; value: string }>[],
): readonly Fresh[] => {
  const key = keysFor(base, id, false).kek ?? new TextEncoder().encode(id);
  return given.map(({ item, value }) => ({
    kind: 'credential.given',
    pub: { credential: item, fingerprint: fingerprint(key, value) },
    priv: { secret: { class: 'secrets-seen', value } },
  }));
};
