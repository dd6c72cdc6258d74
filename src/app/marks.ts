import { join } from 'node:path';
import { toHex } from '../base/hash.ts';
import { parseJson } from '../base/json.ts';
import type { Ledger } from '../engine/ledger.ts';
import type { Alarm } from '../incident/anchored.ts';
import type { Files } from '../io/files.ts';
import type { Keychain } from '../io/keychain.ts';
import { StorageError } from '../io/storage.ts';
import type { Against } from '../journal/anchors.ts';
import type { Journal } from '../journal/store.ts';
import { limits } from '../model/limits.ts';

/**
 * The newest checkpoint this machine has seen of each log, kept where a copy of the incident's folder does not reach: an older
 * copy that is put back is noticed. The keychain has it too, where there is one: it stays when the whole data folder is put back.
 * Neither stops a person with the rights of this user, and neither is meant to.
 */
export interface Marks {
  /** Signed notes known of a log, the newest last; more than one only where they contradict each other. */
  known(origin: string): Promise<readonly string[]>;
  /** Keeps the journal's newest checkpoint. What contradicts it stays beside it, for ever. */
  advance(journal: Pick<Journal, 'origin' | 'checkpoint' | 'anchors'>): Promise<void>;
}

export type MarksParts = Readonly<{
  folder: string;
  files: Files;
  keychain: Keychain | null;
  /** Resolves when the keychain was waited for long enough; with the signal nobody waits any more. */
  patience: (signal: AbortSignal) => Promise<void>;
}>;

const pathOf = (folder: string, origin: string): string => join(folder, `${nameOf(origin)}.json`);
const nameOf = (origin: string): string =>
  origin.slice(origin.lastIndexOf('/') + 1).replaceAll(/[^0-9a-z]/g, '');

export const makeMarks = ({ folder, files, keychain, patience }: MarksParts): Marks => {
  const bounded = async <T>(work: Promise<T> | undefined): Promise<T | null> => {
    // A timer that ran on would keep a command from ending.
    const answered = new AbortController();
    const nothing = (): null => null;
    try {
      return await Promise.race([
        work?.catch(nothing) ?? null,
        patience(answered.signal).then(nothing, nothing),
      ]);
    } finally {
      answered.abort();
    }
  };
  const ofFile = (origin: string): readonly string[] => {
    const path = pathOf(folder, origin);
    if (!files.exists(path)) return [];
    try {
      return notesIn(files.readPrivate(path, limits.marksBytesMax));
    } catch (error) {
      if (error instanceof StorageError) return [];
      throw error;
    }
  };
  const ofKeychain = async (origin: string): Promise<readonly string[]> => {
    if (keychain === null) return [];
    const text = await bounded(keychain.read(`mark-${nameOf(origin)}`, 'mark'));
    return text === null ? [] : notesIn(text);
  };
  return {
    known: async (origin) => [...new Set([...ofFile(origin), ...(await ofKeychain(origin))])],
    async advance(journal) {
      const { origin } = journal;
      const note = journal.checkpoint();
      const kept = [...new Set([...ofFile(origin), ...(await ofKeychain(origin))])];
      if (kept.at(-1) === note) return;
      const text = JSON.stringify({
        notes: [...kept.filter((one) => contradicts(journal.anchors.against(one))), note],
      });
      try {
        files.privateDir(folder);
        files.writeAtomic(pathOf(folder, origin), text);
      } catch (error) {
        // A full disk must not keep anybody from acting; the mark is then older, and still true.
        if (!(error instanceof StorageError)) throw error;
      }
      if (keychain !== null) await bounded(keychain.write(`mark-${nameOf(origin)}`, 'mark', text));
    },
  };
};

/**
 * Holds what was seen before against the journal as it was opened. What contradicts it is written into it, once, and never in the
 * way of anybody; where another process holds the journal, it is handed back to be shown.
 */
export const contradictions = async (
  journal: Pick<Journal, 'anchors'>,
  ledger: Ledger,
  notes: readonly string[],
  held: boolean,
): Promise<readonly Alarm[]> => {
  const unrecorded: Alarm[] = [];
  for (const note of notes) {
    const found = journal.anchors.against(note);
    if (found.is !== 'shorter' && found.is !== 'other') continue;
    const { is, size } = found;
    if (ledger.state().anchors.alarms.some((one) => one.is === is && one.size === size)) continue;
    const pub = { known_size: size, known_root: toHex(found.root), story: is };
    if (held) await ledger.append([{ kind: 'journal.contradicted', pub }]);
    else unrecorded.push({ n: null, at: null, is, anchor: null, size });
  }
  return unrecorded;
};

const contradicts = ({ is }: Against): boolean => is === 'shorter' || is === 'other';

function notesIn(text: string): readonly string[] {
  const found = parseJson(text);
  const notes = found !== null && typeof found === 'object' && 'notes' in found ? found['notes'] : null;
  return Array.isArray(notes) ? notes.filter((one) => typeof one === 'string') : [];
}
