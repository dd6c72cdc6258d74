import { fromBase64, toBase64 } from '../base/hash.ts';

/** Proofs as text that other log programs read. */

/** That an entry is in the tree of the checkpoint (C2SP tlog-proof). */
export type InclusionText = Readonly<{ index: number; proof: readonly Uint8Array[]; note: string }>;

const INCLUSION = 'c2sp.org/tlog-proof@v1';

export function formatInclusion({ index, proof, note }: InclusionText): string {
  return `${INCLUSION}\nindex ${index}\n${lines(proof)}\n${note}`;
}

/** Null for anything else, extra data included: nothing signs it. */
export function parseInclusion(text: string): InclusionText | null {
  const found = split(text, `${INCLUSION}\nindex `);
  return found === null ? null : { index: found.number, proof: found.proof, note: found.note };
}

/** That the tree of the checkpoint grew from that of `old` entries: the body of C2SP tlog-witness add-checkpoint. */
export type GrowthText = Readonly<{ old: number; proof: readonly Uint8Array[]; note: string }>;

export function formatGrowth({ old, proof, note }: GrowthText): string {
  return `old ${old}\n${lines(proof)}\n${note}`;
}

export function parseGrowth(text: string): GrowthText | null {
  const found = split(text, 'old ');
  return found === null ? null : { old: found.number, proof: found.proof, note: found.note };
}

const lines = (proof: readonly Uint8Array[]): string => proof.map((hash) => `${toBase64(hash)}\n`).join('');

/** A proof has at most one hash for each level of the tree. */
const MAX_HASHES = 63;

function split(
  text: string,
  head: string,
): Readonly<{ number: number; proof: readonly Uint8Array[]; note: string }> | null {
  const divide = text.indexOf('\n\n');
  if (divide === -1 || !text.startsWith(head)) return null;
  const [digits = '', ...encoded] = text.slice(head.length, divide).split('\n');
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(digits) || encoded.length > MAX_HASHES) return null;
  const proof: Uint8Array[] = [];
  for (const line of encoded) {
    const hash = fromBase64(line);
    if (hash?.length !== 32) return null;
    proof.push(hash);
  }
  return { number: Number(digits), proof, note: text.slice(divide + 2) };
}
