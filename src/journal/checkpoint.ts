import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { concatBytes, fromBase64, sameBytes, sha256, toBase64, toHex, utf8 } from '../base/hash.ts';

/** Signs with an Ed25519 device key; the key itself may live in an agent. */
export type Signer = Readonly<{ publicKey: Uint8Array; sign(message: Uint8Array): Uint8Array }>;

/** Who signs a note, and under which name. */
export type NoteSigner = Readonly<{ name: string; signer: Signer }>;

/** Signature kinds of C2SP signed-note: 1 = Ed25519 over the text, 4 = cosignature/v1 of a witness. */
export type KeyType = 1 | 4;

/** A key as it stands in a vkey line (C2SP signed-note: `name+hex id+base64(type || key)`). */
export type VerifierKey = Readonly<{ name: string; id: string; type: KeyType; publicKey: Uint8Array }>;

/** Size and root of a log at one moment (C2SP tlog-checkpoint). `root` has 32 bytes. */
export type Checkpoint = Readonly<{ origin: string; size: number; root: Uint8Array }>;

/** A note whose every signature by a known key was right. `by` are the vkeys, `time` a witness's seconds since 1970. */
export type OpenedNote = Readonly<{
  text: string;
  by: readonly Readonly<{ vkey: string; time: number | null }>[];
}>;

const DASH = '\u2014';
const MAX_NOTE_CHARS = 1_000_000;
const MAX_SIGNATURES = 100;

function keyId(name: string, type: KeyType, publicKey: Uint8Array): Uint8Array {
  return sha256(concatBytes(utf8(name), Uint8Array.of(0x0a, type), publicKey)).subarray(0, 4);
}

/** The id under which a key of ours signs; one that signs every entry keeps it. */
function ownKeyId(name: string, signer: Signer): Uint8Array {
  const known = lastId.get(signer);
  if (known?.name === name) return known.id;
  const id = keyId(name, 1, signer.publicKey);
  lastId.set(signer, { name, id });
  return id;
}

const lastId = new WeakMap<Signer, Readonly<{ name: string; id: Uint8Array }>>();

export function formatVkey(name: string, publicKey: Uint8Array, type: KeyType = 1): string {
  const key = toBase64(concatBytes(Uint8Array.of(type), publicKey));
  return `${name}+${toHex(keyId(name, type, publicKey))}+${key}`;
}

/** Null for anything that is not one exact vkey; the id is checked against the name and the key. */
export function parseVkey(vkey: string): VerifierKey | null {
  // The base64 part may hold a plus sign itself, so only the first two divide.
  const found = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey);
  if (found === null) return null;
  const [, name = '', id = '', encoded = ''] = found;
  const bytes = fromBase64(encoded);
  if (bytes?.length !== 33) return null;
  const type = bytes[0];
  const publicKey = bytes.subarray(1);
  if (type !== 1 && type !== 4) return null;
  return toHex(keyId(name, type, publicKey)) === id ? { name, id, type, publicKey } : null;
}

export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Null unless the text has exactly the three lines: extension lines are looked at by nobody, so none are taken. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [origin = '', digits = '', encoded = '', ...rest] = text.split('\n');
  const root = fromBase64(encoded);
  if (rest.length !== 1 || rest[0] !== '' || origin === '' || root?.length !== 32) return null;
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(digits) || !Number.isSafeInteger(Number(digits))) return null;
  return { origin, size: Number(digits), root };
}

/** A signed note: the text, an empty line, one line for each signer. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  const message = utf8(text);
  const lines = signers.map(({ name, signer }) => {
    const signature = concatBytes(ownKeyId(name, signer), signer.sign(message));
    return `${DASH} ${name} ${toBase64(signature)}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/** A witness's line (C2SP tlog-cosignature): it signs the text and the second at which it saw it. */
export function cosignatureLine(text: string, name: string, signer: Signer, time: number): string {
  const seconds = Buffer.alloc(8);
  seconds.writeBigUInt64BE(BigInt(time));
  const blob = concatBytes(
    keyId(name, 4, signer.publicKey),
    seconds,
    signer.sign(utf8(cosignedText(text, BigInt(time)))),
  );
  return `${DASH} ${name} ${toBase64(blob)}\n`;
}

