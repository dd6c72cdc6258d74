import { dirname, join } from 'node:path';
import { toHex } from '../base/hash.ts';
import { Problem } from '../base/problem.ts';
import { ownPid, processAlive } from '../io/alive.ts';
import { isInnerName, partsOf, placeFolder, writeParts } from '../io/archive.ts';
import { AgeRefused, decryptParts } from '../journal/age-stream.ts';
import { recipientOf } from '../journal/age.ts';
import { loadSigner } from '../journal/keys.ts';
import { handedTo } from '../journal/lineage.ts';
import { DATABASE, PacketShort, readHead, sourceOf, type PacketHead } from '../journal/packet.ts';
import { proveKeys } from '../journal/prove-keys.ts';
import { checkOf, formatReceiver, identityPath, loadIdentity, readIdentity } from '../journal/receiver.ts';
import type { Receiver } from '../journal/receiver.ts';
import { openJournal } from '../journal/store.ts';
import type { Base } from './base.ts';
import { incidentFolder, isIncidentId, paths } from './base.ts';
import { mustVerify } from './copying.ts';
import type { OpenPacket, PacketDoor } from './packet-contract.ts';
import { marksOf } from './store.ts';
import { hereAlready, putAside, takePacket } from './taking.ts';

/**
 * A packet at the machine that it is for. It is read into a hidden folder beside the incidents and held against everything that is
 * known; only what holds is shown to a person. The folder gets its name once they said yes, and never before.
 */

export const packetDoor = (base: Base): PacketDoor => ({
  receiver: () => {
    const receiver = receiverOf(base, loadIdentity(paths(base.home).keys, base.files, base.random));
    return { line: formatReceiver(receiver), check: checkOf(receiver) };
  },
  open: async (path) => {
    if (base.files.info(path)?.kind !== 'file') throw new Problem('not-found', { what: 'packet', id: path });
    const { incidents } = paths(base.home);
    sweep(base, incidents);
    const folder = join(incidents, `${HIDDEN}${ownPid()}-${toHex(base.random.bytes(6))}`);
    base.files.privateDir(folder);
    try {
      return await opened(base, path, folder);
    } catch (error) {
      base.files.removeTree(folder);
      throw error;
    }
  },
});

const broken = (path: string, why: string): Problem =>
  new Problem('journal-broken', {
    what: 'the packet',
    path,
    why,
    next: 'ask whoever handed it over to send it again, and compare the sha256 of the file',
  });

/** No incident has such a name, so nothing takes it for one. */
const HIDDEN = '.packet-';

/** What a process left that died in the middle. An incident that it had put aside, and whose place is empty, goes back there. */
const sweep = (base: Base, incidents: string): void => {
  for (const { name } of base.files.list(incidents)) {
    const pid = name.startsWith(HIDDEN) ? Number(name.slice(HIDDEN.length).split('-')[0]) : null;
    if (pid === null || processAlive(pid)) continue;
    const path = join(incidents, name);
    const aside = putAside(name);
    const back = aside !== null && placeFolder(path, incidentFolder(base.home, aside.incident, aside.drill));
    if (!back) base.files.removeTree(path);
  }
};

const receiverOf = (base: Base, secret: Uint8Array): Receiver => ({
  age: recipientOf(secret),
  key: loadSigner(paths(base.home).keys, base.files, base.random).publicKey,
});

const opened = async (base: Base, path: string, folder: string): Promise<OpenPacket> => {
  const { keys } = paths(base.home);
  if (!base.files.exists(identityPath(keys)))
    throw new Problem('not-authorised', {
      why: 'no packet can be for this machine: it never printed a line to hand over to',
      next: 'firebreak keys receive prints it; whoever hands over then makes the packet anew',
    });
  const identity = readIdentity(keys, base.files);
  const head = unpack(base, path, folder, identity);
  const journal = join(folder, DATABASE);
  const remarks = judged(base, path, journal, head, receiverOf(base, identity));
  const replaces = hereAlready(base, journal, head.list);
  await neverSeenMore(base, path, journal, head);
  const { files: _, receiver: __, to: ___, ...list } = head.list;
  return {
    about: { ...list, replaces, remarks },
    take: async () => await takePacket(base, folder, head, replaces),
    drop: () => base.files.removeTree(folder),
  };
};

