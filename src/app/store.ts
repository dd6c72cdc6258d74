import { join } from 'node:path';
import { toHex } from '../base/hash.ts';
import { instant, type Instant } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { endOpenBatches } from '../engine/batch/end.ts';
import type { Definitions, World } from '../engine/world.ts';
import { inDoubt } from '../incident/state.ts';
import type { IncidentState } from '../incident/state.ts';
import { systemKeychain } from '../io/keychain.ts';
import { loadOrCreateKeys } from '../journal/keys.ts';
import type { JournalKeys } from '../journal/keys.ts';
import { fingerprint } from '../journal/seal.ts';
import { createJournal, openJournal } from '../journal/store.ts';
import type { Journal } from '../journal/store.ts';
import type { Fresh } from '../model/event.ts';
import { placeOf } from '../model/item.ts';
import { limits } from '../model/limits.ts';
import type { Retention } from '../model/retention.ts';
import type { Base } from './base.ts';
import { incidentFolder, isIncidentId, journalPath, paths } from './base.ts';
import { bindingsOf, definitionsOf, freezeCatalog, thaw } from './definitions.ts';
import { draftsBeside } from './draft-places.ts';
import { noDrafts } from './drafts.ts';
import { openRuntime } from './incident.ts';
import { shredSecrets } from './rotating.ts';
import type { IncidentParts } from './parts.ts';
import { ballastOf, withRoom } from './room.ts';
import type { Runtime } from './incident.ts';
import { contradictions, makeMarks } from './marks.ts';
import type { Marks } from './marks.ts';
import { makeKeyring, wrappersOf } from './keyring.ts';
import type { KeyringParts } from './key-parts.ts';
import type { Keyring } from './keyring.ts';
import { openLedger } from './ledger.ts';
import { SNAPSHOT_FILE, snapshotsOf, type Snapshots } from './snapshots.ts';

/** Incidents on the disk: a folder each, with its journal; a drill's folder holds its throw-away keys and systems too. */

/** A drill's journal is sealed with a key of its own, so that throwing the folder away throws everything away. */
export const keysFor = (base: Base, id: string, drill: boolean): JournalKeys =>
  drill ? drillKeys(base, id) : keyringOf(base).of(journalPath(incidentFolder(base.home, id, false)));

const drillKeys = (base: Base, id: string): JournalKeys =>
  loadOrCreateKeys(join(incidentFolder(base.home, id, true), 'keys'), base.files, base.random);

export const keyringOf = (base: Base): Keyring => base.keyring ?? makeKeyring(keyPartsOf(base));

const keyPartsOf = ({ home, files, random }: Base): KeyringParts => ({
  folder: paths(home).keys,
  files,
  random,
  keychain: systemKeychain(),
});

/** Asks for the key that this live incident is sealed with, where it is not at hand. False: it still is not. */
export const unlocked = async (base: Base, id: string): Promise<boolean> => {
  const path = journalPath(incidentFolder(base.home, id, false));
  const ring = keyringOf(base);
  await ring.unlock(() => wrappersOf(path));
  return ring.of(path).kek !== null;
};

/** A drill's marks are in the folder alone: nothing of it reaches the keychain of the person. */
export const marksOf = (base: Base, drill: boolean): Marks =>
  makeMarks({
    folder: paths(base.home).marks,
    files: base.files,
    keychain: drill ? null : (base.keychain ?? null),
    patience: async (signal) => await base.clock.sleep(limits.keychainMs, signal),
  });

export const idsIn = (base: Base, drill: boolean): readonly string[] => {
  const folder = drill ? paths(base.home).drills : paths(base.home).incidents;
  return base.files
    .list(folder)
    .filter(
      (entry) =>
        entry.kind === 'folder' &&
        isIncidentId(entry.name) &&
        base.files.exists(journalPath(join(folder, entry.name))),
    )
    .map((entry) => entry.name);
};

export const isDrillId = (base: Base, id: string): boolean =>
  base.files.exists(journalPath(incidentFolder(base.home, id, true)));

export const createIncident = async (
  base: Base,
  world: World,
  id: string,
  events: readonly Fresh[],
): Promise<void> => {
  const { drill } = world;
  const folder = incidentFolder(base.home, id, drill);
  if (!drill) await keyringOf(base).unlock();
  base.files.privateDir(folder);
  const journal = createJournal({
    path: journalPath(folder),
    incident: id,
    drill,
    tool: base.tool,
    actor: base.actor,
    clock: world.clock,
    random: base.random,
    keys: drill ? drillKeys(base, id) : keyringOf(base).fresh(),
    ballast: ballastOf(base),
  });
  try {
    await openLedger(journal, base.actor).append(events);
  } finally {
    journal.close();
  }
};

export type OpenHow = Readonly<{ takeOver?: boolean; readOnly?: boolean }>;

const openJournalOf = (base: Base, world: World, id: string, readOnly: boolean): Journal => {
  const path = journalPath(incidentFolder(base.home, id, world.drill));
  if (!base.files.exists(path)) throw new Problem('not-found', { what: 'incident', id });
  const options = {
    path,
    clock: world.clock,
    random: base.random,
    keys: keysFor(base, id, world.drill),
    readOnly,
  };
  return withRoom(base, () => openJournal(readOnly ? options : { ...options, ballast: ballastOf(base) }));
};

/** One engine an incident: another process that holds it makes this one read-only, unless the person takes over. */
const takeLease = async (
  journal: Journal,
  owner: string,
  how: OpenHow,
  tell: (event: Fresh) => Promise<void>,
): Promise<boolean> => {
  if (how.readOnly === true) return false;
  const grant = journal.lease.acquire(owner);
  if (grant.held) return true;
  if (how.takeOver !== true) return false;
  journal.lease.takeOver(owner);
  await tell({ kind: 'engine.taken_over', pub: { from: grant.holder.owner } });
  return true;
};

