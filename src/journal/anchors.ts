import { sameBytes, sha256Hex } from '../base/hash.ts';
import type { Sqlite } from '../io/sqlite.ts';
import type { Draft } from './draft.ts';
import type { Entry } from './entry.ts';
import type { Opening } from './head.ts';
import { endOf } from './lineage.ts';
import { consistencyProof, treeRoot } from './merkle.ts';
import { anchorColumn, checkpointIn, decodeReceipt, encodeReceipt, type Receipt } from './receipt.ts';
import { asBytes, asNumber, asText, nodeReader, readTail } from './rows.ts';

/** What a checkpoint from elsewhere says of a journal. `not-ours`: another log, or not signed with its key. */
export type Against =
  | Readonly<{ is: 'fits' | 'not-ours' }>
  | Readonly<{ is: 'shorter' | 'other'; size: number; root: Uint8Array }>;

export type KeptReceipt = Readonly<{ size: number; receipt: Receipt; sha256: string }>;

/** The checkpoints of a journal that stand elsewhere. */
export interface Anchors {
  /**
   * The receipt, and the entry that names it, in one transaction: neither is there without the other. Null when this anchor has
   * one for this size already: what an entry names is never replaced.
   */
  keep(size: number, receipt: Receipt, draft: (named: Named) => Draft): Entry | null;
  /** Newest last; what is no receipt is left out, verification names it. */
  receipts(): readonly KeptReceipt[];
  /** The signed note over so many entries, where one was written. */
  note(size: number): string | null;
  /** The newest sizes that were signed, newest first. */
  signedSizes(most: number): readonly number[];
  /** Holds a signed note from elsewhere against this journal. */
  against(note: string): Against;
  /** The hashes that show that the journal of `to` entries grew from that of `from`. */
  proof(from: number, to: number): readonly Uint8Array[];
}

/** `seals`: how many checkpoints are written here up to the size. Named by the entry, so that none can be taken out unseen. */
export type Named = Readonly<{ sha256: string; seals: number }>;

type Commit = (drafts: readonly Draft[], more: (db: Sqlite) => void) => readonly (Entry | null)[];

export function makeAnchors(open: () => Sqlite, opening: Opening, commit: Commit): Anchors {
  const { log } = opening;
  const known = (size: number): string | null => {
    const row = open().get('SELECT note FROM checkpoint WHERE size = ?', size);
    return row === null ? null : asText(row['note']);
  };
  return {
    keep(size, receipt, draft) {
      const had = open().get(
        'SELECT 1 FROM anchor WHERE size = ? AND kind = ? AND +log = ?',
        size,
        anchorColumn(receipt),
        log,
      );
      if (had !== null) return null;
      const bytes = encodeReceipt(receipt);
      const count = open().get('SELECT count(*) AS count FROM checkpoint WHERE size <= ?', size);
      const named = { sha256: sha256Hex(bytes), seals: asNumber(count?.['count']) };
      const [entry] = commit([draft(named)], (db) => {
        db.run('INSERT INTO anchor VALUES (?, ?, ?, ?)', log, size, anchorColumn(receipt), bytes);
        if (receipt.kind === 'cosigner' && receipt.proof !== null)
          db.run(
            'INSERT OR REPLACE INTO cosig VALUES (?, ?, ?, ?)',
            log,
            size,
            receipt.anchor,
            text(receipt.proof),
          );
      });
      return entry ?? null;
    },
    receipts: () =>
      readReceipts(open()).flatMap(({ size, bytes, receipt }) =>
        receipt === null ? [] : [{ size, receipt, sha256: sha256Hex(bytes) }],
      ),
    note: known,
    signedSizes: (most) =>
      open()
        .all('SELECT size FROM checkpoint ORDER BY size DESC LIMIT ?', most)
        .map((row) => asNumber(row['size'])),
    against: (note) => open().read(() => against(open(), opening, note)),
    proof: (from, to) => consistencyProof(from, to, nodeReader(open())),
  };
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function against(db: Sqlite, { log, origins }: Opening, note: string): Against {
  const origin = origins.find((one) => note.startsWith(`${one.log}\n`));
  const checkpoint = origin === undefined ? null : checkpointIn(note, origin.vkey);
  if (origin === undefined || checkpoint === null) return { is: 'not-ours' };
  const { size, root } = checkpoint;
  // It was handed over after fewer entries, so whoever signed this went on all the same.
  if (size > (endOf(origins, origin) ?? size)) return { is: 'other', size, root };
  if (size > readTail(db, log).size) return { is: 'shorter', size, root };
  return sameBytes(treeRoot(size, nodeReader(db)), root) ? { is: 'fits' } : { is: 'other', size, root };
}

export type ReceiptRow = Readonly<{
  size: number;
  column: string;
  bytes: Uint8Array;
  receipt: Receipt | null;
}>;

export function readReceipts(db: Sqlite): readonly ReceiptRow[] {
  return db.all('SELECT size, kind, receipt FROM anchor ORDER BY size, kind').map((row) => {
    const bytes = asBytes(row['receipt']);
    return {
      size: asNumber(row['size']),
      column: asText(row['kind']),
      bytes,
      receipt: decodeReceipt(bytes),
    };
  });
}
