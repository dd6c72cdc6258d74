import { Buffer } from 'node:buffer';
import { APPROVAL_NAMESPACE, approvalText } from '../../base/approval.ts';
import { toHex } from '../../base/hash.ts';
import { decodeEntry, type Entry } from '../../journal/entry.ts';
import type { ReadNode } from '../../journal/merkle.ts';

/** `message` is what was signed, byte for byte; `signature` as ssh-keygen writes it. `n` is the entry that holds it. */
export type Approval = Readonly<{ n: number; by: string; message: string; signature: string }>;

export type Approvals = Readonly<{
  approvals: readonly Approval[];
  /** Lines of ssh-keygen's allowed_signers: every key that a person was known by. */
  signers: string;
}>;

/** Takes out of the entries what other people signed, as ssh-keygen wants it. Whether it holds is for others to say. */
export function approvalsIn(leaves: Iterable<Uint8Array>, node: ReadNode): Approvals {
  const approvals: Approval[] = [];
  const signers = new Set<string>();
  for (const leaf of leaves) {
    const entry = KINDS.some((kind) => Buffer.from(leaf).includes(kind)) ? decodeEntry(leaf) : '';
    if (typeof entry === 'string') continue;
    for (const line of knownKeys(entry)) signers.add(line);
    const approval = approvalOf(entry, node);
    if (approval !== null) approvals.push(approval);
  }
  return { approvals, signers: [...signers].join('') };
}

/** Looked for in the bytes first: reading every entry of a long journal as JSON would take longer than all the rest. */
const KINDS = ['"kind":"person.known"', '"kind":"approval.given"', '"kind":"review.given"'];

function knownKeys({ kind, pub: { person, keys } }: Entry): readonly string[] {
  if (kind !== 'person.known' || typeof person !== 'string' || !Array.isArray(keys)) return [];
  return keys.map((key) => `${person} namespaces="${APPROVAL_NAMESPACE}" ${String(key)}\n`);
}

function approvalOf({ kind, n, pub }: Entry, node: ReadNode): Approval | null {
  const of = kind === 'approval.given' ? pub['asked'] : kind === 'review.given' ? pub['override'] : null;
  const { person, signature } = pub;
  if (typeof of !== 'number' || typeof person !== 'string' || typeof signature !== 'string' || of >= n)
    return null;
  return { n, by: person, message: approvalText(toHex(node(0, of))), signature: `${signature.trim()}\n` };
}
