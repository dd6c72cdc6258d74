import { Buffer } from 'node:buffer';
import { concatBytes, fromBase64, toBase64, utf8 } from '../base/hash.ts';
import { checkEd25519 } from './checkpoint.ts';
import { pae } from './dsse.ts';

/**
 * What somebody has made of the first entries of a journal, kept so that it need not be made again. It is evidence of nothing and can
 * be thrown away at any time: whoever holds the key of the journal says that this came of these entries, read in this way.
 *
 * The file: the signature (DSSE, base64), LF, a head of JSON, LF, and the bytes.
 */
export type SnapshotHead = Readonly<{
  /** Names how it was made; another program makes something else of the same entries. */
  made: string;
  /** The signed checkpoint over the entries that it was made of. */
  note: string;
}>;

const TYPE = 'application/vnd.firebreak.snapshot.v1';
const LF = 0x0a;

export function sealSnapshot(
  head: SnapshotHead,
  bytes: Uint8Array,
  sign: (message: Uint8Array) => Uint8Array,
): Uint8Array {
  const body = concatBytes(utf8(`${JSON.stringify(head)}\n`), bytes);
  return concatBytes(utf8(`${toBase64(sign(pae(TYPE, body)))}\n`), body);
}

/** Null for anything that this key has not signed as a snapshot. Nothing in it is looked at before that is known. */
export function openSnapshot(
  file: Uint8Array,
  publicKey: Uint8Array,
): Readonly<{ head: SnapshotHead; bytes: Uint8Array }> | null {
  const [end, text] = [file.indexOf(LF), Buffer.from(file.buffer, file.byteOffset, file.byteLength)];
  const signature = end < 0 ? null : fromBase64(text.toString('latin1', 0, end));
  const body = file.subarray(end + 1);
  if (signature === null || !checkEd25519(publicKey, pae(TYPE, body), signature)) return null;
  const split = body.indexOf(LF);
  // The shape is that of `sealSnapshot`, because the key has signed it.
  const head = JSON.parse(Buffer.from(body.subarray(0, split)).toString('utf8')) as SnapshotHead;
  return { head, bytes: body.subarray(split + 1) };
}
