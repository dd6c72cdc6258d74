import { Buffer } from 'node:buffer';
import { concatBytes, fromBase64, sha256, toBase64, utf8 } from './hash.ts';
import { parseSshKey, sshKeyOfSeed } from './sshsig.ts';
import type { SshKey } from './sshsig.ts';

/** An Ed25519 key as `ssh-keygen` writes it without a passphrase (OpenSSH, PROTOCOL.key), made from 32 random bytes. */

const MAGIC = 'openssh-key-v1\0';
const BEGIN = '-----BEGIN OPENSSH PRIVATE KEY-----';
const END = '-----END OPENSSH PRIVATE KEY-----';
const BLOCK = 8;

const number = (value: number): Uint8Array => {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(value);
  return four;
};
const string = (bytes: Uint8Array): Uint8Array => concatBytes(number(bytes.length), bytes);

export const sshPrivateKey = (seed: Uint8Array): string => {
  const { blob } = sshKeyOfSeed(seed);
  const open = blob.subarray(-seed.length);
  // Twice the same: a reader that opened a locked key sees that its passphrase was right.
  const check = sha256(seed).subarray(0, 4);
  const parts = [
    string(utf8('ssh-ed25519')),
    string(open),
    string(concatBytes(seed, open)),
    string(utf8('')),
  ];
  const inner = concatBytes(check, check, ...parts);
  const padding = Array.from({ length: (BLOCK - (inner.length % BLOCK)) % BLOCK }, (_one, i) => i + 1);
  const none = string(utf8('none'));
  const head = [utf8(MAGIC), none, none, string(utf8('')), number(1), string(blob)];
  const bytes = concatBytes(...head, string(concatBytes(inner, Uint8Array.from(padding))));
  const lines = toBase64(bytes).match(/.{1,70}/g) ?? [];
  return `${[BEGIN, ...lines, END].join('\n')}\n`;
};

/** The public half of such a key; null for any other text. */
export const sshPublicHalf = (text: string): SshKey | null => {
  const inner = text.trim();
  if (!inner.startsWith(BEGIN) || !inner.endsWith(END)) return null;
  const bytes = fromBase64(inner.slice(BEGIN.length, -END.length).replaceAll(/\s+/g, ''));
  // Cipher, derivation and its options are there and empty, and one key follows.
  const at = MAGIC.length + 8 + 8 + 4 + 4;
  if (bytes === null || bytes.length < at + 4) return null;
  const all = Buffer.from(bytes);
  const blob = all.subarray(at + 4, at + 4 + all.readUInt32BE(at));
  return parseSshKey(`ssh-ed25519 ${toBase64(blob)}`);
};
