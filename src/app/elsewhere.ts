import { join } from 'node:path';
import { parseJson } from '../base/json.ts';
import { Problem } from '../base/problem.ts';
import type { Files } from '../io/files.ts';
import { StorageError } from '../io/storage.ts';
import { parseCheckpoint } from '../journal/checkpoint.ts';
import type { Journal } from '../journal/store.ts';
import type { Company } from '../model/company.ts';
import { limits } from '../model/limits.ts';

/** Checkpoints that lie elsewhere, gathered for a verification. `unseen` are places that could not be looked at. */
export type Elsewhere = Readonly<{ notes: readonly string[]; unseen: readonly string[] }>;

const none: Elsewhere = { notes: [], unseen: [] };

/** Whether a text is a signed note over a checkpoint of any log; whose, and whether it holds, is judged later. */
const isNote = (text: string): boolean => parseCheckpoint(text.slice(0, text.indexOf('\n\n') + 1)) !== null;

const readNote = (files: Files, path: string): string | null => {
  try {
    const text = files.readText(path, limits.noteBytesMax);
    return isNote(text) ? text : null;
  } catch (error) {
    if (error instanceof StorageError) return null;
    throw error;
  }
};

const inFolder = (files: Files, folder: string): readonly string[] =>
  files
    .list(folder)
    .filter(({ kind, bytes }) => kind === 'file' && bytes <= limits.noteBytesMax)
    .map(({ name }) => readNote(files, join(folder, name)))
    .filter((note) => note !== null);

/**
 * The notes in the files and folders that a person names. A folder may hold other things; a file that was named must be a note.
 * @throws Problem `not-found`, `usage`
 */
export const namedNotes = (files: Files, paths: readonly string[]): readonly string[] =>
  paths.flatMap((path) => {
    const kind = files.info(path)?.kind;
    if (kind === undefined)
      throw new Problem('not-found', { what: 'file or folder of checkpoints', id: path });
    if (kind === 'folder') return inFolder(files, path);
    const note = readNote(files, path);
    if (note === null) throw new Problem('usage', { why: `${path} is no signed checkpoint` });
    return [note];
  });

/** What an incident was declared with stands in its first entries. */
const FIRST_ENTRIES = 64;

/** The folders that the incident leaves its checkpoints in, read without a network and without asking anybody. */
export const configuredNotes = (files: Files, journal: Pick<Journal, 'entries' | 'reveal'>): Elsewhere => {
  const anchors = companyOf(journal)?.anchors ?? {};
  return Object.values(anchors)
    .flatMap((anchor) => ('folder' in anchor ? [anchor.folder] : []))
    .map((folder): Elsewhere =>
      files.info(folder) === null
        ? { notes: [], unseen: [folder] }
        : { notes: inFolder(files, folder), unseen: [] },
    )
    .reduce((a, b) => ({ notes: [...a.notes, ...b.notes], unseen: [...a.unseen, ...b.unseen] }), none);
};

const companyOf = (journal: Pick<Journal, 'entries' | 'reveal'>): Pick<Company, 'anchors'> | null => {
  for (const entry of journal.entries()) {
    if (entry.n > FIRST_ENTRIES) return null;
    if (entry.kind !== 'definition.frozen' || entry.pub['name'] !== 'company') continue;
    const text = journal.reveal({ n: entry.n, name: 'text' });
    return text === null ? null : (parseJson(text) as unknown as Company);
  }
  return null;
};
