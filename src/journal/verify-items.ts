import { sameBytes, sha256Hex } from '../base/hash.ts';
import { NONE, proofLetters, resultLetters } from '../model/item.ts';
import type { Entry } from './entry.ts';
import type { Findings } from './findings.ts';
import { batchOf, decodeItem, firstRow, makeRoot, type ItemRow } from './items.ts';
import { leafHash } from './merkle.ts';

/** What the verifier needs of the rows of batches; they come in the order of their keys. */
export type BatchRows = Readonly<{
  items: () => Iterable<Readonly<{ id: number; leaf: Uint8Array; hash: Uint8Array }>>;
  /** Undefined: no such row. Null: the sealed bytes were destroyed. */
  itemBlob: (id: number, field: number) => Uint8Array | null | undefined;
  dek: (id: string) => 'active' | 'destroyed' | undefined;
}>;

/** Entries that sign the rows of many acts, before them and after. */
const BEGIN: ReadonlySet<string> = new Set(['batch.intent', 'mail.intent']);
const END: ReadonlySet<string> = new Set(['batch.outcome', 'mail.outcome']);

type Signed = Readonly<{ rows: number; root: string }>;
type Batch = { planned: Signed; ended: (Signed & Readonly<{ n: number; says: string }>) | null };

type StoredRow = Readonly<{ id: number; leaf: Uint8Array; hash: Uint8Array }>;

/** Holds the rows of every batch against what its two entries sign of them. Each finding has the number of the batch's entry. */
export function makeBatches(rows: BatchRows, findings: Findings) {
  const batches = new Map<number, Batch>();
  return {
    /** Takes note of the entries that begin and end batches. */
    check(n: number, { kind, pub }: Entry): void {
      const signed = { rows: Number(pub['rows']), root: textOf(pub['rows_root']) };
      if (BEGIN.has(kind)) batches.set(n, { planned: signed, ended: null });
      const batch = END.has(kind) ? batches.get(Number(pub['batch'])) : undefined;
      if (END.has(kind) && batch === undefined)
        findings.add('item', n, `entry #${n} ends a batch that no entry begins`);
      if (batch === undefined) return;
      if (batch.ended !== null) findings.add('item', n, `entry #${n} ends a batch a second time`);
      const results = textOf(pub['results']);
      // A letter is handed over and never asked about: such a batch says nothing of proofs.
      const proofs = kind === 'mail.outcome' ? NONE.repeat(results.length) : textOf(pub['proofs']);
      batch.ended = { ...signed, n, says: `${results} ${proofs}` };
    },
    end(): void {
      const seen = new Set<number>();
      for (const [batch, group] of grouped(rows.items())) {
        seen.add(batch);
        compare(batch, batches.get(batch), walk(rows, findings, batch, group, batches.get(batch)), findings);
      }
      for (const [batch, signed] of batches) {
        if (!seen.has(batch)) compare(batch, signed, walk(rows, findings, batch, [], signed), findings);
      }
    },
  };
}

/** What a batch's rows come to: all of them, those of its plan, and what they say of the items. */
type Walked = Readonly<{ rows: number; root: string; planned: string; says: string }>;

function walk(
  rows: BatchRows,
  findings: Findings,
  batch: number,
  stored: Iterable<StoredRow>,
  signed: Batch | undefined,
): Walked {
  const root = makeRoot();
  const told = makeLetters();
  let planned = '';
  for (const row of stored) {
    const at = `row ${row.id - firstRow(batch)} of the batch of entry #${batch}`;
    const intact = sameBytes(leafHash(row.leaf), row.hash);
    if (!intact) findings.add('item', batch, `${at} is not what was hashed: its bytes were changed`);
    if (row.id !== firstRow(batch) + root.size())
      findings.add('item', batch, `${at} follows a gap: rows were removed`);
    const item = decodeItem(row.leaf);
    if (typeof item !== 'string') {
      checkSealed(rows, findings, { id: row.id, item, at, batch });
      told.hear(item);
    } else if (intact) findings.add('item', batch, `${at} ${item}`);
    root.add(row.hash);
    if (root.size() === signed?.planned.rows) planned = root.hex();
  }
  return { rows: root.size(), root: root.hex(), planned, says: told.says(signed?.planned.rows ?? 0) };
}

function compare(batch: number, signed: Batch | undefined, walked: Walked, findings: Findings): void {
  if (signed === undefined) {
    findings.add('item', null, `${walked.rows} rows belong to a batch that no entry begins`);
    return;
  }
  const of = `of the batch of entry #${batch}`;
  if (walked.rows < signed.planned.rows || walked.planned !== signed.planned.root)
    findings.add('item', batch, `the items ${of} are not those that it signs`);
  const { ended } = signed;
  if (ended === null) return;
  if (walked.rows !== ended.rows || walked.root !== ended.root)
    findings.add('item', batch, `the rows ${of} are not those that entry #${ended.n} signs`);
  else if (walked.says !== ended.says)
    findings.add('item', ended.n, `entry #${ended.n} says something else of its items than their rows`);
}

type Placed = Readonly<{ id: number; item: ItemRow; at: string; batch: number }>;

function checkSealed(rows: BatchRows, findings: Findings, { id, item, at, batch }: Placed): void {
  for (const [field, ref] of item.priv.entries()) {
    const state = rows.dek(ref.dek);
    const blob = rows.itemBlob(id, field);
    if (state === undefined) findings.add('sealed', batch, `${at}: the data key of ${ref.name} is missing`);
    else if (blob === undefined || (blob === null && state !== 'destroyed'))
      findings.add('sealed', batch, `${at}: the sealed bytes of ${ref.name} are missing`);
    else if (blob !== null && (blob.length !== ref.len || sha256Hex(blob) !== ref.ct))
      findings.add('sealed', batch, `${at}: the sealed bytes of ${ref.name} were changed`);
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What the rows say of each item, in the letters of a batch's last entry: the newest outcome and the newest proof count. */
function makeLetters(): Readonly<{
  hear: (row: ItemRow) => void;
  says: (items: number) => string;
}> {
  const results = new Map<number, string>();
  const proofs = new Map<number, string>();
  return {
    hear({ item, kind, pub }) {
      if (kind === 'intent') results.set(item, resultLetters.unknown);
      if (kind === 'outcome') results.set(item, letterOf(resultLetters, pub['result']));
      if (kind === 'proof') proofs.set(item, letterOf(proofLetters, pub['proof']));
    },
    says: (items) => {
      const line = (of: ReadonlyMap<number, string>): string =>
        Array.from({ length: items }, (_none, place) => of.get(place) ?? NONE).join('');
      return `${line(results)} ${line(proofs)}`;
    },
  };
}

const letterOf = (letters: Readonly<Record<string, string>>, word: unknown): string =>
  typeof word === 'string' && Object.hasOwn(letters, word) ? (letters[word] ?? NONE) : NONE;

/** Rows in runs of one batch; a run is read before the next one begins. */
function* grouped<Row extends Readonly<{ id: number }>>(
  rows: Iterable<Row>,
): Iterable<[number, Iterable<Row>]> {
  let batch = -1;
  let run: Row[] = [];
  for (const row of rows) {
    if (batchOf(row.id) !== batch) {
      if (run.length > 0) yield [batch, run];
      batch = batchOf(row.id);
      run = [];
    }
    run.push(row);
  }
  if (run.length > 0) yield [batch, run];
}
