import type { Base } from './base.ts';
import { paths } from './base.ts';
import type { App, LookHow, Finding, IncidentSummary, OpenIncident, Whose } from './contract.ts';
import { backupFindings } from './backup-findings.ts';
import { noticeOf } from './programme.ts';
import { roomFindings } from './room-findings.ts';
import { definitionsOf, freezeCatalog } from './definitions.ts';
import { keymapOf } from './keymap.ts';
import { keyDoor, keyFindings, keyPlace } from './keys.ts';
import {
  compiledOf,
  coverageOf,
  drillSummaries,
  formatList,
  letterSummaries,
  lintOf,
  runbookSummaries,
} from './knowledge.ts';
import type { Knowledge } from './knowledge.ts';
import { limits } from '../model/limits.ts';
import { terms } from '../regulations/retention.ts';
import { liveOf, opening } from './opening.ts';
import { packDoor } from './packs.ts';
import { makeShelf, zoneKnown } from './shelf.ts';
import type { Shelf } from './shelf.ts';
import { draftsOfHome } from './draft-places.ts';
import { keyringOf } from './store.ts';
import { lastDrill, summaries } from './summaries.ts';
import { trust } from './trust.ts';
import { verifyAt } from './verify.ts';
import { witnessOf } from './witness.ts';

/** The app over the parts it was handed. */
export const makeApp = (base: Base, preloaded: Knowledge | null): App => {
  const shelf = makeShelf(base, preloaded);
  const live = onceATurn(() => summaries(base, false));
  const drills = onceATurn(() => summaries(base, true));
  const opened = new Set<OpenIncident>();
  const drafts = draftsOfHome(base, () => keyringOf(base));
  const track = <One extends OpenIncident>(one: One): One => {
    opened.add(one);
    return one;
  };
  return {
    home: base.home,
    workspace: base.workspace,
    actor: base.actor,
    get zone() {
      return base.zone ?? zoneKnown(base, shelf);
    },
    now: () => base.clock.now(),
    elapsed: () => base.clock.elapsed(),
    learn: async () => void (await shelf.learn()),
    learned: () => shelf.read() !== null,
    keymap: async (table) => await keymapOf(base, table),
    ...listing(base, shelf),
    ...opening(base, shelf, track),
    ...keyDoor(base),
    ...packDoor(base, async () => (await shelf.learn()).catalog.company.value.pack_signers ?? []),
    incidents: (of) => [
      ...(of === 'drills' ? [] : live().readable),
      ...(of === 'live' ? [] : drills().readable),
    ],
    unreadable: () => [...live().unreadable, ...drills().unreadable],
    plan: async (runbook) => {
      const { previewPlan } = await import('./plans.ts');
      // The example company's systems are nobody's: there is nothing to ask them.
      const world = base.workspace === null ? { ...liveOf(base), baseUrl: () => null } : liveOf(base);
      return await previewPlan(base, world, await shelf.learn(), runbook);
    },
    planItem: async (item, what) => {
      const { previewItem } = await import('./plans.ts');
      return await previewItem(liveOf(base), await shelf.own(), base.connectors, item, what);
    },
    planRotation: async (item) => {
      const { previewRotation } = await import('./plans.ts');
      return await previewRotation(liveOf(base), await shelf.own(), base.connectors, item);
    },
    trust: () => Promise.resolve(trust(base.files, base.home, base.workspace)),
    ...proving(base),
    whose: whoseOf(base),
    doctor: async (how = {}) => await doctored(base, shelf, live().readable, how),
    programme: async () => (await import('./improving.ts')).programmeDoor(base, await shelf.learn()),
    live: base.live !== null,
    drillNotice: noticeOf(base, () => shelf.read()),
    audits: async () => (await import('./auditing.ts')).auditDoor(base, shelf),
    drafts,
    close: async () => {
      drafts.leave();
      await allLeft(opened);
    },
  };
};

const allLeft = async (opened: ReadonlySet<OpenIncident>): Promise<void> => {
  await Promise.all([...opened].map(async (one) => one.leave().catch(() => undefined)));
};

