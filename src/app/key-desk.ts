import { Problem } from '../base/problem.ts';
import { formatUtc } from '../base/instant.ts';
import { fits, isBound, kekOf, nameOf } from '../journal/key-file.ts';
import type { Kek, Recipient } from '../journal/key-file.ts';
import { proveKeys } from '../journal/prove-keys.ts';
import type { Base } from './base.ts';
import type { KeyDesk, KeyDrill, NewWay } from './contract.ts';
import { keyJson } from './keyring.ts';
import type { Keyring } from './keyring.ts';
import { isTyped, makeRecipient, openQuietly, openTyped } from './recipients.ts';
import type { Wish } from './recipients.ts';
import { changeKey, halfDone, keyInUse, mustBeBound, rotateKey, writeKeyFile } from './rekey.ts';
import type { Change, JournalPlace } from './rekey.ts';
import { StorageError } from '../io/storage.ts';

/** What a person does with the keys of live incidents, beside changing where the key comes from. */

export type DeskParts = Readonly<{
  base: Base;
  ring: Keyring;
  journals: () => readonly JournalPlace[];
  /** Ids of incidents that are open. */
  open: () => readonly string[];
  /** @throws Problem `engine-held` while an engine is at work: its journal must not get another key under it */
  mayChange: () => void;
}>;

export const makeKeyDesk = (parts: DeskParts): KeyDesk => {
  const { ring, journals, mayChange } = parts;
  const change: Change = { ring, journals };
  return {
    begin: async () => await begin(parts),
    add: async (way) => await add(parts, way),
    written: async () => {
      await rewrite(ring, (one) => (one.from === 'code' ? { ...one, shown: true } : one));
    },
    remove: async (name, choose) => {
      mayChange();
      const { recipients } = ring.source().now;
      const chosen = wayNamed(recipients, name);
      if (recipients.length === 1)
        throw new Problem('usage', {
          why: `${name} is the only way to the key`,
          next: 'firebreak keys add makes another one first',
        });
      return await rotateKey(change, choose, (one) => nameOf(one) === nameOf(chosen));
    },
    rotate: async (choose) => {
      mayChange();
      return await rotateKey(change, choose);
    },
    drill: async (name, ask) => await drill(parts, name, ask),
    proves: async (typed) => {
      const { now } = ring.source();
      if (typed !== null) return openTyped(ring.parts, now, typed) !== null;
      for (const one of now.recipients)
        if (!isTyped(one) && typeof (await openQuietly(ring.parts, now, one)) !== 'string') return true;
      return false;
    },
  };
};

