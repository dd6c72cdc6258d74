import { fromBase64 } from '../../base/hash.ts';
import { consistencyProof, inclusionProof, type ReadNode } from '../../journal/merkle.ts';
import { publicPem } from '../../journal/pem.ts';
import { formatGrowth, formatInclusion } from '../../journal/proof.ts';
import { entryTile, entryTilesOf, firstOf, hashTile, tilePath, tilesOf } from '../../journal/tiles.ts';
import type { Approval } from './approvals.ts';
import {
  CHECKPOINT,
  entryName,
  growthName,
  markName,
  originName,
  proofName,
  PUBLIC_KEY,
  receiptName,
  SIGNERS,
} from './names.ts';

/** The journal at one moment, as a bundle needs it; whoever hands it in does the reading. */
export type BundleSource = Readonly<{
  origin: string;
  incident: string;
  drill: boolean;
  vkey: string;
  publicKey: Uint8Array;
  size: number;
  /** Who wrote it before, where it came from another machine: the last checkpoint of each, over so many entries. */
  before: readonly Readonly<{ publicKey: Uint8Array; size: number; note: string }>[];
  /** The newest signed checkpoint, over `size` entries. */
  note: string;
  leaves: (from: number, to: number) => readonly Uint8Array[];
  node: ReadNode;
  /** The signed checkpoint over so many entries; null where there is none. */
  noteAt: (size: number) => string | null;
  markBefore: (size: number) => number;
  receipts: readonly Readonly<{ size: number; kind: string; receipt: Uint8Array }>[];
  cosigs: readonly Readonly<{ size: number; line: string }>[];
  approvals: readonly Approval[];
  /** Lines of ssh-keygen's allowed_signers. */
  signers: string;
}>;

export type BundleFile = Readonly<{ name: string; bytes: string | Uint8Array }>;

/** A proof for each entry up to this many; of a longer journal for the first and the last, since the tiles hold all of them. */
const PROOFS_MAX = 1000;
const PAGE = 256;

/** What the signed root covers: every entry by itself, and the same as tiles. */
export function* logFiles({ size, leaves, node }: BundleSource): Iterable<BundleFile> {
  for (let from = 0; from < size; from += PAGE) {
    for (const [i, bytes] of leaves(from, Math.min(from + PAGE, size)).entries())
      yield { name: entryName(from + i), bytes };
  }
  for (const tile of tilesOf(size)) yield { name: tilePath(tile.level, tile), bytes: hashTile(tile, node) };
  for (const tile of entryTilesOf(size)) {
    const from = firstOf(tile);
    yield { name: tilePath('entries', tile), bytes: entryTile(leaves(from, from + tile.width)) };
  }
}

/** What follows from the journal beside that. `manifest.dsse.json` lists it. */
export function* otherFiles(source: BundleSource): Iterable<BundleFile> {
  const { size, note, node, noteAt, publicKey, signers } = source;
  yield { name: CHECKPOINT, bytes: note };
  yield { name: PUBLIC_KEY, bytes: publicPem(publicKey) };
  yield { name: SIGNERS, bytes: signers };
  for (const origin of source.before) {
    yield { name: originName(origin.size, 'checkpoint'), bytes: origin.note };
    yield { name: originName(origin.size, 'pem'), bytes: publicPem(origin.publicKey) };
  }
  for (const index of proved(size))
    yield {
      name: proofName(index),
      bytes: formatInclusion({ index, proof: inclusionProof(index, size, node), note }),
    };
  for (const { at: old, anchored } of marks(source)) {
    if (old < size) {
      const proof = consistencyProof(old, size, node);
      yield { name: growthName(old, size), bytes: formatGrowth({ old, proof, note }) };
    }
    const lines = source.cosigs
      .filter((cosig) => cosig.size === old)
      .map(({ line }) => line.replace(/\n*$/, '\n'));
    const mark = noteAt(old);
    if (mark !== null) yield { name: markName(old, anchored), bytes: `${mark}${lines.join('')}` };
  }
  for (const { size: at, kind, receipt } of source.receipts) {
    yield { name: receiptName(at, kind, 'json'), bytes: receipt };
    const stamp = stampIn(receipt);
    if (stamp === null) continue;
    yield { name: receiptName(at, kind, 'tsr'), bytes: stamp.token };
    yield { name: receiptName(at, kind, 'checkpoint'), bytes: stamp.note };
  }
  for (const { n, by, message, signature } of source.approvals) {
    const base = `approvals/${String(n).padStart(6, '0')}`;
    yield { name: `${base}.by`, bytes: `${by}\n` };
    yield { name: `${base}.message`, bytes: message };
    yield { name: `${base}.sig`, bytes: signature };
  }
}

function* proved(size: number): Iterable<number> {
  const all = size <= PROOFS_MAX;
  for (let index = 0; index < size; index += all || size < 3 ? 1 : size - 1) yield index;
}

/** The checkpoints whose growth is shown: those that left the machine, and one halfway that always is. */
function marks({ size, receipts, cosigs, markBefore }: BundleSource): readonly Mark[] {
  const anchored = new Set([...receipts, ...cosigs].map((one) => one.size).filter((at) => at <= size));
  const halfway = markBefore(Math.ceil(size / 2));
  const all = new Set([...(halfway > 0 ? [halfway] : []), ...anchored]);
  return [...all].sort((a, b) => a - b).map((at) => ({ at, anchored: anchored.has(at) }));
}

type Mark = Readonly<{ at: number; anchored: boolean }>;

/** The answer of a time-stamping authority, and the note it is about, out of the receipt that holds both. */
function stampIn(receipt: Uint8Array): Readonly<{ token: Uint8Array; note: string }> | null {
  try {
    const found: unknown = JSON.parse(new TextDecoder().decode(receipt));
    if (typeof found !== 'object' || found === null) return null;
    const { kind, note, proof }: Readonly<Record<string, unknown>> = { ...found };
    if (kind !== 'timestamp' || typeof note !== 'string' || typeof proof !== 'string') return null;
    const token = fromBase64(proof);
    return token === null ? null : { token, note };
  } catch {
    return null;
  }
}
