import { concatBytes } from '../base/hash.ts';
import type { ReadNode } from './merkle.ts';

/** The layout of C2SP tlog-tiles: the tree and its entries as files of up to 256 each. */

const WIDTH = 256;
const HEIGHT = 8;

/** `level` counts tiles of height 8: the hashes in it are nodes of level `8 * level` of the tree. */
export type Tile = Readonly<{ level: number; index: number; width: number }>;

/** Every tile of a tree, lowest level first. */
export function* tilesOf(size: number): IterableIterator<Tile> {
  for (let level = 0, hashes = size; hashes > 0; level += 1, hashes = Math.floor(hashes / WIDTH))
    yield* rowOf(level, hashes);
}

/** The files of entries: as many as there are tiles of leaf hashes, and as wide. */
export function entryTilesOf(size: number): IterableIterator<Tile> {
  return rowOf(0, size);
}

function* rowOf(level: number, hashes: number): IterableIterator<Tile> {
  for (let index = 0; index * WIDTH < hashes; index += 1)
    yield { level, index, width: Math.min(WIDTH, hashes - index * WIDTH) };
}

/** `tile/0/x001/x234/067`, with `.p/<width>` where the tile is not full. */
export function tilePath(of: number | 'entries', { index, width }: Omit<Tile, 'level'>): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/[0-9]{3}/g) ?? [];
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${of}/${path}${width === WIDTH ? '' : `.p/${width}`}`;
}

export function firstOf({ index }: Pick<Tile, 'index'>): number {
  return index * WIDTH;
}

export function hashTile(tile: Tile, read: ReadNode): Uint8Array {
  const first = firstOf(tile);
  return concatBytes(...Array.from({ length: tile.width }, (_, i) => read(tile.level * HEIGHT, first + i)));
}

/** Each entry with its length in 16 bits before it. */
export function entryTile(leaves: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...leaves.flatMap((leaf) => [Uint8Array.of(leaf.length >> 8, leaf.length & 0xff), leaf]),
  );
}
