import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The known answers, computed and checked with other programs: Python, Go's sumdb, OpenSSL, ssh-keygen, jq. */
const file = join(import.meta.dirname, '../fixtures/journal-vectors.json');

type Vectors = {
  '01_c2sp_signed_note_example': { vkey: string; note: string };
  '02_rfc6962_tree': {
    leaves_hex: string[];
    leaf_hashes: string[];
    roots_by_size: string[];
    inclusion_idx5_size8: string[];
    consistency_3_to_7: string[];
  };
  '03_jcs_rfc8785_sort': { input: Record<string, string>; canonical_utf8_hex: string; sha256: string };
  '04_journal_entries': {
    origin: string;
    leaves_utf8: string[];
    leaf_hashes: string[];
    roots_by_size: string[];
  };
  '05_signed_checkpoint': Record<
    | 'seed_hex'
    | 'public_key_hex'
    | 'key_id_hex'
    | 'vkey'
    | 'checkpoint_text'
    | 'signed_note'
    | 'signed_note_sha256',
    string
  > & { bytes: number };
  '06_proofs': { inclusion_idx3_size7: string[]; consistency_4_to_7: string[]; tlog_proof_idx3: string };
  '07_cosignature_v1': Record<
    'seed_hex' | 'name' | 'public_key_hex' | 'vkey_type4' | 'signed_message' | 'line',
    string
  >;
  '08_private_payload': {
    dek_hex: string;
    dek_id: string;
    records: (Record<'plaintext' | 'salt' | 'nonce' | 'pc' | 'aad_utf8' | 'blob_hex' | 'ct', string> & {
      n: number;
    })[];
  };
  '09_kek_wrap': {
    passphrase: string;
    salt_hex: string;
    scrypt: { N: number; r: number; p: number; kek_hex: string; wrapped_hex: string };
    argon2id: { kek_hex: string; wrapped_hex: string };
    incident: string;
  };
  '10_tlog_tiles_export': Record<
    'tile/0/000.p/7' | 'tile/entries/000.p/7',
    { len: number; sha256: string }
  > & {
    checkpoint_sha256: string;
  };
  '11_dsse_bundle_manifest': Record<'payloadType' | 'payload_b64' | 'pae_hex' | 'sig_b64', string> & {
    spec_example: { type: string; body: string; pae: string };
  };
  '12_negative': Record<
    | 'one_space_in_entry4_root'
    | 'swap_entries_1_2_root'
    | 'truncated_to_6_root'
    | 'second_preimage_without_prefix'
    | 'note_with_tampered_size',
    string
  >;
  '13_rollback_and_split_view': Record<
    'anchored_note_size5' | 'honest_note_size7' | 'forked_note_size7' | 'anchored_note_size6' | 'fork_root',
    string
  > &
    Record<
      | 'consistency_5_to_7_honest'
      | 'consistency_5_to_7_fork'
      | 'consistency_6_to_7_honest'
      | 'consistency_6_to_7_fork',
      string[]
    >;
  '14_key_rotation_dual_signed': Record<'old_vkey' | 'new_vkey' | 'signed_note', string>;
  '15_ssh_approval': Record<'allowed_signers' | 'message' | 'signature' | 'principal' | 'namespace', string>;
  '16_output_neutralisation': { cases: { in: string; terminal: string; csv: string }[] };
};

export const vectors = (JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vectors }).vectors;

export const hex = (text: string): Uint8Array => Buffer.from(text, 'hex');
export const base64 = (text: string): Uint8Array => Buffer.from(text, 'base64');
