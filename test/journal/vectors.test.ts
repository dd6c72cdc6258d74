import { spawnSync } from 'node:child_process';
import { createPublicKey, scryptSync, verify } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type JsonObject } from '../../src/base/canonical.ts';
import { sha256Hex, toHex, utf8 } from '../../src/base/hash.ts';
import {
  checkEd25519,
  equivocate,
  formatCheckpoint,
  formatVkey,
  openNote,
  parseCheckpoint,
  parseVkey,
  signNote,
  type Checkpoint,
} from '../../src/journal/checkpoint.ts';
import { openEnvelope, pae } from '../../src/journal/dsse.ts';
import { decodeEntry, encodeEntry } from '../../src/journal/entry.ts';
import { signerFromSeed } from '../../src/journal/keys.ts';
import {
  checkConsistency,
  checkInclusion,
  consistencyProof,
  inclusionProof,
  leafHash,
  treeRoot,
} from '../../src/journal/merkle.ts';
import { formatGrowth, formatInclusion, parseGrowth, parseInclusion } from '../../src/journal/proof.ts';
import { kekFromPassphrase, openPayload, sealPayload, unwrapDek, wrapDek } from '../../src/journal/seal.ts';
import { entryTile, entryTilesOf, hashTile, tilePath, tilesOf } from '../../src/journal/tiles.ts';
import { treeOf } from './trees.ts';
import { base64, hex, vectors } from './vectors.ts';

const log = vectors['04_journal_entries'];
const signed = vectors['05_signed_checkpoint'];
const leaves = log.leaves_utf8.map((leaf) => utf8(leaf));
const hexes = (hashes: readonly Uint8Array[]): string[] => hashes.map(toHex);
const checkpointOf = (note: string): Checkpoint => {
  const opened = openNote(note, [signed.vkey]);
  const checkpoint = opened === null ? null : parseCheckpoint(opened.text);
  if (checkpoint === null) throw new Error('the note does not open');
  return checkpoint;
};