/** The keychain is the better place where there is one; without it a key file is as good as a key file can be. */
const begin = async ({ ring, journals, base }: DeskParts): ReturnType<KeyDesk['begin']> => {
  if (base.files.exists(keyJson(ring.parts.folder)) || journals().length > 0) return { fellBack: null };
  try {
    await changeKey({ ring, journals }, 'keychain', () => Promise.resolve(''));
    return { fellBack: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { now } = ring.source();
    await keyInUse(ring, ring.source());
    writeKeyFile(ring, { now, next: null, forget: [], drilled: null });
    const { install, why = '' } = error.facts;
    return { fellBack: install === undefined ? why : `its package is not installed: ${install}` };
  }
};

const add = async ({ ring }: DeskParts, way: NewWay): ReturnType<KeyDesk['add']> => {
  const wish = wishOf(way);
  const before = ring.source();
  if (before.next !== null) throw halfDone(before.next.recipients[0]?.from ?? 'another');
  const key = await keyInUse(ring, before);
  mustBeBound(before.now, key);
  const { recipient, code } = await makeRecipient(ring.parts, key, wish);
  const name = nameOf(recipient);
  const others = before.now.recipients.filter((one) => nameOf(one) !== name);
  writeKeyFile(ring, { ...before, now: kekOf(key, [...others, recipient]) });
  return { name, code };
};

const SERVICE_KEY = /^[A-Za-z0-9][\w:./-]{0,2047}$/;
const VAULT_KEY = /^[\w.-]+\/[\w.-]+$/;

const wishOf = ({ from, key, choose }: NewWay): Wish => {
  const must = (why: string): Problem => new Problem('usage', { why });
  switch (from) {
    case 'file':
    case 'keychain':
    case 'code':
      return { from };
    case 'passphrase':
      return { from, choose };
    case 'age':
      if (key === null) throw must('an age recipient is needed: firebreak keys add age age1...');
      return { from, key };
    case 'aws-kms':
      if (key === null || !SERVICE_KEY.test(key)) throw must('the id, alias or ARN of a KMS key is needed');
      return { from, key };
    case 'vault':
      if (key === null || !VAULT_KEY.test(key) || !SERVICE_KEY.test(key))
        throw must('mount and name of a transit key are needed, for example transit/firebreak');
      return { from, key };
  }
};

const rewrite = async (ring: Keyring, changed: (one: Recipient) => Recipient): Promise<void> => {
  const before = ring.source();
  const key = await keyInUse(ring, before);
  mustBeBound(before.now, key);
  writeKeyFile(ring, { ...before, now: kekOf(key, before.now.recipients.map(changed)) });
};

const wayNamed = (recipients: readonly Recipient[], name: string): Recipient => {
  const exact = recipients.find((one) => nameOf(one) === name);
  const alike = recipients.filter((one) => one.from === name);
  const [only] = alike;
  if (exact !== undefined) return exact;
  if (only !== undefined && alike.length === 1) return only;
  throw new Problem('not-found', {
    what: 'way to the key',
    id: name,
    near: recipients.map(nameOf).join(', '),
  });
};

const drill = async (
  parts: DeskParts,
  name: string | null,
  ask: () => Promise<string | null>,
): Promise<KeyDrill> => {
  const { ring, base } = parts;
  const file = ring.source();
  const { recipients } = file.now;
  const second = recipients[1];
  if (name === null && second === undefined)
    throw new Problem('usage', {
      why: 'there is one way to the key and no second one to try',
      next: 'firebreak keys add code makes a recovery code',
    });
  const way = name === null && second !== undefined ? second : wayNamed(recipients, name ?? '');
  const key = await openBy(ring, file.now, way, ask);
  const found = parts.open().map((id) => proveOne(parts, id, key));
  const incidents = found.filter((one) => typeof one !== 'string');
  const unreadable = found.filter((one) => typeof one === 'string');
  const passed = unreadable.length === 0 && incidents.every(({ keys, opened }) => keys === opened);
  if (passed && way !== recipients[0] && isBound(file.now, key))
    writeKeyFile(ring, { ...file, drilled: { at: formatUtc(base.clock.now()), name: nameOf(way) } });
  return { way: nameOf(way), incidents, unreadable, passed };
};

const openBy = async (
  ring: Keyring,
  now: Kek,
  way: Recipient,
  ask: () => Promise<string | null>,
): Promise<Uint8Array> => {
  const typed = isTyped(way) ? await ask() : null;
  const found = isTyped(way)
    ? typed === null
      ? 'nothing was typed'
      : (openTyped(ring.parts, { ...now, recipients: [way] }, typed) ??
        `that is not the ${way.from === 'code' ? 'recovery code' : 'passphrase'}`)
    : await openQuietly(ring.parts, now, way);
  if (typeof found !== 'string' && fits(now, found)) return found;
  throw new Problem('sealed', { what: `the key by way of ${nameOf(way)}`, why: String(found) });
};

const proveOne = (
  { journals }: DeskParts,
  id: string,
  key: Uint8Array,
): KeyDrill['incidents'][number] | string => {
  const place = journals().find((one) => one.id === id);
  try {
    return place === undefined ? id : { incident: id, ...proveKeys(place.path, key) };
  } catch (error) {
    if (error instanceof StorageError) return id;
    throw error;
  }
};