/** The latest time that the journal has recorded. */
export const lastMoment = (base: Base, world: World, id: string): Instant => {
  const journal = openJournalOf(base, world, id, true);
  try {
    const now = world.clock.now();
    return instant(Math.max(now, openLedger(journal, base.actor).latest() ?? now));
  } finally {
    journal.close();
  }
};

/** What was under way when the tool died: acts without an outcome, and what of these batches may have been begun. */
const underWay = (state: IncidentState, batches: readonly number[]): readonly string[] =>
  [...state.acts.values()]
    .filter((act) => act.result === null)
    .map((act) => `${act.action} on ${act.target}`)
    .concat(batches.flatMap((batch) => cutOff(state, batch)));

/** What of a batch was under way when the tool died. */
const cutOff = (state: IncidentState, batch: number): readonly string[] =>
  [...state.acts.values()]
    .filter((act) => placeOf(act.intent).entry === batch && inDoubt(act))
    .map((act) => `${act.action} on ${act.target}`);

/** The policy that was frozen and that of the workspace today; none where neither says a word. */
const policiesOf = async (base: Base, then: Retention | undefined): Promise<readonly Retention[]> => {
  const catalog = base.workspace === null ? null : await base.readCatalog(base.workspace);
  return [then, catalog?.company.value.retention].filter((one) => one !== undefined);
};

/** What the workspace says today; read when somebody asks, and once. */
const todayOf = (base: Base, world: World): (() => Promise<Definitions | null>) => {
  let read: Promise<Definitions | null> | null = null;
  const { workspace } = base;
  const load = async (): Promise<Definitions | null> => {
    if (workspace === null || world.drill) return null;
    return definitionsOf(freezeCatalog(await base.readCatalog(workspace), null, []), base.connectors);
  };
  return async () => await (read ??= load());
};

/** Drills are short, and each is played from its beginning often enough. */
export const snapshotsIn = (
  base: Base,
  id: string,
  drill: boolean,
  journal: Journal,
  readOnly: boolean,
): Snapshots | null => {
  if (base.fold === undefined || drill) return null;
  const path = join(incidentFolder(base.home, id, false), SNAPSHOT_FILE);
  return snapshotsOf({ path, files: base.files, journal, made: base.fold, readOnly });
};

type AboutBase = Pick<IncidentParts, 'exportsFolder' | 'typesetter' | 'today' | 'tool' | 'device'>;

const noTypesetter = (): never => {
  throw new Problem('not-installed', { what: 'the typesetter that makes PDF files' });
};

/** What an incident needs to know of the installation that it is opened in. */
const aboutBase = (base: Base, world: World, id: string): AboutBase => ({
  exportsFolder: world.drill
    ? join(incidentFolder(base.home, id, true), 'exports')
    : join(paths(base.home).exports, id),
  typesetter: base.typesetter ?? noTypesetter,
  today: todayOf(base, world),
  tool: base.tool,
  device: keysFor(base, id, world.drill).signer.publicKey,
});

export const openIncident = async (
  base: Base,
  world: World,
  id: string,
  how: OpenHow = {},
): Promise<Runtime> => {
  const path = journalPath(incidentFolder(base.home, id, false));
  if (!world.drill) await keyringOf(base).unlock(() => (base.files.exists(path) ? wrappersOf(path) : []));
  const journal = openJournalOf(base, world, id, how.readOnly === true);
  try {
    const snapshots = snapshotsIn(base, id, world.drill, journal, how.readOnly === true);
    const ledger = openLedger(journal, base.actor, base.hooks, snapshots);
    const owner = `${base.actor}-${toHex(base.random.bytes(4))}`;
    // What goes on at another machine is only read here.
    const gone = ledger.state().handed !== null;
    const held = await takeLease(journal, owner, gone ? { readOnly: true } : how, async (event) => {
      await ledger.append([event]);
    });
    if (held && journal.noteJump()) ledger.refresh();
    const cut = held ? await endOpenBatches(ledger) : [];
    const inFlight = underWay(ledger.state(), cut);
    // Closed, and the tool died before it destroyed what only the negative proofs needed.
    if (held && ledger.state().phase === 'closed') shredSecrets(journal, base.actor);
    if (held && inFlight.length > 0)
      await ledger.append([{ kind: 'engine.recovered', pub: { unsure: inFlight.length } }]);
    const marks = marksOf(base, world.drill);
    const unrecorded = await contradictions(journal, ledger, await marks.known(journal.origin), held);
    const frozen = thaw(ledger.sought('definition.frozen'), ledger.reveal);
    const { kek } = keysFor(base, id, world.drill);
    const key = kek ?? new TextEncoder().encode(journal.origin);
    let bound: ReturnType<typeof bindingsOf> | null = null;
    return openRuntime({
      id,
      actor: base.actor,
      zone: base.zone ?? ledger.state().zone,
      journal,
      ledger,
      frozen,
      bindings: async () => await (bound ??= bindingsOf(definitionsOf(frozen, base.connectors))),
      connectors: base.connectors,
      world,
      files: base.files,
      policies: async () => await policiesOf(base, frozen.company.retention),
      ...aboutBase(base, world, id),
      kek,
      readOnly: !held,
      drafts: held && kek !== null ? draftsBeside(base, world, id, journal) : noDrafts,
      marks,
      unrecorded,
      inFlight,
      fingerprint: (secret) => fingerprint(key, secret),
      owner,
    });
  } catch (error) {
    journal.close();
    throw error;
  }
};
