import { fromBase64, sha256Hex, toBase64 } from '../base/hash.ts';
import { cosignatureLine, formatVkey, openNote, parseCheckpoint, type Signer } from './checkpoint.ts';
import { checkConsistency } from './merkle.ts';
import { checkpointIn } from './receipt.ts';

/**
 * A second responder vouches that one log only ever grew: cosignature/v1 of C2SP, asked for as a witness is (tlog-witness). Two
 * copies that tell two stories cannot both have it.
 */

/** The name under which a device cosigns: like a log's, it names nobody. */
const nameOf = (signer: Signer): string => `firebreak.invalid/w/${sha256Hex(signer.publicKey).slice(0, 16)}`;

export const cosignerVkey = (signer: Signer): string => formatVkey(nameOf(signer), signer.publicKey, 4);

/** The line that is added to the note. `time` in seconds since 1970. */
export const cosign = (note: string, signer: Signer, time: number, name = nameOf(signer)): string =>
  cosignatureLine(note.slice(0, note.indexOf('\n\n') + 1), name, signer, time);

/** What a witness is asked: the note, and the proof that it grew from the size it last saw; 0 for the first time. */
export type CosignRequest = Readonly<{ old: number; proof: readonly Uint8Array[]; note: string }>;

export const formatRequest = ({ old, proof, note }: CosignRequest): string =>
  `old ${old}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`;

/** A bare note is a request for the first time. Null for anything else. */
export function parseRequest(text: string): CosignRequest | null {
  const found = /^old (0|[1-9][0-9]{0,15})\n((?:[A-Za-z0-9+/=]{44}\n){0,63})\n/.exec(text);
  if (found === null) return text.includes('\n\n\u2014 ') ? { old: 0, proof: [], note: text } : null;
  const [head, old = '0', lines = ''] = found;
  const proof = lines
    .split('\n')
    .filter((line) => line !== '')
    .map(fromBase64);
  const whole = proof.filter((hash) => hash?.length === 32) as readonly Uint8Array[];
  return whole.length === proof.length
    ? { old: Number(old), proof: whole, note: text.slice(head.length) }
    : null;
}

export type Judged =
  | Readonly<{ is: 'grew' }>
  /** `seen` is the size that the proof must start from. */
  | Readonly<{ is: 'needs-proof'; seen: number }>
  | Readonly<{ is: 'not-signed' | 'shrank' | 'other-story'; seen: number }>;

/** Whether a log grew from what was seen of it before. `before` is the note that was cosigned last, or null. */
export function judge({ old, proof, note }: CosignRequest, vkey: string, before: string | null): Judged {
  const now = checkpointIn(note, vkey);
  const then = before === null ? null : checkpointIn(before, vkey);
  const seen = then?.size ?? 0;
  if (now === null) return { is: 'not-signed', seen };
  if (then === null) return { is: 'grew' };
  if (now.size < then.size) return { is: 'shrank', seen };
  if (now.size > then.size && (old !== then.size || proof.length === 0)) return { is: 'needs-proof', seen };
  const grew = checkConsistency(
    then.size,
    now.size,
    then.root,
    now.root,
    now.size === then.size ? [] : proof,
  );
  return grew ? { is: 'grew' } : { is: 'other-story', seen };
}

/** The size that a cosignature is over, among these notes; null when it is over none of them or not by this key. */
export function cosignedBy(line: string, vkey: string, notes: Iterable<string>): string | null {
  for (const note of notes) {
    // The log's own signatures are passed over: only the cosigner's key is asked for.
    const opened = openNote(`${note}${line}`, [vkey]);
    if (opened !== null && parseCheckpoint(opened.text) !== null) return note;
  }
  return null;
}
