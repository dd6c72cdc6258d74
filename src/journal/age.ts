import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
} from 'node:crypto';
import { Buffer } from 'node:buffer';
import { assert } from '../base/assert.ts';
import { decodeBech32, encodeBech32 } from '../base/bech32.ts';
import { concatBytes, hmacSha256, sameBytes, utf8 } from '../base/hash.ts';

/**
 * The age v1 file format (C2SP `age.md`) as far as one recipient with an X25519 key needs it; a file of one chunk at once, a longer one in `age-stream.ts`. What is written
 * here is opened by the `age` program and the other way round, so that a key is never hostage to this tool.
 */

const INTRO = 'age-encryption.org/v1\n';
const KEY_LABEL = 'age-encryption.org/v1/X25519';
/** Bytes of a chunk in clear, and what sealing it adds. */
export const CHUNK = 64 * 1024;
export const TAG = 16;
const NO_NONCE = new Uint8Array(12);
const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI_X25519 = Buffer.from('302a300506032b656e032100', 'hex');

/** 32 bytes behind `age1...`, or null. */
export function recipientKey(recipient: string): Uint8Array | null {
  const key = decodeBech32('age', recipient);
  return key?.length === 32 && recipient === recipient.toLowerCase() ? key : null;
}

/** 32 bytes behind `AGE-SECRET-KEY-1...`, or null. */
export function identityKey(identity: string): Uint8Array | null {
  const key = decodeBech32('age-secret-key-', identity);
  return key?.length === 32 ? key : null;
}

/** The recipient that belongs to a secret of 32 bytes. */
export function recipientOf(secret: Uint8Array): string {
  return encodeBech32('age', publicOf(secret));
}

/** @param chance 16 bytes of file key, 32 of ephemeral secret and 16 of nonce, used once. Null: no such recipient */
export function encryptTo(recipient: string, plaintext: Uint8Array, chance: Chance): Uint8Array | null {
  assert(plaintext.length <= CHUNK, 'what is wrapped fits one chunk');
  const begun = beginFile(recipient, chance);
  return begun === null ? null : concatBytes(begun.head, sealChunk(begun.key, 0, true, plaintext));
}

/** What one file takes of chance: 16 bytes of file key, 32 of ephemeral secret, 16 of nonce. */
export type Chance = Readonly<{ fileKey: Uint8Array; ephemeral: Uint8Array; nonce: Uint8Array }>;

/** The head of a file for one recipient, and the key of its chunks. Null: no such recipient. */
export function beginFile(
  recipient: string,
  { fileKey, ephemeral, nonce }: Chance,
): Readonly<{ head: Uint8Array; key: Uint8Array }> | null {
  const to = recipientKey(recipient);
  if (to === null) return null;
  const share = publicOf(ephemeral);
  const wrap = wrapKey(ephemeral, to, share, to);
  if (wrap === null) return null;
  const body = seal(wrap, NO_NONCE, fileKey);
  const head = `${INTRO}-> X25519 ${unpadded(share)}\n${unpadded(body)}\n---`;
  const mac = hmacSha256(derive(fileKey, new Uint8Array(), 'header'), head);
  const key = derive(fileKey, nonce, 'payload');
  return { head: concatBytes(utf8(`${head} ${unpadded(mac)}\n`), nonce), key };
}

/** One chunk of the payload: all but the last have `CHUNK` bytes, and the last one says that it is. */
export function sealChunk(key: Uint8Array, index: number, last: boolean, plaintext: Uint8Array): Uint8Array {
  return seal(key, chunkNonce(index, last), plaintext);
}

/** Null where it is not that chunk of that file. */
export function openChunk(
  key: Uint8Array,
  index: number,
  last: boolean,
  body: Uint8Array,
): Uint8Array | null {
  return open(key, chunkNonce(index, last), body);
}

