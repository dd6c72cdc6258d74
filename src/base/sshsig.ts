import { createPrivateKey, createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { concatBytes, fromBase64, sha256, toBase64, utf8 } from './hash.ts';

/**
 * SSH signatures as `ssh-keygen -Y sign` makes them (OpenSSH, PROTOCOL.sshsig): read and checked for every kind of key that
 * OpenSSH signs with today, made for Ed25519. Pure: whoever has the text and the key's line can repeat the check by hand.
 */

/** A public key: `line` is its kind and base64 without the comment, which may name a person or a machine. */
export type SshKey = Readonly<{ kind: string; line: string; comment: string; blob: Uint8Array }>;

const FIRST_WORD = /^\s*[a-z0-9][a-z0-9@.-]*[ \t]/;
/** As all kinds of keys are named that OpenSSH writes; whether this one is known is seen below. */
const KIND = /^[a-z0-9][a-z0-9@.-]*-[a-z0-9@.-]+$/;

/** A line of `id_ed25519.pub` or `authorized_keys` without options. Null for anything else. */
export function parseSshKey(text: string): SshKey | null {
  // Every text of a definition is asked: a sentence is told from a key by its first word, before it is cut into words.
  if (!FIRST_WORD.test(text)) return null;
  const [kind = '', encoded = '', ...comment] = text.trim().split(/[ \t]+/);
  if (!KIND.test(kind)) return null;
  const blob = fromBase64(encoded);
  if (blob === null || keyOf(blob)?.kind !== kind) return null;
  return { kind, line: `${kind} ${encoded}`, comment: comment.join(' '), blob };
}

/** As `ssh-keygen -l` prints it. */
export const sshFingerprint = (blob: Uint8Array): string =>
  `SHA256:${toBase64(sha256(blob)).replace(/=+$/, '')}`;

const BEGIN = '-----BEGIN SSH SIGNATURE-----';
const END = '-----END SSH SIGNATURE-----';
const CHARS_MAX = 8192;
const MAGIC = 'SSHSIG';

type Sshsig = Readonly<{
  key: Uint8Array;
  namespace: string;
  digest: 'sha256' | 'sha512';
  signature: Uint8Array;
}>;

/** Lines between the two marks; spaces around them, as a chat adds, do not matter. */
function unarmour(text: string): Uint8Array | null {
  if (text.length > CHARS_MAX) return null;
  const inner = text.trim();
  if (!inner.startsWith(BEGIN) || !inner.endsWith(END)) return null;
  return fromBase64(inner.slice(BEGIN.length, -END.length).replaceAll(/\s+/g, ''));
}

function parse(text: string): Sshsig | null {
  const bytes = unarmour(text);
  if (bytes === null) return null;
  const from = reader(bytes);
  if (from.raw(6).toString() !== MAGIC || from.uint32() !== 1) return null;
  const key = from.string();
  const namespace = from.string().toString();
  from.string();
  const digest = from.string().toString();
  const signature = from.string();
  if (!from.ended() || (digest !== 'sha256' && digest !== 'sha512')) return null;
  return { key, namespace, digest, signature };
}

/** What is really signed: the message by its digest, under its namespace, so that no other program's signature fits. */
function signedData(
  { namespace, digest }: Pick<Sshsig, 'namespace' | 'digest'>,
  message: string,
): Uint8Array {
  const digested = hash(digest, utf8(message), 'buffer');
  return concatBytes(
    utf8(MAGIC),
    string(utf8(namespace)),
    string(utf8('')),
    string(utf8(digest)),
    string(digested),
  );
}

export type SshCheck =
  | Readonly<{ ok: true; key: SshKey }>
  | Readonly<{ ok: false; why: 'not-a-signature' | 'other-namespace' | 'does-not-fit' }>;

/** Whether the text is a signature over exactly this message in this namespace, and by which key. Says nothing of whose it is. */
export function checkSshsig(text: string, message: string, namespace: string): SshCheck {
  const found = parse(text);
  const key = found === null ? null : keyOf(found.key);
  if (found === null || key === null) return { ok: false, why: 'not-a-signature' };
  if (found.namespace !== namespace) return { ok: false, why: 'other-namespace' };
  if (!fits(key, found.signature, signedData(found, message))) return { ok: false, why: 'does-not-fit' };
  const line = `${key.kind} ${toBase64(found.key)}`;
  return { ok: true, key: { kind: key.kind, line, comment: '', blob: found.key } };
}

/** `application` is set for keys on a hardware token: what they sign says that somebody touched it. */
type Key = Readonly<{ kind: string; key: KeyObject; curve: string | null; application: Uint8Array | null }>;

const CURVES: Readonly<Record<string, Readonly<{ crv: string; bytes: number; digest: string }>>> = {
  nistp256: { crv: 'P-256', bytes: 32, digest: 'sha256' },
  nistp384: { crv: 'P-384', bytes: 48, digest: 'sha384' },
  nistp521: { crv: 'P-521', bytes: 66, digest: 'sha512' },
};
const RSA_BITS_MIN = 2048;

function keyOf(blob: Uint8Array): Key | null {
  try {
    const from = reader(blob);
    const kind = from.string().toString();
    const found = keyFrom(kind, from);
    return from.ended() ? found : null;
  } catch {
    // The bytes of a key that is none, or that node:crypto does not take.
    return null;
  }
}

function keyFrom(kind: string, from: Reader): Key | null {
  switch (kind) {
    case 'ssh-ed25519':
    case 'sk-ssh-ed25519@openssh.com': {
      const x = from.string().toString('base64url');
      const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
      return { kind, key, curve: null, application: kind.startsWith('sk-') ? from.string() : null };
    }
    case 'ecdsa-sha2-nistp256':
    case 'ecdsa-sha2-nistp384':
    case 'ecdsa-sha2-nistp521':
    case 'sk-ecdsa-sha2-nistp256@openssh.com': {
      const name = from.string().toString();
      const curve = CURVES[name];
      const point = from.string();
      if (
        curve === undefined ||
        !kind.includes(name) ||
        point[0] !== 4 ||
        point.length !== 1 + 2 * curve.bytes
      )
        return null;
      const [x, y] = [point.subarray(1, 1 + curve.bytes), point.subarray(1 + curve.bytes)].map((part) =>
        part.toString('base64url'),
      );
      if (x === undefined || y === undefined) return null;
      const key = createPublicKey({ key: { kty: 'EC', crv: curve.crv, x, y }, format: 'jwk' });
      return { kind, key, curve: name, application: kind.startsWith('sk-') ? from.string() : null };
    }
    case 'ssh-rsa': {
      const [e, n] = [unsigned(from.string()), unsigned(from.string())];
      if (n.length * 8 < RSA_BITS_MIN) return null;
      const jwk = { kty: 'RSA', e: e.toString('base64url'), n: n.toString('base64url') };
      const key = createPublicKey({ key: jwk, format: 'jwk' });
      return { kind, key, curve: null, application: null };
    }
    default:
      return null;
  }
}

function fits(key: Key, signature: Uint8Array, data: Uint8Array): boolean {
  try {
    const from = reader(signature);
    const algorithm = from.string().toString();
    const value = from.string();
    const signed = key.application === null ? data : touched(key.application, from, data);
    if (signed === null || !from.ended()) return false;
    if (key.kind === 'ssh-rsa') {
      // The old `ssh-rsa` algorithm signs with SHA-1: OpenSSH refuses it here, and so do we.
      const digest = { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' }[algorithm];
      return digest !== undefined && verify(digest, signed, key.key, value);
    }
    if (algorithm !== key.kind) return false;
    const curve = key.curve === null ? undefined : CURVES[key.curve];
    if (curve === undefined) return verify(null, signed, key.key, value);
    const pair = reader(value);
    const rs = concatBytes(padded(pair.string(), curve.bytes), padded(pair.string(), curve.bytes));
    return pair.ended() && verify(curve.digest, signed, { key: key.key, dsaEncoding: 'ieee-p1363' }, rs);
  } catch {
    return false;
  }
}

/** A hardware key signs hashes, its flags and a counter (PROTOCOL.u2f); without the flag nobody touched it. */
function touched(application: Uint8Array, from: Reader, data: Uint8Array): Uint8Array | null {
  const flags = from.raw(1);
  const counter = from.raw(4);
  const present = ((flags[0] ?? 0) & 1) === 1;
  return present ? concatBytes(sha256(application), flags, counter, sha256(data)) : null;
}

const unsigned = (part: Buffer): Buffer => (part[0] === 0 ? part.subarray(1) : part);

function padded(part: Buffer, length: number): Uint8Array {
  const number = unsigned(part);
  if (number.length > length) throw new RangeError('the number is too long for its curve');
  return concatBytes(new Uint8Array(length - number.length), number);
}

// An Ed25519 private key in PKCS #8 (RFC 8410) is these bytes and the 32-byte seed.
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

const privateKey = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });

