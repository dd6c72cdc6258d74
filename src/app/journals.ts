import { dirname, join } from 'node:path';
import { formatUtc } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { formatVkey } from '../journal/checkpoint.ts';
import { copyJournal, openCopy } from '../journal/copy.ts';
import { decodeEntry } from '../journal/entry.ts';
import type { Base } from './base.ts';
import { incidentFolder, isIncidentId, journalPath } from './base.ts';
import type { Backup, JournalDoor, ShownEntry } from './contract.ts';
import { broken, mustVerify, occupied, placeCopy } from './copying.ts';
import { withRoom } from './room.ts';
import { idNamed } from './named.ts';
import { idsIn, isDrillId, keysFor } from './store.ts';
import { toHex } from '../base/hash.ts';

/** Journals as files: read in their public part, copied while others write, put back. */
export const journalDoor = (base: Base): JournalDoor => ({
  show: (idOrPath, from) => shown(fileOf(base, idOrPath), from),
  backup: (incident, out) =>
    (incident === null ? idsIn(base, false) : [idNamed(base, incident)]).map((id) => backup(base, id, out)),
  restore: (path) => restore(base, path),
});

const fileOf = (base: Base, said: string): string => {
  const idOrPath = idNamed(base, said);
  for (const drill of isIncidentId(idOrPath) ? [false, true] : []) {
    const path = journalPath(incidentFolder(base.home, idOrPath, drill));
    if (base.files.exists(path)) return path;
  }
  if (base.files.info(idOrPath)?.kind === 'file') return idOrPath;
  throw new Problem('not-found', { what: 'incident', id: idOrPath });
};

const PAGE = 256;

/** Read in pages, each at its own moment: a reader that waits must not hold back those who write. */
function* shown(path: string, from: number): Iterable<ShownEntry> {
  for (let next = from; ;) {
    const copy = openCopy(path);
    const page: ShownEntry[] = [];
    try {
      const start = next < 0 ? Math.max(0, copy.size + next) : next;
      for (const [i, leaf] of copy.leaves(start, Math.min(start + PAGE, copy.size)).entries()) {
        const entry = decodeEntry(leaf);
        if (typeof entry === 'string')
          throw new Problem('journal-broken', { path, why: `entry #${start + i} ${entry}` });
        page.push({ entry, hash: toHex(copy.node(0, start + i)) });
      }
      next = start + page.length;
    } finally {
      copy.close();
    }
    yield* page;
    if (page.length < PAGE) return;
  }
}

/** One file that holds everything up to a moment; it is put in place only after it was verified. */
const backup = (base: Base, id: string, out: string): Backup => {
  const from = fileOf(base, id);
  const into = base.files.info(out)?.kind === 'folder';
  const stamp = formatUtc(base.clock.now()).slice(0, 19).replaceAll(/[-:]/g, '');
  const path = into ? join(out, `${id}-${stamp}Z.sqlite`) : out;
  if (base.files.info(path) !== null) throw occupied(path);
  if (!into) base.files.privateDir(dirname(path));
  const device = keysFor(base, id, isDrillId(base, id)).signer.publicKey;
  return { incident: id, path, entries: placeCopy(base.files, from, path, device, roomy(base)) };
};

/** Into a folder where nothing of that incident is: what is there may be the better copy, and only a person can tell. */
const restore = (base: Base, from: string): Backup => {
  if (base.files.info(from)?.kind !== 'file') throw new Problem('not-found', { what: 'journal', id: from });
  const { incident, origin, vkey, drill } = mustVerify(from, {});
  if (incident === null || !isIncidentId(incident))
    throw broken(from, 'it does not say which incident it is of');
  if (drill)
    throw new Problem('usage', {
      why: 'a drill is not put back: its keys and its systems went with its folder',
      next: `firebreak verify ${from}, or firebreak journal show ${from}, reads it where it lies`,
    });
  const folder = incidentFolder(base.home, incident, false);
  const path = journalPath(folder);
  if (base.files.info(path) !== null)
    throw new Problem('usage', {
      why: `${incident} is here already, and a copy is never put over it`,
      next: `firebreak verify ${incident} says whether it is whole; to use the copy all the same, move ${folder} away first`,
    });
  base.files.privateDir(folder);
  const entries = placeCopy(base.files, from, path, undefined, roomy(base));
  const own = formatVkey(origin ?? '', keysFor(base, incident, false).signer.publicKey);
  return { incident, path, entries, ...(own === vkey ? {} : { foreign: true }) };
};

/** On a full disk the ballast makes room. */
const roomy =
  (base: Base): typeof copyJournal =>
  (from, to) =>
    withRoom(base, () => copyJournal(from, to));