describe('known answers', () => {
  it('01: opens the signed note of the C2SP specification', () => {
    const { vkey, note } = vectors['01_c2sp_signed_note_example'];
    expect(openNote(note, [vkey])).toMatchObject({ text: 'This is an example message.\n', by: [{ vkey }] });
    expect(openNote(note.replace('example message', 'other message'), [vkey])).toBeNull();
    expect(openNote(note, [signed.vkey])).toBeNull();
  });

  it('02: builds the tree of RFC 6962, and its proofs', () => {
    const tree = vectors['02_rfc6962_tree'];
    const { read } = treeOf(tree.leaves_hex.map(hex));
    expect(tree.leaves_hex.map((leaf) => toHex(leafHash(hex(leaf))))).toEqual(tree.leaf_hashes);
    expect(tree.roots_by_size.map((_, size) => toHex(treeRoot(size, read)))).toEqual(tree.roots_by_size);
    expect(hexes(inclusionProof(5, 8, read))).toEqual(tree.inclusion_idx5_size8);
    expect(hexes(consistencyProof(3, 7, read))).toEqual(tree.consistency_3_to_7);
  });

  it('03: sorts keys as RFC 8785 does', () => {
    const { input, canonical_utf8_hex, sha256 } = vectors['03_jcs_rfc8785_sort'];
    const text = canonicalJson(input);
    expect(Buffer.from(text, 'utf8').toString('hex')).toBe(canonical_utf8_hex);
    expect(sha256Hex(text)).toBe(sha256);
  });

  it('04: reads, writes and hashes the entries of a log', () => {
    const { read } = treeOf(leaves);
    for (const [n, leaf] of leaves.entries()) {
      const entry = decodeEntry(leaf);
      if (typeof entry === 'string') throw new Error(entry);
      expect(Buffer.from(encodeEntry(entry))).toEqual(Buffer.from(leaf));
      expect(entry).toMatchObject({
        n,
        log: log.origin,
        prev: n === 0 ? '0'.repeat(64) : log.leaf_hashes[n - 1],
      });
    }
    expect(leaves.map((leaf) => toHex(leafHash(leaf)))).toEqual(log.leaf_hashes);
    expect(log.roots_by_size.map((_, size) => toHex(treeRoot(size, read)))).toEqual(log.roots_by_size);
  });

  it('05: signs a checkpoint', () => {
    const signer = signerFromSeed(hex(signed.seed_hex));
    expect(toHex(signer.publicKey)).toBe(signed.public_key_hex);
    expect(formatVkey(log.origin, signer.publicKey)).toBe(signed.vkey);
    expect(parseVkey(signed.vkey)).toMatchObject({ id: signed.key_id_hex, name: log.origin, type: 1 });
    const text = formatCheckpoint({ origin: log.origin, size: 7, root: treeRoot(7, treeOf(leaves).read) });
    expect(text).toBe(signed.checkpoint_text);
    const note = signNote(text, [{ name: log.origin, signer }]);
    expect(note).toBe(signed.signed_note);
    expect(sha256Hex(note)).toBe(signed.signed_note_sha256);
    expect(utf8(note)).toHaveLength(signed.bytes);
  });

  it('06: proves inclusion and growth, and writes a proof file', () => {
    const { read } = treeOf(leaves);
    const proofs = vectors['06_proofs'];
    const inclusion = inclusionProof(3, 7, read);
    expect(inclusion.map((hash) => Buffer.from(hash).toString('base64'))).toEqual(
      proofs.inclusion_idx3_size7,
    );
    expect(checkInclusion(leafHash(leaves[3] ?? hex('')), 3, 7, treeRoot(7, read), inclusion)).toBe(true);
    const growth = proofs.consistency_4_to_7.map(base64);
    expect(hexes(consistencyProof(4, 7, read))).toEqual(hexes(growth));
    expect(checkConsistency(4, 7, treeRoot(4, read), treeRoot(7, read), growth)).toBe(true);
    const text = { index: 3, proof: inclusion, note: signed.signed_note };
    expect(formatInclusion(text)).toBe(proofs.tlog_proof_idx3);
    expect(parseInclusion(proofs.tlog_proof_idx3)).toEqual(text);
    expect(parseInclusion(proofs.tlog_proof_idx3.replace('index 3', 'index 03'))).toBeNull();
    const grown = { old: 4, proof: growth, note: signed.signed_note };
    expect(parseGrowth(formatGrowth(grown))).toEqual(grown);
    expect(parseGrowth(proofs.tlog_proof_idx3)).toBeNull();
  });

  it("07: checks a witness's cosignature", () => {
    const { line, vkey_type4, name, public_key_hex, signed_message, seed_hex } = vectors['07_cosignature_v1'];
    expect(formatVkey(name, hex(public_key_hex), 4)).toBe(vkey_type4);
    const note = signed.signed_note + line;
    const time = Number(/time (\d+)/.exec(signed_message)?.[1]);
    expect(openNote(note, [vkey_type4])?.by).toEqual([{ vkey: vkey_type4, time }]);
    expect(openNote(note, [signed.vkey, vkey_type4])?.by).toHaveLength(2);
    const signature = signerFromSeed(hex(seed_hex)).sign(utf8(signed_message));
    expect(line).toContain(Buffer.from(signature).toString('base64').slice(-20));
    expect(openNote(note.replace('\n7\n', '\n8\n'), [vkey_type4])).toBeNull();
  });

  it('08: seals and opens private payloads', () => {
    const { dek_hex, records } = vectors['08_private_payload'];
    const dek = hex(dek_hex);
    for (const record of records) {
      const place = JSON.parse(record.aad_utf8) as { log: string; n: number; name: string };
      const chance = { salt: hex(record.salt), nonce: hex(record.nonce) };
      const { blob, ct, pc } = sealPayload(dek, place, utf8(record.plaintext), chance);
      expect({ blob: toHex(blob), ct, pc }).toEqual({ blob: record.blob_hex, ct: record.ct, pc: record.pc });
      const opened = openPayload(dek, place, blob, pc);
      expect(Buffer.from(opened ?? []).toString('utf8')).toBe(record.plaintext);
      expect(openPayload(dek, { ...place, n: place.n + 1 }, blob, pc)).toBeNull();
      expect(openPayload(dek, { ...place, name: 'other' }, blob, pc)).toBeNull();
      expect(openPayload(dek, place, blob, '0'.repeat(64))).toBeNull();
    }
  });

  it('09: wraps a data key under a key made from a passphrase', () => {
    const { passphrase, salt_hex, argon2id, scrypt, incident } = vectors['09_kek_wrap'];
    const { dek_hex, dek_id } = vectors['08_private_payload'];
    const kek = kekFromPassphrase(passphrase, hex(salt_hex));
    expect(toHex(kek)).toBe(argon2id.kek_hex);
    const wrapped = hex(argon2id.wrapped_hex);
    expect(toHex(unwrapDek(kek, incident, dek_id, wrapped) ?? hex(''))).toBe(dek_hex);
    expect(toHex(wrapDek(kek, incident, dek_id, hex(dek_hex), wrapped.subarray(0, 12)))).toBe(
      argon2id.wrapped_hex,
    );
    expect(unwrapDek(kek, incident, 'other', wrapped)).toBeNull();
    const { N, r, p } = scrypt;
    const other = scryptSync(passphrase, hex(salt_hex), 32, { N, r, p, maxmem: 256 * 1024 * 1024 });
    expect(toHex(unwrapDek(other, incident, dek_id, hex(scrypt.wrapped_hex)) ?? hex(''))).toBe(dek_hex);
    expect(unwrapDek(kek, incident, dek_id, hex(scrypt.wrapped_hex))).toBeNull();
  });

  it('10: gives the tiles that other log programs read', () => {
    const expected = vectors['10_tlog_tiles_export'];
    const { read } = treeOf(leaves);
    const [shape, ...others] = [...tilesOf(leaves.length)];
    if (shape === undefined) throw new Error('a tree has tiles');
    expect(others).toEqual([]);
    const tile = hashTile(shape, read);
    const bundle = entryTile(leaves);
    expect(tilePath(0, shape)).toBe('tile/0/000.p/7');
    expect([...entryTilesOf(leaves.length)].map((one) => tilePath('entries', one))).toEqual([
      'tile/entries/000.p/7',
    ]);
    expect({ len: tile.length, sha256: sha256Hex(tile) }).toEqual(expected['tile/0/000.p/7']);
    const { len, sha256 } = expected['tile/entries/000.p/7'];
    expect({ len: bundle.length, sha256: sha256Hex(bundle) }).toEqual({ len, sha256 });
    expect(sha256Hex(signed.signed_note)).toBe(expected.checkpoint_sha256);
  });

  it('11: signs a manifest as DSSE does', () => {
    const { payloadType, payload_b64, pae_hex, sig_b64, spec_example } = vectors['11_dsse_bundle_manifest'];
    expect(toHex(pae(payloadType, base64(payload_b64)))).toBe(pae_hex);
    expect(checkEd25519(hex(signed.public_key_hex), hex(pae_hex), base64(sig_b64))).toBe(true);
    const envelope = { payload: payload_b64, payloadType, signatures: [{ keyid: '', sig: sig_b64 }] };
    const text = `${JSON.stringify(envelope)}\n`;
    const key = hex(signed.public_key_hex);
    expect(openEnvelope(text, payloadType, key)).toEqual(base64(payload_b64));
    expect(openEnvelope(text, 'text/plain', key)).toBeNull();
    expect(openEnvelope(text.replace('"keyid":""', '"x":1,"keyid":""'), payloadType, key)).toBeNull();
    expect(Buffer.from(pae(spec_example.type, utf8(spec_example.body))).toString('utf8')).toBe(
      spec_example.pae,
    );
    const manifest = JSON.parse(Buffer.from(base64(payload_b64)).toString('utf8')) as JsonObject;
    expect(Buffer.from(canonicalJson(manifest))).toEqual(Buffer.from(base64(payload_b64)));
  });

  it('12: a changed, moved or removed entry gives another root, a changed note no signature', () => {
    const negative = vectors['12_negative'];
    const rootOf = (some: readonly Uint8Array[]): string => toHex(treeRoot(some.length, treeOf(some).read));
    const [a, b, c, d, e, ...rest] = leaves as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const spaced = utf8((log.leaves_utf8[4] ?? '').replace('"n":4', '"n":4 '));
    expect(rootOf([a, b, c, d, spaced, ...rest])).toBe(negative.one_space_in_entry4_root);
    expect(decodeEntry(spaced)).toBe('is not in canonical form');
    expect(rootOf([a, c, b, d, e, ...rest])).toBe(negative.swap_entries_1_2_root);
    expect(rootOf(leaves.slice(0, 6))).toBe(negative.truncated_to_6_root);
    expect(log.leaf_hashes).not.toContain(negative.second_preimage_without_prefix);
    expect(leaves.map((leaf) => sha256Hex(leaf))).toContain(negative.second_preimage_without_prefix);
    expect(openNote(negative.note_with_tampered_size, [signed.vkey])).toBeNull();
  });

  it('13: an anchor later than a fork exposes it, and two stories are a proof by themselves', () => {
    const split = vectors['13_rollback_and_split_view'];
    const [five, six] = [checkpointOf(split.anchored_note_size5), checkpointOf(split.anchored_note_size6)];
    const [honest, fork] = [checkpointOf(split.honest_note_size7), checkpointOf(split.forked_note_size7)];
    const grows = (from: Checkpoint, to: Checkpoint, proof: string[]): boolean =>
      checkConsistency(from.size, to.size, from.root, to.root, proof.map(base64));
    expect(grows(five, honest, split.consistency_5_to_7_honest)).toBe(true);
    expect(grows(five, fork, split.consistency_5_to_7_fork)).toBe(true);
    expect(grows(six, honest, split.consistency_6_to_7_honest)).toBe(true);
    expect(grows(six, fork, split.consistency_6_to_7_fork)).toBe(false);
    expect(toHex(fork.root)).toBe(split.fork_root);
    expect(equivocate(honest, fork)).toBe(true);
    expect(equivocate(honest, honest)).toBe(false);
    expect(equivocate(six, fork)).toBe(false);
  });

  it('14: opens a note that the old key and the new key signed', () => {
    const { old_vkey, new_vkey, signed_note } = vectors['14_key_rotation_dual_signed'];
    expect(openNote(signed_note, [old_vkey, new_vkey])?.by.map(({ vkey }) => vkey)).toEqual([
      old_vkey,
      new_vkey,
    ]);
    expect(openNote(signed_note, [new_vkey])?.by).toHaveLength(1);
  });

  const sshKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;
  it.skipIf(!sshKeygen)(
    `15: ssh-keygen verifies an approval${sshKeygen ? '' : ' (skipped: no ssh-keygen here)'}`,
    () => {
      const { allowed_signers, message, signature, principal, namespace } = vectors['15_ssh_approval'];
      const folder = mkdtempSync(join(tmpdir(), 'firebreak-test-'));
      const [signers, sig] = [join(folder, 'allowed_signers'), join(folder, 'sig')];
      writeFileSync(signers, allowed_signers);
      writeFileSync(sig, signature);
      const check = (space: string, input: string): number | null => {
        const args = ['-Y', 'verify', '-f', signers, '-I', principal, '-n', space, '-s', sig];
        return spawnSync('ssh-keygen', args, { input }).status;
      };
      expect(message).toBe(`firebreak/approval/v1\n${log.leaf_hashes[1]}\n`);
      expect(check(namespace, message)).toBe(0);
      expect(check('firebreak-pack', message)).not.toBe(0);
      expect(check(namespace, message.replace('cc90', 'cc91'))).not.toBe(0);
    },
  );

  it('agrees with a key object made another way', () => {
    const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), hex(signed.public_key_hex)]);
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const signature = signerFromSeed(hex(signed.seed_hex)).sign(utf8('x'));
    expect(verify(null, utf8('x'), key, signature)).toBe(true);
  });
});
