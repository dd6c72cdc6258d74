import { Problem } from '../base/problem.ts';
import { StorageError } from '../io/storage.ts';
import { clockRemarks } from '../journal/jump.ts';
import { verifyJournal } from '../journal/check.ts';
import { formatVkey } from '../journal/checkpoint.ts';
import { openJournal } from '../journal/store.ts';
import type { Base } from './base.ts';
import { incidentFolder, isIncidentId, journalPath } from './base.ts';
import { configuredNotes, namedNotes, type Elsewhere } from './elsewhere.ts';
import { withRoom } from './room.ts';
import { isDrillId, keysFor, marksOf } from './store.ts';
import type { VerifySummary } from './contract.ts';

/**
 * Is this journal whole, signed and untouched? Of an id here, the device's own key is what must have signed it. It is held
 * against every checkpoint that is known: its own receipts, what this machine has seen of it, the folders it leaves them in, and
 * what a person brings.
 */

const place = (
  base: Base,
  idOrPath: string,
): Readonly<{ path: string; id: string | null; drill: boolean }> => {
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
  return formatVkey(origin, keysFor(base, incident, drill).signer.publicKey);
};

export const verifyAt = async (
  base: Base,
  idOrPath: string,
  {
    everySignature = false,
    anchors = [],
  }: Readonly<{ everySignature?: boolean; anchors?: readonly string[] }> = {},
): Promise<VerifySummary> => {
  const brought = namedNotes(base.files, anchors);
  const { isBundle, verifyBundle } = await import('./verify-bundle.ts');
  if (isBundle(idOrPath, base.files))
    return verifyBundle(
      idOrPath,
      base.files,
      ({ incident, origin }) => ownKeyOf(base, incident, origin),
      brought,
    );
  const { path, id, drill } = place(base, idOrPath);
  const known = await knownHere(base, path, id, drill);
  const elsewhere = [...brought, ...known.notes];
  // Whose key it must be is known for our own incidents only.
  const trust =
    id === null
      ? { elsewhere }
      : { elsewhere, device: keysFor(base, id, isDrillId(base, id)).signer.publicKey };
  const report = withRoom(base, () =>
    verifyJournal(path, everySignature ? { ...trust, signaturesUpTo: Number.POSITIVE_INFINITY } : trust),
  );
  return {
    ok: report.ok,
    entries: report.size,
    root: report.root ?? '',
    origin: report.origin ?? '',
    pinned: report.pinned,
    known: report.known,
    unseen: known.unseen,
    remarks: clockRemarks(report.clock),
    problems: report.findings.map((finding) => finding.says),
    findings: report.findings,
  };
};

/** A journal too damaged to open still verifies: as broken. Then its marks are looked for in vain, and nothing is lost by it. */
const knownHere = async (base: Base, path: string, id: string | null, drill: boolean): Promise<Elsewhere> => {
  try {
    const keys = keysFor(base, id ?? 'no-incident', id !== null && drill);
    const journal = openJournal({ path, clock: base.clock, random: base.random, keys, readOnly: true });
    try {
      // A copy elsewhere may well be older than what was seen here: that is what a backup is.
      const marks = id === null ? [] : await marksOf(base, drill).known(journal.origin);
      const configured = configuredNotes(base.files, journal);
      return { notes: [...marks, ...configured.notes], unseen: configured.unseen };
    } finally {
      journal.close();
    }
  } catch (error) {
    if (error instanceof StorageError) return { notes: [], unseen: [] };
    throw error;
  }
};
