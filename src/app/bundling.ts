import { dirname, join } from 'node:path';
import { formatUtc } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { BUNDLE } from '../exports/bundle/names.ts';
import { packBundle } from '../exports/bundle/pack.ts';
import { exportFileName } from '../exports/export.ts';
import { besides, folderArchive, isMount, sha256File } from '../io/archive.ts';
import type { Archive } from '../io/archive.ts';
import type { Files } from '../io/files.ts';
import { zipArchive } from '../io/zip.ts';
import { copyForStrangers, openCopy } from '../journal/copy.ts';
import type { JournalCopy } from '../journal/copy.ts';
import type { Journal } from '../journal/store.ts';
import { sourceOf } from './bundle-source.ts';
import type { IncidentParts } from './parts.ts';
import { verifyBundle } from './verify-bundle.ts';

/** The journal as a bundle that strangers verify: written from a copy of one moment, read back, and recorded. */

export const writeBundle = async (parts: IncidentParts, out: string | null): Promise<readonly string[]> => {
  const path = placeOf(parts, out);
  const { journal, files } = parts;
  files.privateDir(parts.exportsFolder);
  const sha256 = bundleJournal(journal, files, path);
  const { ok, problems } = verifyBundle(path, files, () => journal.vkey);
  if (!ok) throw new Problem('journal-broken', { path, why: problems[0] ?? '' });
  await parts.ledger.append([
    {
      kind: 'export.written',
      pub: { format: BUNDLE.id, sha256 },
      priv: { path: { class: 'staff', value: path } },
    },
  ]);
  return [path];
};

/**
 * A name that ends in `.zip` is a zip; an empty folder becomes the bundle; in any other folder, and on a stick that is empty, it
 * gets a name of its own.
 */
const placeOf = ({ files, exportsFolder, ledger, world }: IncidentParts, out: string | null): string => {
  const state = ledger.state();
  const name = exportFileName(
    { ...BUNDLE, extension: 'zip' },
    { state, drill: state.drill, now: world.clock.now() },
  );
  const path = out ?? join(exportsFolder, name);
  const kind = files.info(path)?.kind;
  if (kind === undefined) return path;
  if (kind !== 'folder')
    throw new Problem('usage', {
      why: `there is already a ${path}: nothing is overwritten; name another place`,
    });
  const empty = files.list(path).length === 0 && !isMount(path);
  if (!path.endsWith('.zip') && empty) return path;
  const second = `${formatUtc(world.clock.now()).slice(17, 19)}`;
  return join(path, name.replace(/Z\.zip$/, `${second}Z`));
};

/**
 * Writes a journal as a bundle to a place where nothing is: a zip where the name ends so, else a folder.
 * @returns SHA-256 of its manifest
 */
export const bundleJournal = (
  journal: Pick<Journal, 'path' | 'sign'>,
  files: Files,
  path: string,
): string => {
  const database = besides(join(dirname(journal.path), 'bundle.sqlite'));
  try {
    copyForStrangers(journal.path, database);
    const archive = path.endsWith('.zip') ? zipArchive(path) : folderArchive(path);
    return packed(journal, database, archive);
  } finally {
    files.remove(database);
  }
};

const packed = (journal: Pick<Journal, 'sign'>, database: string, archive: Archive): string => {
  let copy: JournalCopy | null = null;
  try {
    copy = openCopy(database);
    const sha256 = packBundle(
      sourceOf(copy),
      { path: database, sha256: sha256File(database) },
      { sign: (message) => journal.sign(message) },
      archive,
    );
    archive.finish();
    return sha256;
  } catch (error) {
    archive.abandon();
    throw error;
  } finally {
    copy?.close();
  }
};
