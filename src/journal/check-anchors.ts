import { sha256Hex } from '../base/hash.ts';
import type { Sqlite } from '../io/sqlite.ts';
import { readReceipts, type ReceiptRow } from './anchors.ts';
import { decodeEntry, type Entry } from './entry.ts';
import type { Finding } from './findings.ts';
import type { VerifyReport } from './report.ts';
import { anchorColumn, checkReceipt } from './receipt.ts';
import { asBytes, asNumber, asText } from './rows.ts';

/**
 * What the journal says of its own checkpoints elsewhere, against what lies beside it: each entry that names a receipt has it,
 * each receipt is named and holds, and as many checkpoints are here as the entry counted.
 * @param heard the entries that name a receipt, of the first `size`; those behind, which nobody has read yet, are looked for
 */
export function checkAnchors(
  db: Sqlite,
  { origins, size }: Pick<VerifyReport, 'origins' | 'size'>,
  heard: readonly Entry[],
): readonly Finding[] {
  const named = [...heard.map(namedBy), ...namedIn(db, size)];
  const rows = readReceipts(db);
  const keyAt = (at: number): string | null => origins.findLast(({ from }) => from < at)?.vkey ?? null;
  const byName = new Map(rows.map((row) => [`${row.size} ${row.column}`, row]));
  const entries = new Map(named.map((one) => [`${one.key} ${one.sha256}`, one]));
  return [
    ...named.flatMap((one) => missing(one, byName.get(one.key))),
    ...rows.flatMap((row) =>
      faults(row, entries.get(`${row.size} ${row.column} ${sha256Hex(row.bytes)}`), keyAt(row.size)),
    ),
    ...named.flatMap((one) => seals(db, one)),
    ...cosignatures(db, rows),
  ];
}

/** The notes in receipts: checkpoints that this journal itself says have left the machine. */
export function anchoredNotes(db: Sqlite): readonly string[] {
  return readReceipts(db).flatMap(({ receipt }) => (receipt === null ? [] : [receipt.note]));
}

type Named = Readonly<{
  n: number;
  key: string;
  anchor: string;
  size: number;
  seals: number;
  sha256: string;
}>;

export const namesReceipt = ({ kind }: Entry): boolean => kind === 'anchor.made' || kind === 'anchor.copied';

function namedIn(db: Sqlite, from: number): readonly Named[] {
  const found: Named[] = [];
  // The kind stands in every leaf as it was hashed, so the text finds all of them; what else holds it is sorted out below.
  const sql = `SELECT leaf FROM entry WHERE n >= ? AND instr(CAST(leaf AS TEXT), '"kind":"anchor.') > 0 ORDER BY n`;
  for (const row of db.iterate(sql, from)) {
    const entry = decodeEntry(asBytes(row['leaf']));
    if (typeof entry !== 'string' && namesReceipt(entry)) found.push(namedBy(entry));
  }
  return found;
}

function namedBy({ n, pub }: Entry): Named {
  const text = (name: string): string => {
    const value = pub[name];
    return typeof value === 'string' ? value : '';
  };
  const [size, anchor] = [Number(pub['size']), text('anchor')];
  return {
    n,
    key: `${size} ${text('type')}:${anchor}`,
    anchor,
    size,
    seals: Number(pub['seals']),
    sha256: text('receipt_sha256'),
  };
}

function missing(named: Named, row: ReceiptRow | undefined): readonly Finding[] {
  const { n, anchor, size, sha256 } = named;
  const what = `the receipt of ${anchor} over ${size} entries`;
  if (row === undefined) return [finding(n, `entry #${n} names ${what}, and it is not here`)];
  return sha256Hex(row.bytes) !== sha256
    ? [finding(n, `entry #${n} names ${what}, and what is here is another`)]
    : [];
}

function faults(row: ReceiptRow, by: Named | undefined, vkey: string | null): readonly Finding[] {
  const { size, column, receipt } = row;
  const what = `the receipt ${column} over ${size} entries`;
  if (by === undefined) return [finding(null, `${what} is named by no entry`)];
  if (receipt === null || anchorColumn(receipt) !== column) return [finding(by.n, `${what} is none`)];
  // Without a key nothing can be judged, and that there is none is told already.
  const why = vkey === null ? null : checkReceipt(receipt, vkey, size);
  return why === null ? [] : [finding(by.n, `${what} proves nothing: ${why}`)];
}

function seals(db: Sqlite, { n, size, seals: counted }: Named): readonly Finding[] {
  const row = db.get('SELECT count(*) AS count FROM checkpoint WHERE size <= ?', size);
  const count = asNumber(row?.['count']);
  if (count === counted) return [];
  return [
    {
      kind: 'seal',
      entry: n,
      says: `entry #${n} counted ${counted} checkpoints up to ${size} entries, there are ${count}`,
    },
  ];
}

/** A cosignature is kept twice: in its receipt, and in the table that other programs look for. */
function cosignatures(db: Sqlite, rows: readonly ReceiptRow[]): readonly Finding[] {
  const lines = new Map(
    db
      .all('SELECT size, name, line FROM cosig')
      .map((row) => [`${asNumber(row['size'])} cosigner:${asText(row['name'])}`, asText(row['line'])]),
  );
  const kept = rows.filter(({ receipt }) => receipt?.kind === 'cosigner');
  const wrong = kept.filter(({ size, column, receipt }) => {
    const line = lines.get(`${size} ${column}`);
    lines.delete(`${size} ${column}`);
    return line === undefined || line !== new TextDecoder().decode(receipt?.proof ?? new Uint8Array());
  });
  return [
    ...wrong.map(({ size, column }) =>
      finding(size - 1, `the cosignature ${column} over ${size} entries is missing or was changed`),
    ),
    ...[...lines.keys()].map((name) => finding(null, `a cosignature is here that no entry names: ${name}`)),
  ];
}

const finding = (entry: number | null, says: string): Finding => ({ kind: 'anchor', entry, says });
