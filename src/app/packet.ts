import { dirname, join } from 'node:path';
import { assert } from '../base/assert.ts';
import { toHex } from '../base/hash.ts';
import { formatUtc } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { besides, isInnerName, partsOf, sha256File, writeParts } from '../io/archive.ts';
import type { Files } from '../io/files.ts';
import { encryptParts } from '../journal/age-stream.ts';
import { copyForColleague } from '../journal/copy.ts';
import { kekId } from '../journal/deks.ts';
import { DATABASE, packetHead, type PacketFile, type PacketList } from '../journal/packet.ts';
import { checkOf, formatReceiver, parseReceiver, type Receiver } from '../journal/receiver.ts';
import { holdsEngine } from './acting.ts';
import { mustVerify, occupied } from './copying.ts';
import type { PacketMade, PacketPlan } from './packet-contract.ts';
import type { IncidentParts } from './parts.ts';

/**
 * An open incident as one encrypted and signed file for one other machine. The entry that hands it over is the last one here: the packet
 * holds everything up to it, and names the only key that may go on behind it.
 */

/** @throws Problem `usage`, `not-found`, `sealed`, `engine-held`, `handed-over`, `journal-broken` */
export const makePacket = async (parts: IncidentParts, line: string, out: string): Promise<PacketMade> => {
  const receiver = receiving(parts, line);
  const path = placeOf(parts, out);
  const kek = parts.world.random.bytes(32);
  const copy = await lastCopy(parts, receiver, kek);
  try {
    const list = listOf(parts, receiver, copy);
    const bodies = [copy.path, ...drillFiles(parts).map((name) => join(dirname(parts.journal.path), name))];
    const sha256 = write(parts, receiver, path, packetHead(list, parts.journal, kek), bodies);
    const { size, root } = copy;
    return { path, size, root, to: list.to, vkey: parts.journal.vkey, sha256, left: leftOut(parts) };
  } finally {
    kek.fill(0);
    parts.files.remove(copy.path);
  }
};

/** @throws as `makePacket`; nothing is written */
export const planPacket = (parts: IncidentParts, to: string, out: string | null): PacketPlan => {
  const receiver = receiving(parts, to);
  if (parts.kek === null) throw new Problem('sealed', { what: 'what is private in this incident' });
  if (out === null) parts.files.privateDir(parts.exportsFolder);
  return {
    line: formatReceiver(receiver),
    check: checkOf(receiver),
    path: placeOf(parts, out ?? parts.exportsFolder),
    codename: parts.ledger.state().codename,
    left: leftOut(parts),
  };
};

/** Who may be handed this incident by this process. */
const receiving = (parts: IncidentParts, to: string): Receiver => {
  const receiver = receiverIn(parts.files, to);
  if (toHex(receiver.key) === toHex(parts.device))
    throw new Problem('usage', { why: 'that line is of this machine itself: nothing has to be handed over' });
  parts.ledger.refresh();
  // Once more for the same machine is no second story: the first packet may be lost on its way.
  if (parts.ledger.state().handed?.key !== toHex(receiver.key)) holdsEngine(parts);
  return receiver;
};

/** The line as it was sent, or a file that it was saved to. */
const receiverIn = (files: Files, line: string): Receiver => {
  const receiver = parseReceiver(line) ?? receiverInFile(files, line.trim());
  if (receiver !== null) return receiver;
  throw new Problem('usage', {
    why: line.trim().startsWith('age1')
      ? 'an age recipient alone says who reads the packet, and not who may go on in it'
      : 'that is not the line of a receiver: a letter is wrong or missing',
    next: 'whoever takes over prints theirs with: firebreak keys receive',
  });
};

const LINE_FILE_MAX = 64 * 1024;

const receiverInFile = (files: Files, path: string): Receiver | null => {
  if (path === '' || files.info(path)?.kind !== 'file') return null;
  const lines = files.readText(path, LINE_FILE_MAX).split('\n');
  return lines.map(parseReceiver).find((one) => one !== null) ?? null;
};

/** A folder gets a file with a name of its own. What could be wrong with the place is known before anything is handed over. */
const placeOf = ({ files, ledger, world }: IncidentParts, out: string): string => {
  const stamp = formatUtc(world.clock.now()).slice(0, 19).replaceAll(/[-:]/g, '');
  const into = files.info(out)?.kind === 'folder';
  const path = into ? join(out, `${ledger.state().codename}-${stamp}Z.packet`) : out;
  if (files.info(dirname(path)) === null)
    throw new Problem('not-found', { what: 'folder', id: dirname(path) });
  if (files.info(path) !== null) throw occupied(path);
  return path;
};

type Copy = Readonly<{ path: string; size: number; root: string }>;

