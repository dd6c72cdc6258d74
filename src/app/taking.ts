import { join } from 'node:path';
import { formatUtc } from '../base/instant.ts';
import { isProblem, Problem } from '../base/problem.ts';
import { processAlive } from '../io/alive.ts';
import { placeFolder } from '../io/archive.ts';
import type { Clock } from '../io/clock.ts';
import { openCopy } from '../journal/copy.ts';
import { kekId } from '../journal/deks.ts';
import { goOn } from '../journal/go-on.ts';
import { loadOrCreateKeys, loadSigner, type JournalKeys } from '../journal/keys.ts';
import { commonSize } from '../journal/against.ts';
import { DATABASE, type PacketHead, type PacketList } from '../journal/packet.ts';
import { rewrap } from '../journal/rewrap.ts';
import { openJournal } from '../journal/store.ts';
import type { Base } from './base.ts';
import { incidentFolder, isIncidentId, journalPath, paths } from './base.ts';
import { broken, mustVerify, occupied } from './copying.ts';
import { definitionsOf } from './definitions.ts';
import { liveOf } from './opening.ts';
import type { PacketTaken } from './packet-contract.ts';
import { keyringOf, openIncident } from './store.ts';

/** Going on in a packet that was judged already: it becomes an incident here, whole or not at all. */

/**
 * How many entries of it are here, where what is here ends inside it; null where nothing is.
 * @throws Problem `usage` where all of it is here already, `journal-broken` where what is here tells another story
 */
export const hereAlready = (
  base: Base,
  packet: string,
  { incident, drill, size }: PacketList,
): number | null => {
  const path = journalPath(incidentFolder(base.home, incident, drill));
  if (!base.files.exists(path)) return null;
  const [mine, theirs] = [openCopy(path), openCopy(packet)];
  try {
    const common = commonSize(mine, theirs);
    if (common === size)
      throw new Problem('usage', {
        why: `${incident} is here already, with all ${size} entries of this packet${mine.size > size ? ` and ${mine.size - size} more` : ''}`,
        next: `firebreak resume ${incident} goes on with it`,
      });
    if (common < mine.size)
      throw broken(
        path,
        `it and the packet are two stories of ${incident}: alike up to entry #${common - 1}, and from there ${mine.size - common} other entries here, ${size - common} in the packet`,
      );
    return mine.size;
  } finally {
    mine.close();
    theirs.close();
  }
};

export const takePacket = async (
  base: Base,
  folder: string,
  { list, kek }: PacketHead,
  replaces: number | null,
): Promise<PacketTaken> => {
  const { incident, drill } = list;
  const path = join(folder, DATABASE);
  if (!drill) await keyringOf(base).unlock();
  const keys: JournalKeys = drill
    ? loadOrCreateKeys(join(folder, 'keys'), base.files, base.random)
    : keyringOf(base).fresh();
  if (keys.kek === null) throw new Problem('sealed', { what: 'what a new incident would be sealed with' });
  if (rewrap(path, new Map([[kekId(kek), kek]]), keys.kek, base.random).is === 'no-key')
    throw broken(path, 'one of its data keys does not open');
  const entry = goOn({
    path,
    clock: drill ? clockOf(base, path) : base.clock,
    random: base.random,
    keys,
    // The throw-away key of a drill did not exist when somebody was told whom to hand it to.
    receiver: drill ? loadSigner(paths(base.home).keys, base.files, base.random) : null,
    actor: base.actor,
    tool: base.tool,
  });
  mustVerify(path, { device: keys.signer.publicKey, kek: keys.kek });
  const ended = logsBefore(path);
  place(base, folder, { incident, drill }, replaces);
  kek.fill(0);
  // Where it was written here before, nobody writes under that name any more.
  for (const log of ended) keys.epochs?.erase(log);
  return { incident, entry, ...(await needs(base, incident, drill)) };
};

/** The names of those who wrote it before. */
const logsBefore = (path: string): readonly string[] => {
  const copy = openCopy(path);
  try {
    return copy.before.map(({ log }) => log);
  } finally {
    copy.close();
  }
};

