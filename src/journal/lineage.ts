import { fromBase64, fromHex, toHex, utf8 } from '../base/hash.ts';
import type { Sqlite } from '../io/sqlite.ts';
import { checkEd25519, parseVkey } from './checkpoint.ts';
import { decodeEntry, type Entry } from './entry.ts';
import { asBytes, asNumber, asText } from './rows.ts';

/**
 * Who wrote a journal, one after the other. An incident that goes on at another machine goes on in the same tree and with the same
 * numbers, but under a name and a key of its own: what the first one signed stays what it signed, and nobody signs in its name.
 */

/** From entry `from` on the log has this name, and this key signs it. */
export type Origin = Readonly<{ log: string; vkey: string; from: number }>;
/** The first one made the journal, the last one writes it. */
export type Lineage = readonly [Origin, ...Origin[]];

const HANDED = 'journal.handed';
export const CHANGED = 'origin.changed';

/** What the first entry of a further origin says: whom it goes on from, after how many entries, under which root and with which key. */
export type OriginChange = Readonly<{
  log: string;
  vkey: string;
  fromLog: string;
  fromKey: string;
  size: number;
  root: string;
  handed: number;
  /** A signature of the key that it was handed to, where another one signs from now on: a drill has a throw-away key. */
  endorsed: Uint8Array | null;
}>;

/** Null for an entry that is none, or whose key is not one for its log. */
export function changeOf({ kind, log, pub }: Entry): OriginChange | null {
  const { endorsed, from_log: fromLog, from_key: fromKey, handed, key: vkey, root, size } = pub;
  if (kind !== CHANGED || typeof fromLog !== 'string' || typeof fromKey !== 'string') return null;
  if (typeof vkey !== 'string' || typeof root !== 'string') return null;
  if (typeof size !== 'number' || typeof handed !== 'number' || parseVkey(vkey)?.name !== log) return null;
  const signature = typeof endorsed === 'string' ? fromBase64(endorsed) : null;
  return { log, vkey, fromLog, fromKey, size, root, handed, endorsed: signature };
}

/** What is signed to vouch for a key that signs in place of the one that the journal was handed to. */
export function endorsement({
  vkey,
  fromLog,
  size,
}: Pick<OriginChange, 'vkey' | 'fromLog' | 'size'>): string {
  return `firebreak/origin/v1\n${vkey}\n${fromLog}\n${size}\n`;
}

/** Whether whoever goes on is the one it was handed to, or is vouched for by that one. @param to 64 hex digits */
export function isMeant(change: OriginChange, to: string): boolean {
  const key = fromHex(to);
  if (key === null) return false;
  if (change.endorsed === null) return to === bareKey(change.vkey);
  return checkEd25519(key, utf8(endorsement(change)), change.endorsed);
}

/** The key that an entry hands the journal to, as 64 hex digits; null where it hands over nothing. */
export function handedTo({ kind, pub }: Entry): string | null {
  const key = pub['to_key'];
  return kind === HANDED && typeof key === 'string' && fromHex(key)?.length === 32 ? key : null;
}

/** The bare public key of a vkey, in hex. */
function bareKey(vkey: string): string {
  return toHex(parseVkey(vkey)?.publicKey ?? new Uint8Array());
}

/** How many entries there were when the origin ended; null of the one that writes. */
export function endOf(origins: readonly Origin[], { log }: Origin): number | null {
  return origins[origins.findIndex((one) => one.log === log) + 1]?.from ?? null;
}

/**
 * Reads who wrote a journal. The entries of one origin lie together, so their first one is found by halving. Rows that no change of
 * origin leads to are nobody's: the verifier names them.
 */
export function readLineage(db: Sqlite, first: Readonly<{ log: string; vkey: string }>): Lineage {
  const begin: Origin = { ...first, from: 0 };
  const later: Origin[] = [];
  const last = db.get('SELECT n, log FROM entry ORDER BY n DESC LIMIT 1');
  if (last === null) return [begin];
  let [n, log] = [asNumber(last['n']), asText(last['log'])];
  while (log !== first.log) {
    const from = firstOf(db, log, n);
    const change = changeAt(db, from);
    if (change === null || change.log !== log || from === 0) return [begin];
    later.unshift({ log, vkey: change.vkey, from });
    n = from - 1;
    log = logAt(db, n) ?? first.log;
    if (change.fromLog !== log) return [begin];
  }
  return [begin, ...later];
}

/** The lowest number up to `n` from which all entries are of that log. */
function firstOf(db: Sqlite, log: string, n: number): number {
  let [low, high] = [0, n];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (logAt(db, middle) === log) high = middle;
    else low = middle + 1;
  }
  return low;
}

function logAt(db: Sqlite, n: number): string | null {
  const row = db.get('SELECT log FROM entry WHERE n = ?', n);
  return row === null ? null : asText(row['log']);
}

function changeAt(db: Sqlite, n: number): OriginChange | null {
  const row = db.get('SELECT leaf FROM entry WHERE n = ?', n);
  const entry = row === null ? 'is missing' : decodeEntry(asBytes(row['leaf']));
  return typeof entry === 'string' ? null : changeOf(entry);
}
