import { Problem } from '../base/problem.ts';
import { StorageError } from '../io/storage.ts';
import { encodeKeyFile, isBound, kekOf } from '../journal/key-file.ts';
import type { Kek, KeyFile, KeyFrom, Recipient } from '../journal/key-file.ts';
import { rewrap, wrappedBy } from '../journal/rewrap.ts';
import type { KeyChange } from './contract.ts';
import { keyJson } from './keyring.ts';
import type { Keyring } from './keyring.ts';
import { KEY_NAME, isTyped, makeAgain, makeRecipient, openQuietly, openTyped } from './recipients.ts';

/**
 * Changes the key that wraps the data keys of live incidents. The order makes a crash harmless: the new key is kept first, then
 * `key.json` names it beside the old one, then journal by journal is re-wrapped, each at once and saying with what, then
 * `key.json` names the new one alone, and only when no journal names it any more is the old one removed. In between every
 * journal is opened by one of the two, and the same call again goes on where it stopped.
 */

export type JournalPlace = Readonly<{ id: string; path: string }>;

export type Change = Readonly<{ ring: Keyring; journals: () => readonly JournalPlace[] }>;

/** The ways that a person has to the key directly; a change to one of them takes the place of the others. */
const OWN: readonly KeyFrom[] = ['file', 'passphrase', 'keychain'];

/** Asks for a new passphrase; called only when one is needed. */
type Choose = () => Promise<string>;

/**
 * A new key that comes from `from`; whoever else is served by the old one is served by the new one.
 * @throws Problem `sealed` when the key in use is not at hand; `usage` when another change is half done; `not-installed`
 * @throws StorageError `locked`, `full` ...: the same call again goes on
 */
export const changeKey = async (change: Change, from: KeyFrom, choose: Choose): Promise<KeyChange> => {
  const { ring } = change;
  const before = ring.source();
  const next = firstOf(before.next);
  if (next !== null && next !== from) throw halfDone(next);
  const old = await keyInUse(ring, before);
  let passphrase = choose;
  if (before.next === null && from === firstOf(before.now)) {
    if (hasLeftovers(change, before)) return await take(change, before, before.now);
    const [first] = before.now.recipients;
    // A way that no longer gives the key is made anew, with a new key.
    const lost =
      first !== undefined &&
      !isTyped(first) &&
      typeof (await openQuietly(ring.parts, before.now, first)) === 'string';
    if (from !== 'passphrase' && !lost) return unchanged(from);
    if (from === 'passphrase') {
      const chosen = await choose();
      if (openTyped(ring.parts, before.now, chosen) !== null) return unchanged(from);
      passphrase = () => Promise.resolve(chosen);
    }
  }
  const others = isBound(before.now, old)
    ? before.now.recipients.filter((one) => !OWN.includes(one.from) && one.from !== from)
    : [];
  return await take(
    change,
    before,
    await targetOf(change, before, async (key) => {
      const wish = from === 'passphrase' ? { from, choose: passphrase } : { from: ownOf(from) };
      const { recipient } = await makeRecipient(ring.parts, key, wish);
      return [recipient, ...(await again(change, key, others, choose))];
    }),
  );
};

/** A new key for all who have the old one, but for those in `without`; or the end of a change that was cut short. */
export const rotateKey = async (
  change: Change,
  choose: Choose,
  without: (recipient: Recipient) => boolean = () => false,
): Promise<KeyChange> => {
  const { ring } = change;
  const before = ring.source();
  mustBeBound(before.now, await keyInUse(ring, before));
  const stay = before.now.recipients.filter((one) => !without(one));
  return await take(
    change,
    before,
    await targetOf(change, before, async (key) => await again(change, key, stay, choose)),
  );
};

const firstOf = (kek: Kek | null): KeyFrom | null => kek?.recipients[0]?.from ?? null;

const ownOf = (from: KeyFrom): 'file' | 'keychain' => {
  if (from === 'file' || from === 'keychain') return from;
  throw new Problem('usage', {
    why: `the key itself comes from one of: ${OWN.join(', ')}`,
    next: `firebreak keys add ${from} makes a further way to it`,
  });
};