/** The public key of a 32-byte seed. */
export function sshKeyOfSeed(seed: Uint8Array): SshKey {
  const { x = '' } = createPublicKey(privateKey(seed)).export({ format: 'jwk' });
  const blob = concatBytes(string(utf8('ssh-ed25519')), string(Buffer.from(x, 'base64url')));
  return { kind: 'ssh-ed25519', line: `ssh-ed25519 ${toBase64(blob)}`, comment: '', blob };
}

/** What `ssh-keygen -Y sign` writes for the Ed25519 key of this seed. */
export function signSshsig(seed: Uint8Array, message: string, namespace: string): string {
  const digest = 'sha512';
  const value = sign(null, signedData({ namespace, digest }, message), privateKey(seed));
  const signature = concatBytes(string(utf8('ssh-ed25519')), string(value));
  const bytes = concatBytes(
    utf8(MAGIC),
    uint32(1),
    string(sshKeyOfSeed(seed).blob),
    string(utf8(namespace)),
    string(utf8('')),
    string(utf8(digest)),
    string(signature),
  );
  const lines = toBase64(bytes).match(/.{1,70}/g) ?? [];
  return `${[BEGIN, ...lines, END].join('\n')}\n`;
}

type Reader = Readonly<{ raw(length: number): Buffer; uint32(): number; string(): Buffer; ended(): boolean }>;

/** Reads the wire format of SSH (RFC 4251 5); what is shorter than it says is read as nothing and does not end. */
function reader(bytes: Uint8Array): Reader {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let short = false;
  const raw = (length: number): Buffer => {
    if (at + length > all.length) {
      short = true;
      return Buffer.alloc(0);
    }
    at += length;
    return all.subarray(at - length, at);
  };
  const number = (): number => {
    const four = raw(4);
    return four.length === 4 ? four.readUInt32BE(0) : 0;
  };
  return { raw, uint32: number, string: () => raw(number()), ended: () => !short && at === all.length };
}

function uint32(value: number): Uint8Array {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(value);
  return four;
}

const string = (bytes: Uint8Array): Uint8Array => concatBytes(uint32(bytes.length), bytes);