const cosignedText = (text: string, time: bigint): string => `cosignature/v1\ntime ${time}\n${text}`;

/**
 * Opens a signed note with the keys one trusts; signatures of other keys are passed over.
 * Null when no trusted key signed, or one of their signatures is wrong, or the note is malformed.
 */
export function openNote(note: string, vkeys: readonly string[]): OpenedNote | null {
  const parts = splitNote(note);
  if (parts === null) return null;
  const by: { vkey: string; time: number | null }[] = [];
  for (const { name, id, signature } of parts.signatures) {
    const vkey = vkeys.find((candidate) => candidate.startsWith(`${name}+${id}+`));
    const key = vkey === undefined ? null : parseVkey(vkey);
    if (vkey === undefined || key === null || by.some((signed) => signed.vkey === vkey)) continue;
    const time = checkSignature(key, parts.text, signature);
    if (time === false) return null;
    by.push({ vkey, time });
  }
  return by.length === 0 ? null : { text: parts.text, by };
}

/** The names under which a note is signed, whether the signatures are right or not. */
export function signedNames(note: string): readonly string[] {
  const names: string[] = [];
  for (let at = note.lastIndexOf('\n\n'); at >= 0; at = note.indexOf(`\n${DASH} `, at + 1)) {
    const end = note.indexOf(' ', at + 3 + DASH.length);
    if (note.startsWith(`\n${DASH} `, at) && end > 0) names.push(note.slice(at + 2 + DASH.length, end));
  }
  return names;
}

type NoteSignature = Readonly<{ name: string; id: string; signature: Uint8Array }>;

function splitNote(note: string): { text: string; signatures: NoteSignature[] } | null {
  // oxlint-disable-next-line no-control-regex -- a note may hold no control character but the line feed
  if (note.length > MAX_NOTE_CHARS || !note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(note))
    return null;
  const divide = note.lastIndexOf('\n\n');
  if (divide === -1 || !note.endsWith('\n')) return null;
  const lines = note.slice(divide + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) return null;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const found = /^\u2014 ([^+\s]+) ([A-Za-z0-9+/=]+)$/.exec(line);
    const blob = fromBase64(found?.[2] ?? '');
    if (found === null || blob === null || blob.length < 5) return null;
    signatures.push({ name: found[1] ?? '', id: toHex(blob.subarray(0, 4)), signature: blob.subarray(4) });
  }
  return { text: note.slice(0, divide + 1), signatures };
}

/** False when wrong; else the witness's time, or null where the kind of signature has none. */
function checkSignature(key: VerifierKey, text: string, signature: Uint8Array): number | null | false {
  if (key.type === 1) return checkEd25519(key.publicKey, utf8(text), signature) ? null : false;
  if (signature.length !== 72) return false;
  const time = Buffer.from(signature.subarray(0, 8)).readBigUInt64BE();
  const message = utf8(cosignedText(text, time));
  return checkEd25519(key.publicKey, message, signature.subarray(8)) ? Number(time) : false;
}

/** Many signatures are by the same few keys: making the key object costs about as much as using it. */
let lastKeys: readonly Readonly<{ publicKey: Uint8Array; object: KeyObject }>[] = [];
const LAST_KEYS = 3;

export function checkEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const known = lastKeys.find((one) => sameBytes(one.publicKey, publicKey));
  if (known !== undefined) return verify(null, message, known.object, signature);
  const x = Buffer.from(publicKey).toString('base64url');
  const object = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  lastKeys = [{ publicKey: Uint8Array.from(publicKey), object }, ...lastKeys].slice(0, LAST_KEYS);
  return verify(null, message, object, signature);
}

/** Whether two checkpoints are proof that one log told two stories: same origin and size, different roots. */
export function equivocate(a: Checkpoint, b: Checkpoint): boolean {
  return a.origin === b.origin && a.size === b.size && !sameBytes(a.root, b.root);
}
