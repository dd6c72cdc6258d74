import { canonicalJson, type Json } from '../base/canonical.ts';
import { fromBase64, toBase64, utf8 } from '../base/hash.ts';
import { anchorKinds, type AnchorKind } from '../model/anchor.ts';
import { openNote, parseCheckpoint, type Checkpoint } from './checkpoint.ts';
import { checkTimestamp } from './timestamp.ts';

/**
 * What is kept of a checkpoint that stands elsewhere: the note itself, and what proves or finds it there. It lies in clear beside
 * the journal, so it names no address and nobody: a message has the vendor's ids, a file its name.
 */
export type Receipt = Readonly<{
  /** The anchor's name in firebreak.yaml. */
  anchor: string;
  kind: AnchorKind;
  /** The signed note as it was sent. */
  note: string;
  /** Where it stands, in the words of the place: ids of a message, the name of a file. */
  place: Readonly<Record<string, string>>;
  /** The answer that proves it: a time stamp, or the line of a cosignature. */
  proof: Uint8Array | null;
}>;

export const encodeReceipt = ({ anchor, kind, note, place, proof }: Receipt): Uint8Array =>
  utf8(canonicalJson({ anchor, kind, note, place, proof: proof === null ? null : toBase64(proof), v: 1 }));

/** Null for bytes that are no receipt. */
export function decodeReceipt(bytes: Uint8Array): Receipt | null {
  const found = parse(bytes);
  if (found === null || found['v'] !== 1) return null;
  const { anchor, kind: named, note, place: at, proof: encoded } = found;
  const kind = anchorKinds.find((one) => one === named);
  const place = asRecord(at);
  const proof = typeof encoded === 'string' ? fromBase64(encoded) : null;
  if (typeof anchor !== 'string' || kind === undefined || typeof note !== 'string' || place === null)
    return null;
  if ((proof === null && encoded !== null) || !Object.values(place).every((one) => typeof one === 'string'))
    return null;
  return { anchor, kind, note, place: place as Receipt['place'], proof };
}

const parse = (bytes: Uint8Array): Readonly<Record<string, unknown>> | null => {
  try {
    return asRecord(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json);
  } catch {
    return null;
  }
};

const asRecord = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null;

/** The column `kind` of the table: two anchors of one kind have rows of their own. */
export const anchorColumn = ({ kind, anchor }: Pick<Receipt, 'kind' | 'anchor'>): string =>
  `${kind}:${anchor}`;

/** The checkpoint in a note, where this key signed it. */
export function checkpointIn(note: string, vkey: string): Checkpoint | null {
  const opened = openNote(note, [vkey]);
  return opened === null ? null : parseCheckpoint(opened.text);
}

/** Why a receipt proves nothing about this log, or null. */
export function checkReceipt(receipt: Receipt, vkey: string, size: number): string | null {
  const checkpoint = checkpointIn(receipt.note, vkey);
  if (checkpoint === null) return 'its note is not signed with the key of this journal';
  if (checkpoint.size !== size) return `its note is over ${checkpoint.size} entries`;
  if (receipt.kind === 'timestamp') {
    const stamped = receipt.proof === null ? null : checkTimestamp(receipt.proof, receipt.note);
    if (stamped === null) return 'it holds no time stamp';
    return stamped.ok ? null : `its time stamp does not hold: ${stamped.why}`;
  }
  if (receipt.kind !== 'cosigner') return null;
  const key = receipt.place['key'] ?? '';
  const line = receipt.proof === null ? '' : new TextDecoder().decode(receipt.proof);
  const cosigned = openNote(`${receipt.note}${line}`, [key]);
  return cosigned === null ? 'its cosignature does not hold' : null;
}
