import { join } from 'node:path';
import { checkBundle } from '../exports/bundle/check.ts';
import { DATABASE, marksOfBundle } from '../exports/bundle/names.ts';
import { beginningOf, folderReader, sha256File, withTempFolder } from '../io/archive.ts';
import type { ArchiveReader } from '../io/archive.ts';
import type { Files } from '../io/files.ts';
import { StorageError } from '../io/storage.ts';
import { zipReader } from '../io/unzip.ts';
import { verifyJournal } from '../journal/check.ts';
import { clockRemarks } from '../journal/jump.ts';
import { openCopy } from '../journal/copy.ts';
import { sourceOf } from './bundle-source.ts';
import type { VerifySummary } from './contract.ts';

/** A bundle is verified by itself: nothing of the data folder is needed, and nothing of it is written to. */

/** Whether a path is a bundle, also one that something was taken out of. */
export const isBundle = (path: string, files: Files): boolean => {
  const kind = files.info(path)?.kind;
  if (kind === 'folder') return marksOfBundle.some((name) => files.info(join(path, name)) !== null);
  // A damaged one is still meant to be one, and one that was renamed still is.
  return (
    kind === 'file' && (path.toLowerCase().endsWith('.zip') || beginningOf(path, 4) === 'PK\u0003\u0004')
  );
};

/**
 * @param elsewhere signed notes that were kept apart from the bundle
 * @param ownKey the vkey that must have signed the journal of this incident, where it is one that was made here
 * @throws StorageError for what could not be judged
 */
export const verifyBundle = (
  path: string,
  files: Files,
  ownKey: OwnKey,
  elsewhere: readonly string[] = [],
): VerifySummary =>
  withTempFolder((folder) => {
    let reader: ArchiveReader | null = null;
    try {
      reader = files.info(path)?.kind === 'folder' ? folderReader(path) : zipReader(path);
      return verifyRead(reader, join(folder, DATABASE), ownKey, elsewhere);
    } catch (error) {
      if (!(error instanceof StorageError) || error.code !== 'corrupt') throw error;
      return refused([error.message]);
    } finally {
      reader?.close();
    }
  });

type OwnKey = (about: Readonly<{ incident: string; origin: string }>) => string | null;

const verifyRead = (
  reader: ArchiveReader,
  database: string,
  ownKey: OwnKey,
  elsewhere: readonly string[],
): VerifySummary => {
  if (!reader.copyOut(DATABASE, database)) return refused([`${DATABASE} is missing`]);
  const hash = sha256File(database);
  const report = verifyJournal(database, { elsewhere });
  const { incident, origin, vkey } = report;
  const own = incident === null || origin === null ? null : ownKey({ incident, origin });
  const found = report.findings.map(({ says }) => says);
  if (own !== null && own !== vkey) found.push('it is not signed with the key that must have signed it');
  const summary = {
    entries: report.size,
    root: report.root ?? '',
    origin: report.origin ?? '',
    vkey: vkey ?? '',
    pinned: own !== null,
    known: report.known,
    unseen: [],
    remarks: clockRemarks(report.clock),
    findings: report.findings,
  };
  return { ...summary, ...verdict([...found, ...besideJournal(database, reader, hash)]) };
};

/** What does not fit the journal; a journal too broken to be read by number has been told of already. */
const besideJournal = (database: string, reader: ArchiveReader, hash: string): readonly string[] => {
  try {
    const copy = openCopy(database);
    try {
      return checkBundle(sourceOf(copy), reader, hash);
    } finally {
      copy.close();
    }
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return [`the rest cannot be held against ${DATABASE}: ${error.message}`];
  }
};

const verdict = (problems: readonly string[]): Pick<VerifySummary, 'ok' | 'problems'> => ({
  ok: problems.length === 0,
  problems,
});

const refused = (problems: readonly string[]): VerifySummary => ({
  entries: 0,
  root: '',
  origin: '',
  vkey: '',
  pinned: false,
  known: 0,
  unseen: [],
  remarks: [],
  findings: [],
  ...verdict(problems),
});
