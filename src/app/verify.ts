import { join } from 'node:path';
import { Problem } from '../base/problem.ts';
import { beginningOf } from '../io/archive.ts';
import { StorageError } from '../io/storage.ts';
import { clockRemarks } from '../journal/jump.ts';
import { verifyJournal } from '../journal/check.ts';
import { formatVkey } from '../journal/checkpoint.ts';
import { hasSigner, type JournalKeys } from '../journal/keys.ts';
import type { Finding } from '../journal/findings.ts';
import type { VerifyReport } from '../journal/report.ts';
import { openJournal } from '../journal/store.ts';
import type { Base } from './base.ts';
import { incidentFolder, isIncidentId, journalPath, paths } from './base.ts';
import { configuredNotes, namedNotes, type Elsewhere } from './elsewhere.ts';
import { withRoom } from './room.ts';
import { idNamed } from './named.ts';
import { isDrillId, keysFor, marksOf } from './store.ts';
import type { VerifyHow, VerifySummary } from './contract.ts';
import { pinnedKey, type PinnedKey } from './pinned-key.ts';
import { heldAgainst, originWords } from './verify-origins.ts';

/**
 * Is this journal whole, signed and untouched? Of an id here, the device's own key is what must have signed it. It is held
 * against every checkpoint that is known: its own receipts, what this machine has seen of it, the folders it leaves them in, and
 * what a person brings.
 */

const place = (base: Base, said: string): Readonly<{ path: string; id: string | null; drill: boolean }> => {
  const idOrPath = idNamed(base, said);
  for (const drill of isIncidentId(idOrPath) ? [false, true] : []) {
    const path = journalPath(incidentFolder(base.home, idOrPath, drill));
    if (base.files.exists(path)) return { path, id: idOrPath, drill };
  }
  const kind = base.files.info(idOrPath)?.kind;
  if (kind === 'folder') return { path: journalPath(idOrPath), id: null, drill: false };
  if (kind === 'file') return { path: idOrPath, id: null, drill: false };
  throw new Problem('not-found', { what: 'incident or journal', id: idOrPath });
};

/** The key of an incident that was made here; a bundle of anybody else's makes none. */
const ownKeyOf = (base: Base, incident: string, origin: string): string | null => {
  if (!isIncidentId(incident)) return null;
  const drill = isDrillId(base, incident);
  if (!drill && !base.files.exists(journalPath(incidentFolder(base.home, incident, false)))) return null;
  const keys = keysHere(base, incident, drill);
  return keys === null ? null : formatVkey(origin, keys.signer.publicKey);
};

/** The keys as they are: where there is no signing key none is made, since nothing here may leave a trace. */
const keysHere = (base: Base, id: string, drill: boolean): JournalKeys | null => {
  const folder = drill ? join(incidentFolder(base.home, id, true), 'keys') : paths(base.home).keys;
  return hasSigner(folder, base.files) ? keysFor(base, id, drill) : null;
};

/** Reads what is public, signs and opens nothing. */
const NO_KEYS: JournalKeys = {
  signer: { publicKey: new Uint8Array(32), sign: () => new Uint8Array() },
  kek: null,
};