/** Practice has a workspace too, the example's: its made-up world comes first. */
const whoseOf = ({ live, workspace }: Base): Whose => {
  if (live?.drill === true) return 'practice';
  return workspace === null ? 'example' : 'own';
};

/** What would fail tonight: keys, copies, and everything that definitions name. */
const doctored = async (
  base: Base,
  shelf: Shelf,
  incidents: readonly IncidentSummary[],
  how: LookHow,
): Promise<readonly Finding[]> => {
  const { examine } = await import('./doctor.ts');
  const own = await shelf.own();
  const { catalog } = own;
  const world = liveOf(base);
  const open = incidents.filter(({ phase }) => phase === 'open').map(({ id }) => id);
  return [
    ...keyFindings(base),
    ...roomFindings(base),
    ...backupFindings(base.files, catalog.company.value, open, world.clock.now()),
    ...(await examine(
      await shelf.learn(),
      own,
      definitionsOf(freezeCatalog(catalog, null, []), base.connectors),
      world,
      how,
    )),
  ];
};

/** Whether a journal holds, one's own or another responder's. */
const proving = (base: Base): Pick<App, 'verify' | 'witness'> => ({
  verify: async (idOrPath, how) => await verifyAt(base, idOrPath, how),
  witness: witnessOf(base),
});

/** Drawing a screen asks for the same list several times, and nothing can be written in between. */
const onceATurn = <T>(work: () => T): (() => T) => {
  let done: { value: T } | null = null;
  return () => {
    if (done !== null) return done.value;
    done = { value: work() };
    queueMicrotask(() => void (done = null));
    return done.value;
  };
};

type Listing =
  | 'issues'
  | 'lint'
  | 'runbooks'
  | 'compiled'
  | 'coverage'
  | 'inventory'
  | 'retention'
  | 'lockMinutes'
  | 'drills'
  | 'letters'
  | 'formats'
  | 'places'
  | 'journals'
  | 'packets'
  | 'authoring';

const listing = (base: Base, shelf: Shelf): Pick<App, Listing> => ({
  issues: () => shelf.read()?.catalog.issues ?? [],
  lint: (path) => {
    const roots = [base.packageRoot, ...(base.workspace === null ? [] : [base.workspace])];
    return Promise.resolve(lintOf(shelf.known(), roots, path, base.files.exists(path)));
  },
  runbooks: () => listed(shelf, runbookSummaries),
  compiled: (runbook) => compiledOf(shelf.known(), runbook),
  coverage: () => coverageOf(shelf.known()),
  inventory: () => shelf.known().catalog.inventory.value,
  retention: () => {
    const own = shelf.known().catalog.company.value.retention;
    return terms(own === undefined ? [] : [own]);
  },
  lockMinutes: () => shelf.read()?.catalog.company.value.terminal?.lock_minutes ?? limits.lockMinutes,
  drills: () => listed(shelf, (known) => drillSummaries(known, (runbook) => lastDrill(base, runbook))),
  letters: () => listed(shelf, letterSummaries),
  formats: formatList,
  places: () => placesOf(base),
  packets: async () => (await import('./resume-from.ts')).packetDoor(base),
  journals: async () => (await import('./journals.ts')).journalDoor(base),
  authoring: async () => await (await import('./authoring.ts')).authoringDoor(base, shelf),
});

const listed = <T>(shelf: Shelf, list: (known: Knowledge) => readonly T[]): readonly T[] => {
  const known = shelf.read();
  return known === null ? [] : list(known);
};

const placesOf = (base: Base): ReturnType<App['places']> => [
  { name: 'data', path: base.home },
  { name: 'incidents', path: paths(base.home).incidents },
  { name: 'drills', path: paths(base.home).drills },
  { name: 'keys', path: paths(base.home).keys },
  { name: 'key of live incidents', path: keyPlace(base) },
  { name: 'exports', path: paths(base.home).exports },
  ...(base.keymapFile === undefined ? [] : [{ name: 'keymap', path: base.keymapFile }]),
  { name: 'workspace', path: base.workspace ?? '(none: the built-in example company)' },
  { name: 'program', path: base.packageRoot },
];