/** Writes out what is inside. @throws Problem for what is no packet, is for somebody else, or is not as it was written */
const unpack = (base: Base, path: string, folder: string, identity: Uint8Array): PacketHead => {
  try {
    const source = sourceOf(decryptParts(identity, partsOf(path)));
    const head = readHead(source);
    if (head === null) throw broken(path, 'what is inside is no packet of a firebreak that this one knows');
    const places = head.list.files.map(({ name }) => placeIn(folder, name, head.list.drill));
    if (places.includes(null) || places[0] !== join(folder, DATABASE))
      throw broken(path, 'it names a place that is none of its own');
    for (const [i, file] of head.list.files.entries()) {
      const to = places[i] ?? '';
      base.files.privateDir(dirname(to));
      const { sha256 } = writeParts(to, source.bytes(file.size));
      if (sha256 !== file.sha256) throw broken(path, `${file.name} in it is not what its list says`);
    }
    if (!source.ended()) throw broken(path, 'there is more in it than its list says');
    return head;
  } catch (error) {
    if (error instanceof PacketShort) throw broken(path, 'it ends before its files do');
    if (error instanceof AgeRefused) throw refused(path, error.why);
    throw error;
  }
};

const placeIn = (folder: string, name: string, drill: boolean): string | null => {
  if (name === DATABASE) return join(folder, name);
  const inner = drill && name.startsWith('drill/') ? name.slice('drill/'.length) : '';
  if (!isInnerName(inner) || inner.startsWith(DATABASE) || inner.startsWith('keys/')) return null;
  return join(folder, inner);
};

const refused = (path: string, why: AgeRefused['why']): Problem => {
  switch (why) {
    case 'form':
      return new Problem('usage', {
        why: `${path} is no packet`,
        next: 'whoever hands over makes one with: firebreak handover <incident> --out FILE --to LINE',
      });
    case 'recipient':
      return new Problem('not-authorised', {
        why: 'this packet is for another machine: the key here does not open it',
        next: 'firebreak keys receive prints the line of this machine; compare its letters with those in the handover',
      });
    case 'changed':
      return broken(path, 'it was changed or cut off on its way');
    case 'cut':
      return broken(path, 'it was cut off: it ends in the middle');
  }
};

/** Whether it is what its maker signed, whole, for this machine, and can be gone on with. What a person should know beside that. */
const judged = (
  base: Base,
  path: string,
  journal: string,
  { list, kek, signed }: PacketHead,
  receiver: Receiver,
): readonly string[] => {
  if (!signed) throw broken(path, 'its list is not signed with the key that it names');
  const report = mustVerify(journal, { kek });
  const said = {
    incident: report.incident,
    origin: report.origin,
    vkey: report.vkey,
    size: report.size,
    root: report.root,
    drill: report.drill,
  };
  for (const [what, is] of Object.entries(said))
    if (is !== list[what as keyof typeof said])
      throw broken(path, `its list says another ${what} than its journal`);
  if (!isIncidentId(list.incident)) throw broken(path, 'it does not say which incident it is of');
  if (lastHandedTo(base, journal, list.size) !== toHex(receiver.key))
    throw broken(path, 'its last entry does not hand it over to this machine');
  const proved = proveKeys(journal, kek);
  if (proved.opened !== proved.keys)
    throw broken(path, `${proved.keys - proved.opened} of its data keys do not open`);
  return report.origins.length > 1 ? [`it has been at ${report.origins.length} machines by now`] : [];
};

const lastHandedTo = (base: Base, path: string, size: number): string | null => {
  const journal = readable(base, path);
  try {
    const [last] = [...journal.entries(size - 1)];
    return last === undefined ? null : handedTo(last);
  } finally {
    journal.close();
  }
};

/** Signs and opens nothing. */
const NOBODY = { publicKey: new Uint8Array(32), sign: () => new Uint8Array() };

const readable = ({ clock, random }: Base, path: string): ReturnType<typeof openJournal> =>
  openJournal({ path, clock, random, keys: { signer: NOBODY, kek: null }, readOnly: true });

/** A packet that holds less than this machine has seen of it is an older one, whoever brings it. */
const neverSeenMore = async (base: Base, path: string, file: string, { list }: PacketHead): Promise<void> => {
  const journal = readable(base, file);
  try {
    for (const { log } of journal.origins)
      for (const note of await marksOf(base, list.drill).known(log)) {
        const found = journal.anchors.against(note);
        if (found.is === 'shorter')
          throw broken(
            path,
            `it is an older one: this machine has seen ${found.size} entries, and it holds ${list.size}`,
          );
        if (found.is === 'other')
          throw broken(
            path,
            `it tells another story than the ${found.size} entries that this machine has seen`,
          );
      }
  } finally {
    journal.close();
  }
};