const TRIES = 3;

/** A verified copy that ends with the entry that hands it over: another process may have noted something in between. */
const lastCopy = async (parts: IncidentParts, receiver: Receiver, kek: Uint8Array): Promise<Copy> => {
  const { journal, files, ledger, world } = parts;
  if (parts.kek === null) throw new Problem('sealed', { what: 'what is private in this incident' });
  const keys = new Map([[kekId(parts.kek), parts.kek]]);
  const pub = { to: checkOf(receiver), to_age: receiver.age, to_key: toHex(receiver.key) };
  for (let i = 0; i < TRIES; i += 1) {
    ledger.refresh();
    const { handed } = ledger.state();
    if (handed?.key !== pub.to_key || handed.n !== journal.size() - 1)
      await ledger.append([{ kind: 'journal.handed', pub }]);
    const path = besides(join(dirname(journal.path), 'packet.sqlite'));
    let whole = false;
    try {
      if (!copyForColleague(journal.path, path, keys, { with: kek, random: world.random }))
        throw new Problem('sealed', { what: 'one of the data keys of this incident' });
      const { size, root } = mustVerify(path, { device: parts.device, kek });
      whole = size - 1 === ledger.state().handed?.n;
      if (whole) return { path, size, root: root ?? '' };
    } finally {
      if (!whole) files.remove(path);
    }
  }
  throw new Problem('engine-held', { incident: parts.id, by: 'it writes all the time' });
};

const listOf = (parts: IncidentParts, receiver: Receiver, { path, size, root }: Copy): PacketList => {
  const { journal, ledger, world, actor, tool, files } = parts;
  const { codename, drill } = ledger.state();
  const folder = dirname(journal.path);
  return {
    incident: journal.incident,
    codename,
    drill,
    origin: journal.origin,
    vkey: journal.vkey,
    size,
    root,
    to: checkOf(receiver),
    receiver: formatReceiver(receiver),
    by: actor,
    at: formatUtc(world.clock.now()),
    tool,
    files: [
      fileOf(files, DATABASE, path),
      ...drillFiles(parts).map((name) => fileOf(files, `drill/${name}`, join(folder, name))),
    ],
  };
};

const fileOf = (files: Files, name: string, path: string): PacketFile => ({
  name,
  size: files.info(path)?.bytes ?? 0,
  sha256: sha256File(path),
});

/** What a drill is played with beside its journal: how far it is, and its systems as they are. Its keys stay and are thrown away. */
const drillFiles = ({ files, journal, ledger }: IncidentParts): readonly string[] => {
  const within = (folder: string, before: string): readonly string[] =>
    files.list(folder).flatMap(({ name, kind }) => {
      if (before === '' && (STAYS.has(name) || name.startsWith(DATABASE))) return [];
      if (kind === 'folder') return within(join(folder, name), `${before}${name}/`);
      return kind === 'file' && isInnerName(`${before}${name}`) ? [`${before}${name}`] : [];
    });
  return ledger.state().drill ? within(dirname(journal.path), '') : [];
};
const STAYS: ReadonlySet<string> = new Set(['keys', 'exports']);

/** Beside its place first: there is no half packet. */
const write = (
  { files, world }: IncidentParts,
  receiver: Receiver,
  path: string,
  head: Uint8Array,
  bodies: readonly string[],
): string => {
  const { random } = world;
  const chance = { fileKey: random.bytes(16), ephemeral: random.bytes(32), nonce: random.bytes(16) };
  const encrypted = encryptParts(receiver.age, clearParts(head, bodies), chance);
  assert(encrypted !== null, 'the line of the receiver was read');
  const temp = besides(path);
  try {
    const { sha256 } = writeParts(temp, encrypted);
    if (!files.moveNew(temp, path)) throw occupied(path);
    return sha256;
  } finally {
    files.remove(temp);
  }
};

function* clearParts(head: Uint8Array, bodies: readonly string[]): Iterable<Uint8Array> {
  yield head;
  for (const body of bodies) yield* partsOf(body);
}

/** What the other machine needs as well, and why it is not inside. */
const leftOut = ({ ledger, frozen }: IncidentParts): readonly string[] => {
  const { drill, mailings } = ledger.state();
  if (drill) return [];
  const names = Object.values(frozen.company.connectors).flatMap(({ secrets = {} }) => Object.keys(secrets));
  const paths = [...mailings.values()].map(({ n }) => ledger.reveal({ n, name: 'path' }) ?? '[sealed]');
  return [
    ...(names.length === 0
      ? []
      : [
          `${names.length} secrets of live systems: the other machine must have its own, and resume --from names what it lacks`,
        ]),
    ...paths.map((path) => `merged letters: ${path}`),
  ];
};
