import { kekFromPassphrase } from '../journal/seal.ts';
import { fromHex } from '../base/hash.ts';
import { Problem } from '../base/problem.ts';
import { StorageError } from '../io/storage.ts';
import { encodeKeyFile, fits } from '../journal/key-file.ts';
import type { KeyFile, KeyFrom, KeySource } from '../journal/key-file.ts';
import { rewrap, wrappedBy } from '../journal/rewrap.ts';
import type { KeyChange } from './contract.ts';
import { KEY_NAME, keyJson, makeSource } from './keyring.ts';
import type { Keyring } from './keyring.ts';

/**
 * Changes the key that wraps the data keys of live incidents. The order makes a crash harmless: the new key is kept first, then
 * `key.json` names it beside the old one, then journal by journal is re-wrapped, each at once and saying with what, then
 * `key.json` names the new one alone, and only when no journal names it any more is the old one removed. In between every
 * journal is opened by one of the two, and the same call again goes on where it stopped.
 */

export type JournalPlace = Readonly<{ id: string; path: string }>;

type Change = Readonly<{ ring: Keyring; journals: () => readonly JournalPlace[] }>;

/**
 * @param choose asks for a new passphrase; called only when one is needed
 * @throws Problem `sealed` when the key in use is not at hand; `usage` when another change is half done; `not-installed`
 * @throws StorageError `locked`, `full` ...: the same call again goes on
 */
export const changeKey = async (
  change: Change,
  from: KeyFrom,
  choose: () => Promise<string>,
): Promise<KeyChange> => {
  const { ring } = change;
  const before = ring.source();
  if (before.next !== null && before.next.from !== from) {
    const next = `firebreak keys use ${before.next.from}`;
    throw new Problem('usage', {
      why: `a change of the key to ${before.next.from} is half done`,
      next: `${next} finishes it`,
    });
  }
  await ring.unlock(() => [before.now.id, ...(before.next === null ? [] : [before.next.id])]);
  if (!ring.atHand().has(before.now.id))
    throw new Problem('sealed', { what: 'what the key in use has sealed' });
  const target =
    before.next === null
      ? await targetOf(change, before, from, choose)
      : await goOn(change, before.next, choose);
  if (target === null) return { from, changed: false, rewrapped: 0, wiped: true, left: [], kept: [] };
  return await take(change, before, target);
};

/** The new key that was made before a crash, or another in its place when it opens nothing yet and is not at hand. */
const goOn = async (
  { ring, journals }: Change,
  next: KeySource,
  choose: () => Promise<string>,
): Promise<KeySource> => {
  if (ring.atHand().has(next.id)) return next;
  if (named(journals()).ids.has(next.id))
    throw new Problem('sealed', { what: 'what the new key has sealed already' });
  return await makeSource(ring, next.from, choose);
};

/** Null when there is nothing to do. What an earlier change has left is finished before the key is changed again. */
const targetOf = async (
  { ring, journals }: Change,
  { now, forget }: KeyFile,
  from: KeyFrom,
  choose: () => Promise<string>,
): Promise<KeySource | null> => {
  if (from !== now.from) return await makeSource(ring, from, choose);
  const keys = ring.atHand();
  const others = [...named(journals()).ids].some((id) => id !== now.id && keys.has(id));
  if (others || forget.length > 0 || ring.keyFiles().some(({ id }) => id !== now.id)) return now;
  if (now.from !== 'passphrase') return null;
  const chosen = await choose();
  if (fits(now, kekFromPassphrase(chosen, fromHex(now.salt) ?? new Uint8Array(16)))) return null;
  return await makeSource(ring, from, () => Promise.resolve(chosen));
};

const take = async (change: Change, before: KeyFile, target: KeySource): Promise<KeyChange> => {
  const { ring } = change;
  if (target.id !== before.now.id && target.id !== before.next?.id) write(ring, { ...before, next: target });
  const first = rewrapAll(change, target);
  const forget = [
    ...before.forget,
    ...(before.now.from === 'keychain' && before.now.id !== target.id ? [before.now.account] : []),
  ];
  const after: KeyFile = { now: target, next: null, forget };
  write(ring, after);
  // Once more: somebody may have declared an incident with the old key meanwhile.
  const second = rewrapAll(change, target);
  const kept = await sweep(change, after);
  return {
    from: target.from,
    changed: true,
    rewrapped: first.moved + second.moved,
    wiped: first.wiped && second.wiped,
    left: second.left,
    kept,
  };
};

const write = ({ parts }: Keyring, file: KeyFile): void => {
  parts.step?.('key.json');
  parts.files.writeAtomic(keyJson(parts.folder), encodeKeyFile(file));
  parts.step?.('key.json');
};

type Pass = Readonly<{ moved: number; wiped: boolean; left: KeyChange['left'] }>;

const rewrapAll = ({ ring, journals }: Change, target: KeySource): Pass => {
  const keys = ring.atHand();
  const to = keys.get(target.id);
  if (to === undefined) throw new Problem('sealed', { what: 'what the new key is to seal' });
  const left: { incident: string; why: 'no-key' | 'unreadable' }[] = [];
  let [moved, wiped] = [0, true];
  for (const { id, path } of journals()) {
    ring.parts.step?.(`journal ${id}`);
    const found = rewrapOne(path, keys, to, ring);
    ring.parts.step?.(`journal ${id}`);
    if (found === 'unreadable' || found.is === 'no-key')
      left.push({ incident: id, why: found === 'unreadable' ? found : 'no-key' });
    else if (found.is === 'moved') {
      moved += 1;
      wiped &&= found.wiped;
    }
  }
  return { moved, wiped, left };
};

/** A damaged journal must not keep all others from their new key; what is locked or full ends the change, to be gone on with. */
const rewrapOne = (
  path: string,
  keys: ReadonlyMap<string, Uint8Array>,
  to: Uint8Array,
  ring: Keyring,
): ReturnType<typeof rewrap> | 'unreadable' => {
  try {
    return rewrap(path, keys, to, ring.parts.random);
  } catch (error) {
    if (error instanceof StorageError && error.code === 'corrupt') return 'unreadable';
    throw error;
  }
};

/** The ids that journals name, and whether every journal could be asked. */
const named = (journals: readonly JournalPlace[]): Readonly<{ ids: ReadonlySet<string>; sure: boolean }> => {
  const ids = new Set<string>();
  let sure = true;
  for (const { path } of journals) {
    try {
      for (const id of wrappedBy(path)) ids.add(id);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      sure = false;
    }
  }
  return { ids, sure };
};

/** Removes the keys that open nothing any more. One that a journal may still need is kept, and named. */
const sweep = async ({ ring, journals }: Change, after: KeyFile): Promise<readonly string[]> => {
  const { files, folder, keychain, step } = ring.parts;
  const { ids, sure } = named(journals());
  const kept: string[] = [];
  for (const { path, id } of ring.keyFiles()) {
    if (id === after.now.id) continue;
    if (!sure || ids.has(id)) {
      kept.push(path);
      continue;
    }
    step?.(`remove ${path}`);
    files.wipe(path);
    step?.(`remove ${path}`);
  }
  const needed = (account: string): boolean => !sure || [...ids].some((id) => account.endsWith(id));
  const gone = after.forget.filter((account) => !needed(account));
  for (const account of gone) {
    step?.(`remove ${account}`);
    await keychain.remove(account, KEY_NAME);
    step?.(`remove ${account}`);
  }
  const forget = after.forget.filter(needed);
  if (gone.length > 0) write(ring, { ...after, forget });
  return [...kept, ...forget.map((account) => `keychain ${account} (${folder})`)];
};
