import { concatBytes, toBase64, utf8 } from '../../src/base/hash.ts';

/** Formats that other programs read, written the plain way: the known answers hold them. */

/** C2SP tlog-proof. */
export function tlogProof(index: number, proof: readonly Uint8Array[], note: string): string {
  return `c2sp.org/tlog-proof@v1\nindex ${index}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`;
}

/** C2SP tlog-tiles: a tile is the hashes of one level, one after the other. */
export function hashTile(hashes: readonly Uint8Array[]): Uint8Array {
  return concatBytes(...hashes);
}

/** C2SP tlog-tiles: an entry bundle is each entry with its length in 16 bits before it. */
export function entryBundle(leaves: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...leaves.flatMap((leaf) => [Uint8Array.of(leaf.length >> 8, leaf.length & 0xff), leaf]),
  );
}

/** The pre-authentication encoding of DSSE: what is signed is the type and the bytes, each with its length. */
export function pae(type: string, body: Uint8Array): Uint8Array {
  return concatBytes(utf8(`DSSEv1 ${utf8(type).length} ${type} ${body.length} `), body);
}