/** The STREAM nonce: a counter of 11 bytes and a flag for the last chunk. */
function chunkNonce(index: number, last: boolean): Uint8Array {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(index, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** The clear text; null when it is no age file of one chunk, was changed, or is for somebody else. */
export function decryptWith(secret: Uint8Array, file: Uint8Array): Uint8Array | null {
  const opened = openFile(secret, file);
  return typeof opened === 'string' ? null : openChunk(opened.key, 0, true, file.subarray(opened.at));
}

/**
 * The key of the chunks, and where they begin, from the first bytes of a file. `form`: it is no age file; `recipient`: it is for
 * somebody else; `changed`: its head is not what was written.
 */
export function openFile(
  secret: Uint8Array,
  file: Uint8Array,
): Readonly<{ key: Uint8Array; at: number }> | 'form' | 'recipient' | 'changed' {
  const parts = headerOf(file);
  if (parts === null) return 'form';
  const mine = publicOf(secret);
  for (const { share, body } of parts.stanzas) {
    const wrap = wrapKey(secret, share, share, mine);
    const fileKey = wrap === null ? null : open(wrap, NO_NONCE, body);
    if (fileKey?.length !== 16) continue;
    if (!sameBytes(hmacSha256(derive(fileKey, new Uint8Array(), 'header'), parts.signed), parts.mac))
      return 'changed';
    const nonce = parts.payload.subarray(0, 16);
    const at = file.length - parts.payload.length + 16;
    return nonce.length === 16 ? { key: derive(fileKey, nonce, 'payload'), at } : 'changed';
  }
  return 'recipient';
}

type Stanza = Readonly<{ share: Uint8Array; body: Uint8Array }>;
type Header = Readonly<{
  stanzas: readonly Stanza[];
  signed: string;
  mac: Uint8Array;
  payload: Uint8Array;
}>;

function headerOf(file: Uint8Array): Header | null {
  const text = Buffer.from(file.buffer, file.byteOffset, file.byteLength).toString('latin1');
  const found = /^age-encryption\.org\/v1\n((?:-> [^\n]+\n(?:[A-Za-z0-9+/]{0,64}\n)+)+)---( [^\n]+)\n/.exec(
    text,
  );
  if (found === null) return null;
  const [whole, stanzas = '', mac = ''] = found;
  const macBytes = padded(mac.slice(1));
  if (macBytes === null) return null;
  // Stanzas of other kinds (plugins, passphrases) may stand beside: they are for others.
  const x25519 = stanzas.split(/^-> /m).flatMap((stanza): Stanza[] => {
    const [line = '', ...body] = stanza.trimEnd().split('\n');
    const [kind, share = '', ...more] = line.split(' ');
    if (kind !== 'X25519' || more.length > 0) return [];
    const [key, wrapped] = [padded(share), padded(body.join(''))];
    return key?.length === 32 && wrapped?.length === 32 ? [{ share: key, body: wrapped }] : [];
  });
  const signed = whole.slice(0, -mac.length - 1);
  return { stanzas: x25519, signed, mac: macBytes, payload: file.subarray(whole.length) };
}

/** Null for a point of small order: everybody would know what comes of it. */
function wrapKey(secret: Uint8Array, peer: Uint8Array, share: Uint8Array, to: Uint8Array): Uint8Array | null {
  try {
    const shared = diffieHellman({ privateKey: privateKey(secret), publicKey: publicKey(peer) });
    return shared.every((byte) => byte === 0) ? null : derive(shared, concatBytes(share, to), KEY_LABEL);
  } catch {
    return null;
  }
}

const privateKey = (secret: Uint8Array): ReturnType<typeof createPrivateKey> =>
  createPrivateKey({ key: Buffer.concat([PKCS8_X25519, secret]), format: 'der', type: 'pkcs8' });

const publicKey = (key: Uint8Array): ReturnType<typeof createPublicKey> =>
  createPublicKey({ key: Buffer.concat([SPKI_X25519, key]), format: 'der', type: 'spki' });

function publicOf(secret: Uint8Array): Uint8Array {
  const der = createPublicKey(privateKey(secret)).export({ format: 'der', type: 'spki' });
  return der.subarray(SPKI_X25519.length);
}

const derive = (key: Uint8Array, salt: Uint8Array, label: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, salt, label, 32));

function seal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG });
  return concatBytes(cipher.update(plaintext), cipher.final(), cipher.getAuthTag());
}

function open(key: Uint8Array, nonce: Uint8Array, body: Uint8Array): Uint8Array | null {
  if (body.length < TAG) return null;
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG });
  decipher.setAuthTag(body.subarray(body.length - TAG));
  try {
    return concatBytes(decipher.update(body.subarray(0, body.length - TAG)), decipher.final());
  } catch {
    return null;
  }
}

const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** Null unless it is base64 without padding, in its one canonical form. */
function padded(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, 'base64');
  return unpadded(bytes) === text ? bytes : null;
}
