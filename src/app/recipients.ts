import { join } from 'node:path';
import { fromBase64, fromHex, toBase64, toHex, utf8 } from '../base/hash.ts';
import { Problem, isProblem } from '../base/problem.ts';
import { StorageError } from '../io/storage.ts';
import { decryptWith, encryptTo, identityKey, recipientKey, recipientOf } from '../journal/age.ts';
import { fits, kekOf } from '../journal/key-file.ts';
import type { Kek, Recipient } from '../journal/key-file.ts';
import { DATA_KEY } from '../journal/keys.ts';
import { formatCode, parseCode, secretOfCode } from '../journal/recovery-code.ts';
import { kekFromPassphrase, unwrapDek, wrapDek } from '../journal/seal.ts';
import { limits } from '../model/limits.ts';
import { awsDataKey, awsOpen, vaultOpen, vaultSeal } from './key-services.ts';
import type { KeyParts } from './key-parts.ts';

/**
 * The ways to a key, one at a time: made, used, and made again for a new key. Whoever has a passphrase, a recovery code or an age
 * identity is known by a public key, so that a new key is wrapped for all of them without asking anybody.
 */

/** What the key is called where a person may read of it. */
export const KEY_NAME = 'the key of the live incidents';

/** A way that is wanted. `choose` asks for a new passphrase. */
export type Wish =
  | Readonly<{ from: 'file' | 'keychain' | 'code' }>
  | Readonly<{ from: 'passphrase'; choose: () => Promise<string> }>
  | Readonly<{ from: 'age' | 'aws-kms' | 'vault'; key: string }>;

/** `code` is the recovery code, the one time that it exists in clear. */
export type Made = Readonly<{ recipient: Recipient; code: string | null }>;

/** @throws Problem `usage`, `not-installed`, `missing-secret`, `remote-failed`, `storage-locked` */
export const makeRecipient = async (parts: KeyParts, kek: Uint8Array, wish: Wish): Promise<Made> => {
  const plain = (recipient: Recipient): Made => ({ recipient, code: null });
  switch (wish.from) {
    case 'file':
    case 'keychain':
      return plain(await keepKey(parts, kek, wish.from));
    case 'passphrase': {
      const salt = parts.random.bytes(16);
      const secret = stretched(parts, await wish.choose(), salt);
      return plain({ from: 'passphrase', salt: toHex(salt), wrap: wrapFor(parts, kek, recipientOf(secret)) });
    }
    case 'code': {
      const bytes = parts.random.bytes(16);
      const wrap = wrapFor(parts, kek, recipientOf(secretOfCode(bytes)));
      return { recipient: { from: 'code', wrap, shown: false }, code: formatCode(bytes) };
    }
    case 'age':
      return plain({ from: 'age', wrap: wrapFor(parts, kek, wish.key) });
    case 'aws-kms':
    case 'vault':
      return plain(await forService(parts, kek, wish.from, wish.key));
  }
};

/** The same way to a new key. Asks nobody, but a service is called. Null: only who knows the passphrase could do it. */
export const makeAgain = async (
  parts: KeyParts,
  kek: Uint8Array,
  old: Recipient,
): Promise<Recipient | null> => {
  switch (old.from) {
    case 'file':
    case 'keychain':
      return await keepKey(parts, kek, old.from);
    case 'passphrase':
      return old.wrap === null ? null : { ...old, wrap: wrapFor(parts, kek, old.wrap.to) };
    case 'code':
    case 'age':
      return { ...old, wrap: wrapFor(parts, kek, old.wrap.to) };
    case 'aws-kms':
    case 'vault':
      return await forService(parts, kek, old.from, old.key);
  }
};

const stretched = (
  { stretch = kekFromPassphrase }: Pick<KeyParts, 'stretch'>,
  passphrase: string,
  salt: Uint8Array,
): Uint8Array => stretch(passphrase, salt);

/** Opens with what is typed: a passphrase or a recovery code, whichever it is. Null when it is neither. */
export const openTyped = (parts: Pick<KeyParts, 'stretch'>, kek: Kek, typed: string): Uint8Array | null => {
  const code = parseCode(typed);
  for (const recipient of kek.recipients) {
    if (recipient.from === 'code' && code instanceof Uint8Array) {
      const found = unwrapAs(recipient.wrap, secretOfCode(code));
      if (found !== null && fits(kek, found)) return found;
    }
    if (recipient.from === 'passphrase') {
      const secret = stretched(parts, typed, fromHex(recipient.salt) ?? new Uint8Array(16));
      const found = recipient.wrap === null ? secret : unwrapAs(recipient.wrap, secret);
      if (found !== null && fits(kek, found)) return found;
    }
  }
  return null;
};