export const halfDone = (next: string): Problem =>
  new Problem('usage', {
    why: `a change of the key to ${next} is half done`,
    next: OWN.some((own) => own === next)
      ? `firebreak keys use ${next} finishes it`
      : 'firebreak keys rotate finishes it',
  });

/** The key in use, asked for where it is not at hand. @throws Problem `sealed` */
export const keyInUse = async (ring: Keyring, { now, next }: KeyFile): Promise<Uint8Array> => {
  await ring.unlock(() => [now.id, ...(next === null ? [] : [next.id])]);
  const key = ring.atHand().get(now.id);
  if (key === undefined) throw new Problem('sealed', { what: 'what the key in use has sealed' });
  return key;
};

/** Whoever can write `key.json` could add a recipient of their own and wait for the next change to be let in. */
export const mustBeBound = (kek: Kek, key: Uint8Array): void => {
  if (isBound(kek, key)) return;
  throw new Problem('not-authorised', {
    why: 'key.json names recipients that no holder of the key wrote down',
    next: 'firebreak keys show lists them; firebreak keys use file, passphrase or keychain makes a new key that none of them has',
  });
};

const again = async (
  { ring }: Change,
  key: Uint8Array,
  old: readonly Recipient[],
  choose: Choose,
): Promise<readonly Recipient[]> => {
  const made: Recipient[] = [];
  for (const one of old) {
    const same = await makeAgain(ring.parts, key, one);
    made.push(same ?? (await makeRecipient(ring.parts, key, { from: 'passphrase', choose })).recipient);
  }
  return made;
};

/** The new key that was made before a crash, or another in its place when it opens nothing yet and is not at hand. */
const targetOf = async (
  { ring, journals }: Change,
  { next }: KeyFile,
  ways: (key: Uint8Array) => Promise<readonly Recipient[]>,
): Promise<Kek> => {
  if (next !== null && ring.atHand().has(next.id)) return next;
  if (next !== null && named(journals()).ids.has(next.id))
    throw new Problem('sealed', { what: 'what the new key has sealed already' });
  const key = ring.parts.random.bytes(32);
  const target = kekOf(key, await ways(key));
  ring.hold(key);
  return target;
};

/** What an earlier change has left is finished before the key is changed again. */
const hasLeftovers = ({ ring, journals }: Change, { now, forget }: KeyFile): boolean => {
  const keys = ring.atHand();
  const others = [...named(journals()).ids].some((id) => id !== now.id && keys.has(id));
  return others || forget.length > 0 || ring.keyFiles().some(({ id }) => id !== now.id);
};

const unchanged = (from: KeyFrom): KeyChange => ({
  from,
  changed: false,
  rewrapped: 0,
  wiped: true,
  left: [],
  kept: [],
});

const take = async (change: Change, before: KeyFile, target: Kek): Promise<KeyChange> => {
  const { ring } = change;
  if (target.id !== before.now.id && target.id !== before.next?.id)
    writeKeyFile(ring, { ...before, next: target });
  const first = rewrapAll(change, target);
  const gone = before.now.id === target.id ? [] : before.now.recipients;
  const forget = [...before.forget, ...gone.flatMap((one) => (one.from === 'keychain' ? [one.account] : []))];
  const after: KeyFile = { now: target, next: null, forget, drilled: null };
  writeKeyFile(ring, after);
  // Once more: somebody may have declared an incident with the old key meanwhile.
  const second = rewrapAll(change, target);
  const kept = await sweep(change, after);
  return {
    from: firstOf(target) ?? 'file',
    changed: true,
    rewrapped: first.moved + second.moved,
    wiped: first.wiped && second.wiped,
    left: second.left,
    kept,
  };
};

export const writeKeyFile = ({ parts }: Keyring, file: KeyFile): void => {
  parts.step?.('key.json');
  parts.files.writeAtomic(keyJson(parts.folder), encodeKeyFile(file));
  parts.step?.('key.json');
};

type Pass = Readonly<{ moved: number; wiped: boolean; left: KeyChange['left'] }>;

const rewrapAll = ({ ring, journals }: Change, target: Kek): Pass => {
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
  if (gone.length > 0) writeKeyFile(ring, { ...after, forget });
  return [...kept, ...forget.map((account) => `keychain ${account} (${folder})`)];
};
