import { Problem } from '../base/problem.ts';
import { verifyJournal } from '../journal/check.ts';
import { formatVkey } from '../journal/checkpoint.ts';
import type { Base } from './base.ts';
import { incidentFolder, isIncidentId, journalPath } from './base.ts';
import { withRoom } from './room.ts';
import { isDrillId, keysFor } from './store.ts';
import type { VerifySummary } from './contract.ts';

/** Is this journal whole, signed and untouched? Of an id here, the device's own key is what must have signed it. */

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
  { everySignature = false }: Readonly<{ everySignature?: boolean }> = {},
): Promise<VerifySummary> => {
  const { isBundle, verifyBundle } = await import('./verify-bundle.ts');
  if (isBundle(idOrPath, base.files))
    return verifyBundle(idOrPath, base.files, ({ incident, origin }) => ownKeyOf(base, incident, origin));
  const { path, id } = place(base, idOrPath);
  // Whose key it must be is known for our own incidents only.
  const signer = id === null ? {} : { device: keysFor(base, id, isDrillId(base, id)).signer.publicKey };
  const report = withRoom(base, () =>
    verifyJournal(path, everySignature ? { ...signer, signaturesUpTo: Number.POSITIVE_INFINITY } : signer),
  );
  return {
    ok: report.ok,
    entries: report.size,
    root: report.root ?? '',
    origin: report.origin ?? '',
    pinned: report.pinned,
    problems: report.findings.map((finding) => finding.says),
  };
};