/** Opens without asking anybody. A text says why not. */
export const openQuietly = async (
  parts: KeyParts,
  kek: Kek,
  recipient: Recipient,
): Promise<Uint8Array | string> => {
  try {
    const found = await fetched(parts, kek, recipient);
    if (typeof found === 'string') return found;
    return fits(kek, found) ? found : `the ${recipient.from} gave another key`;
  } catch (error) {
    if (error instanceof StorageError) return error.message;
    if (!isProblem(error)) throw error;
    const { what = '', install = '', why = '' } = error.facts;
    return error.code === 'not-installed' ? `${what} is not installed: ${install}` : why;
  }
};

/** Ways that a person must type something for. */
export const isTyped = ({ from }: Recipient): boolean => from === 'passphrase' || from === 'code';

const fetched = async (parts: KeyParts, { id }: Kek, recipient: Recipient): Promise<Uint8Array | string> => {
  switch (recipient.from) {
    case 'file':
      return parts.keyFile(id) ?? 'its key file is gone';
    case 'keychain': {
      const text = fromHex(await parts.keychain.read(recipient.account, KEY_NAME));
      return text ?? 'the keychain holds another value under its name';
    }
    case 'age':
      return ofIdentity(parts, recipient.wrap);
    case 'aws-kms': {
      const clear = await awsOpen(servicesOf(parts), recipient.key, id, recipient.sealed);
      const box = fromBase64(recipient.box);
      return (
        (box === null ? null : unwrapDek(clear, 'aws-kms', id, box)) ?? 'what is in key.json does not open'
      );
    }
    case 'vault':
      return await vaultOpen(servicesOf(parts), recipient.key, recipient.sealed);
    case 'passphrase':
    case 'code':
      return 'it is asked for';
  }
};

/** The identity is a file that `age-keygen` wrote, named by the environment. */
const ofIdentity = ({ files, identity }: KeyParts, wrap: Wrapped): Uint8Array | string => {
  if (identity === undefined) return 'no age identity is given: FIREBREAK_AGE_IDENTITY_FILE=FILE';
  const lines = files.readPrivate(identity, limits.secretBytesMax).split('\n');
  const secrets = lines.map((line) => identityKey(line.trim())).filter((one) => one !== null);
  const found = secrets.map((secret) => unwrapAs(wrap, secret)).find((one) => one !== null);
  return found ?? `no identity in ${identity} is that of ${wrap.to}`;
};

type Wrapped = Readonly<{ to: string; wrapped: string }>;

const unwrapAs = ({ wrapped }: Wrapped, secret: Uint8Array): Uint8Array | null => {
  const file = fromBase64(wrapped);
  const text = file === null ? null : decryptWith(secret, file);
  return text === null ? null : fromHex(new TextDecoder().decode(text).trim());
};

/** Hex, as in a key file: what `age -d` gives is then a key file. @throws Problem `usage` */
const wrapFor = ({ random }: KeyParts, kek: Uint8Array, to: string): Wrapped => {
  const chance = { fileKey: random.bytes(16), ephemeral: random.bytes(32), nonce: random.bytes(16) };
  const file = recipientKey(to) === null ? null : encryptTo(to, utf8(`${toHex(kek)}\n`), chance);
  if (file === null) throw new Problem('usage', { why: `${to} is no age recipient: one begins with age1` });
  return { to, wrapped: toBase64(file) };
};

const forService = async (
  parts: KeyParts,
  kek: Uint8Array,
  from: 'aws-kms' | 'vault',
  key: string,
): Promise<Recipient> => {
  const services = servicesOf(parts);
  const { id } = kekOf(kek, []);
  if (from === 'vault') return { from, key, sealed: await vaultSeal(services, key, kek) };
  const { clear, sealed } = await awsDataKey(services, key, id);
  const box = toBase64(wrapDek(clear, 'aws-kms', id, kek, parts.random.bytes(12)));
  clear.fill(0);
  return { from, key, sealed, box };
};

const servicesOf = ({ processes, files, folder }: KeyParts): Parameters<typeof awsOpen>[0] => {
  if (processes === undefined) throw new Problem('not-installed', { what: 'a way to run programs' });
  return { processes, files, folder };
};

/** Keeps the key itself, in a file or in the keychain. Nothing uses it yet. */
const keepKey = async (parts: KeyParts, kek: Uint8Array, from: 'file' | 'keychain'): Promise<Recipient> => {
  const { folder, files, keychain, step } = parts;
  const { id } = kekOf(kek, []);
  step?.('new key');
  if (from === 'file') {
    if (parts.keyFile(id) !== null) return { from };
    const usual = join(folder, DATA_KEY);
    const path = files.exists(usual) ? join(folder, `data-${id}.key`) : usual;
    if (!files.writeNew(path, `${toHex(kek)}\n`)) throw new Problem('storage-locked', { path });
    step?.('new key');
    return { from };
  }
  const account = `data-key-${id}`;
  await keychain.write(account, KEY_NAME, toHex(kek));
  step?.('new key');
  return { from, account };
};