export const verifyAt = async (
  base: Base,
  idOrPath: string,
  { everySignature = false, anchors = [], key = null, against = null }: VerifyHow = {},
): Promise<VerifySummary> => {
  const brought = namedNotes(base.files, anchors);
  const pinned = pinnedKey(base.files, key);
  const handedOut = await verifyHandedOut(base, idOrPath, pinned, brought);
  if (handedOut !== null) return handedOut;
  const { path, id, drill } = place(base, idOrPath);
  const known = await knownHere(base, path, id, drill);
  // Whose key it must be is known for our own incidents, or named by who asks.
  const own = id === null ? null : keysHere(base, id, drill);
  const report = withRoom(base, () =>
    verifyJournal(path, {
      elsewhere: [...brought, ...known.notes],
      seen: known.seen,
      ...(key === null ? {} : { signedBy: pinned }),
      ...(own === null || key !== null ? {} : { device: own.signer.publicKey }),
      ...(own?.kek == null ? {} : { kek: own.kek }),
      ...(everySignature ? { signaturesUpTo: Number.POSITIVE_INFINITY } : {}),
    }),
  );
  const other = against === null ? null : heldAgainst(path, place(base, against).path);
  const findings = [
    ...(own === null && id !== null && key === null ? [NO_SIGNER] : []),
    ...report.findings,
    ...(other?.findings ?? []),
  ];
  return {
    ok: findings.length === 0,
    entries: report.size,
    root: report.root ?? '',
    origin: report.origin ?? '',
    vkey: report.vkey ?? '',
    pinned: report.pinned,
    known: report.known,
    unseen: known.unseen,
    remarks: [
      ...report.acknowledged.map(acknowledgedWords),
      ...epochWords(report.epochs),
      ...originWords(report.origins),
      ...clockRemarks(report.clock),
      ...(other?.remarks ?? []),
    ],
    problems: findings.map((finding) => finding.says),
    findings,
  };
};

/** An incident that was made here, without the key that this machine signs with: whoever took it away may have signed anew. */
const NO_SIGNER: Finding = {
  kind: 'key',
  entry: 0,
  says: 'the key that this machine signs with is gone (device.pem), so nobody can tell here who signed this: name the right public key with --key',
};

const acknowledgedWords = ({ size, entry, by }: VerifyReport['acknowledged'][number]): string =>
  `this machine had seen ${size} entries of another state of this journal; in entry #${entry} ${by} stands for it that an older copy was put back`;

/** What the keys of epochs do not hold up, as it is told beside a verdict that is good. */
const epochWords = ({ keys, without, lost }: VerifyReport['epochs']): readonly string[] => [
  ...lost.map(
    ({ entry, by, accepted }) =>
      `the key that signed until entry #${entry} was gone there, and the device's alone began another one: whether entries were cut off in front of it, no key can tell; in entry #${accepted} ${by} stands for it`,
  ),
  ...(without === 0
    ? []
    : [
        `${keys === 0 ? 'no part' : 'not every part'} of it is signed with keys that change with time: an older version began it, so whoever has the key of the device can rewrite that back to the newest checkpoint elsewhere`,
      ]),
];

/** What was given to others: a bundle, or one entry. Both are judged by themselves; null where it is neither. */
const verifyHandedOut = async (
  base: Base,
  path: string,
  pinned: PinnedKey,
  brought: readonly string[],
): Promise<VerifySummary | null> => {
  const { isBundle, verifyBundle } = await import('./verify-bundle.ts');
  if (isBundle(path, base.files)) {
    const keyOf = ({ incident, origin }: Readonly<{ incident: string; origin: string }>): string | null =>
      pinned(origin) ?? ownKeyOf(base, incident, origin);
    return verifyBundle(path, base.files, keyOf, brought);
  }
  if (base.files.info(path)?.kind !== 'file' || !beginningOf(path, 1).startsWith('{')) return null;
  return (await import('./verify-disclosure.ts')).verifyDisclosure(path, base.files, pinned, brought);
};

/** `seen` is what this machine alone remembers. */
type Known = Elsewhere & Readonly<{ seen: readonly string[] }>;

/** A journal too damaged to open still verifies: as broken. Then its marks are looked for in vain, and nothing is lost by it. */
const knownHere = async (base: Base, path: string, id: string | null, drill: boolean): Promise<Known> => {
  try {
    const keys = keysHere(base, id ?? 'no-incident', id !== null && drill) ?? NO_KEYS;
    const journal = openJournal({ path, clock: base.clock, random: base.random, keys, readOnly: true });
    try {
      // A copy elsewhere may well be older than what was seen here: that is what a backup is.
      const marks: string[] = [];
      if (id !== null)
        for (const { log } of journal.origins) marks.push(...(await marksOf(base, drill).known(log)));
      const configured = configuredNotes(base.files, journal);
      return { ...configured, seen: marks };
    } finally {
      journal.close();
    }
  } catch (error) {
    if (error instanceof StorageError) return { notes: [], unseen: [], seen: [] };
    throw error;
  }
};