/** A drill goes on at the time that it had come to. */
const clockOf = (base: Base, path: string): Clock => {
  const keys = { signer: { publicKey: new Uint8Array(32), sign: () => new Uint8Array() }, kek: null };
  const journal = openJournal({ path, clock: base.clock, random: base.random, keys, readOnly: true });
  try {
    let wall = formatUtc(base.clock.now());
    for (const { at } of journal.entries(Math.max(0, journal.size() - 1))) wall = at.wall;
    return { ...base.clock, stamp: () => ({ ...base.clock.stamp(), wall }) };
  } finally {
    journal.close();
  }
};

type Whose = Readonly<{ incident: string; drill: boolean }>;

const asideOf = (folder: string, { incident, drill }: Whose): string =>
  `${folder}-before-${drill ? 'drill' : 'live'}-${incident}`;

/** The incident whose folder was put aside under this name while it was replaced; null for any other name. */
export const putAside = (name: string): Whose | null => {
  const [, kind, incident = ''] = /-before-(live|drill)-(.+)$/.exec(name) ?? [];
  return isIncidentId(incident) ? { incident, drill: kind === 'drill' } : null;
};

/**
 * What is replaced holds nothing that is not in the packet; it is out of the way for one moment, and goes when the new one is there. Its
 * name says whose it is, for whoever finds it after a crash in that moment.
 */
const place = (base: Base, folder: string, whose: Whose, replaces: number | null): void => {
  const to = incidentFolder(base.home, whose.incident, whose.drill);
  if (replaces === null) {
    if (!placeFolder(folder, to)) throw occupied(to);
    return;
  }
  mustBeIdle(base, journalPath(to), replaces);
  const aside = asideOf(folder, whose);
  if (!placeFolder(to, aside) || !placeFolder(folder, to)) throw occupied(to);
  base.files.removeTree(aside);
};

const mustBeIdle = (base: Base, path: string, size: number): void => {
  const keys = { signer: { publicKey: new Uint8Array(32), sign: () => new Uint8Array() }, kek: null };
  const journal = openJournal({ path, clock: base.clock, random: base.random, keys, readOnly: true });
  try {
    const holder = journal.lease.holder();
    const lives = holder !== null && holder.boot === base.clock.stamp().boot && processAlive(holder.pid);
    if (lives) throw new Problem('engine-held', { incident: journal.incident });
    if (journal.size() !== size)
      throw new Problem('usage', { why: 'somebody wrote here meanwhile: open the packet again' });
  } finally {
    journal.close();
  }
};

/** What this machine lacks to act in it: secrets that its definitions name, and a person's trust in them. */
const needs = async (
  base: Base,
  incident: string,
  drill: boolean,
): Promise<Pick<PacketTaken, 'missing' | 'trusted'>> => {
  if (drill || base.live === null) return { missing: [], trusted: true };
  const world = liveOf(base);
  const opened = await openIncident(base, world, incident, { readOnly: true });
  const { parts } = opened;
  try {
    const { connectors } = parts.frozen.company;
    const named = Object.entries(connectors).flatMap(([instance, { secrets = {} }]) =>
      Object.entries(secrets).map(([name, ref]) => ({ name: `${instance}.${name}`, ref })),
    );
    const trusted = (await world.trusts?.(definitionsOf(parts.frozen, parts.connectors))) ?? true;
    const missing: string[] = [];
    // Secrets of a definition that nobody here trusts are not asked for; a command among them would run.
    if (trusted)
      for (const { name, ref } of named) {
        const why = await world.secrets.resolve(ref, name).then(
          () => null,
          (error: unknown) => (isProblem(error) ? `${name} (${error.facts['ref'] ?? ''})` : name),
        );
        if (why !== null) missing.push(why);
      }
    else missing.push(...named.map(({ name }) => name));
    return { missing, trusted };
  } finally {
    await opened.leave();
  }
};
