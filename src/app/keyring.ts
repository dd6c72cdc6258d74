import { join } from 'node:path';
import { fromHex } from '../base/hash.ts';
import { StorageError } from '../io/storage.ts';
import { kekId } from '../journal/deks.ts';
import { decodeKeyFile, kekOf } from '../journal/key-file.ts';
import type { KeyFile } from '../journal/key-file.ts';
import { DATA_KEY, loadKek, loadOrCreateKeys, loadSigning } from '../journal/keys.ts';
import type { JournalKeys } from '../journal/keys.ts';
import { wrappedBy } from '../journal/rewrap.ts';
import { openKeys } from './key-opening.ts';
import type { KeyParts, KeyringParts } from './key-parts.ts';

/**
 * The keys that wrap the data keys of live incidents, as they are at hand in this process: those in key files always, one that is
 * had another way once it was asked for. A journal is opened with the key that its data keys name.
 *
 * Nothing refuses to declare: a new incident whose key is not at hand is sealed with a stand-in, a 0600 file made for it, and
 * stays so, loudly, until `keys use` re-wraps it. An incident that is there already gets no stand-in: its company, inventory
 * and contacts are sealed with the key that is missing, so it is read in its public part, and takes no private field.
 */
export interface Keyring {
  readonly parts: KeyParts;
  /** What this journal is signed and sealed with; `kek` is null while its key is not at hand. Asks nobody. */
  of(journal: string): JournalKeys;
  /** What a new incident is signed and sealed with. */
  fresh(): JournalKeys;
  /**
   * Asks, once in a process, for the keys with these ids that are not at hand; without ids for the one of new incidents.
   * That nobody gave one is told by a notice, never by an error.
   */
  unlock(ids?: () => readonly string[]): Promise<void>;
  /** What `key.json` says; without one the key file. @throws StorageError `corrupt` */
  source(): KeyFile;
  /** Every key at hand, by id. */
  atHand(): ReadonlyMap<string, Uint8Array>;
  /** Key files here, with their keys. */
  keyFiles(): readonly Readonly<{ path: string; id: string; kek: Uint8Array }>[];
  hold(kek: Uint8Array): void;
}

export const STAND_IN = 'stand-in.key';
export const keyJson = (folder: string): string => join(folder, 'key.json');

export const makeKeyring = (given: KeyringParts): Keyring => {
  const parts: KeyParts = {
    ...given,
    keyFile: (id) => readKeyFiles(given).find((one) => one.id === id)?.kek ?? null,
  };
  const { folder, files, random } = parts;
  const held = new Map<string, Uint8Array>();
  const hold = (kek: Uint8Array): void => void held.set(kekId(kek), kek);
  const keyFiles = (): ReturnType<Keyring['keyFiles']> => readKeyFiles(parts);
  const atHand = (): ReadonlyMap<string, Uint8Array> =>
    new Map([...keyFiles().map(({ id, kek }) => [id, kek] as const), ...held]);
  const source = (): KeyFile => readSource(parts) ?? byDefault(parts);

  return {
    parts,
    source,
    atHand,
    keyFiles,
    hold,
    of(journal) {
      const file = readable(parts);
      if (file === null) return loadOrCreateKeys(folder, files, random);
      const named = wrappersOf(journal);
      const [keys, ids] = [atHand(), named.length === 0 && file !== 'damaged' ? [file.now.id] : named];
      const id = ids.find((one) => keys.has(one));
      return {
        ...loadSigning(folder, files, random),
        kek: id === undefined ? null : (keys.get(id) ?? null),
      };
    },
    fresh() {
      const file = readable(parts);
      if (file === null) return loadOrCreateKeys(folder, files, random);
      return {
        ...loadSigning(folder, files, random),
        kek: (file === 'damaged' ? null : atHand().get(file.now.id)) ?? standIn(parts),
      };
    },
    unlock: unlocker(parts, atHand, hold),
  };
};

/** Asks for what is not at hand, one question at a time; what could not be had is told of once and not asked for again. */
const unlocker = (parts: KeyParts, atHand: Keyring['atHand'], hold: Keyring['hold']): Keyring['unlock'] => {
  const told = new Set<string>();
  let turn: Promise<void> = Promise.resolve();
  return async (asked) => {
    const file = readable(parts);
    if (file === null) return;
    if (file === 'damaged') {
      if (!told.has(file))
        parts.heard?.({ is: 'locked', from: 'key.json', why: `${keyJson(parts.folder)} is damaged` });
      told.add(file);
      return;
    }
    const ids = asked?.() ?? [file.now.id];
    const work = turn.then(async () => {
      const keys = atHand();
      const missing = [file.now, file.next].filter(
        (one) => one !== null && ids.includes(one.id) && !keys.has(one.id) && !told.has(one.id),
      );
      await openKeys(
        parts,
        missing.filter((one) => one !== null),
        hold,
        (one, why) => {
          told.add(one.id);
          parts.heard?.({ is: 'locked', from: one.recipients[0]?.from ?? 'file', why });
        },
      );
    });
    turn = work.catch(() => undefined);
    await work;
  };
};

/** Ids that the journal names; none where it cannot be read: opening it then tells what is wrong. */
export const wrappersOf = (journal: string): readonly string[] => {
  try {
    return wrappedBy(journal);
  } catch (error) {
    if (error instanceof StorageError) return [];
    throw error;
  }
};

const readSource = ({ folder, files }: KeyParts): KeyFile | null => {
  const path = keyJson(folder);
  if (!files.exists(path)) return null;
  const found = decodeKeyFile(files.readPrivate(path, 65_536));
  if (found === null)
    throw new StorageError('corrupt', path, `${path} does not say where the key comes from`);
  return found;
};

/** A damaged `key.json` must not keep anybody from declaring: then what key files open is open, and the rest is sealed. */
const readable = (parts: KeyParts): KeyFile | 'damaged' | null => {
  try {
    return readSource(parts);
  } catch (error) {
    if (error instanceof StorageError && error.code === 'corrupt') return 'damaged';
    throw error;
  }
};

const byDefault = ({ folder, files, random }: KeyParts): KeyFile => {
  files.privateDir(folder);
  return {
    now: kekOf(loadKek(join(folder, DATA_KEY), files, random), [{ from: 'file' }]),
    next: null,
    forget: [],
    drilled: null,
  };
};

const readKeyFiles = ({ folder, files }: KeyringParts): ReturnType<Keyring['keyFiles']> =>
  files.list(folder).flatMap(({ name, kind }) => {
    if (kind !== 'file' || !name.endsWith('.key')) return [];
    const path = join(folder, name);
    const kek = fromHex(files.readPrivate(path, 256).trim());
    return kek?.length === 32 ? [{ path, id: kekId(kek), kek }] : [];
  });

const standIn = (parts: KeyParts): Uint8Array => {
  const path = join(parts.folder, STAND_IN);
  const kek = loadKek(path, parts.files, parts.random);
  parts.heard?.({ is: 'stand-in', path });
  return kek;
};
