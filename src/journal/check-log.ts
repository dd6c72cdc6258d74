import { parseVkey, openNote } from './checkpoint.ts';
import type { Entry } from './entry.ts';
import type { Findings } from './findings.ts';
import { openingOf } from './head.ts';
import { changeOf, endOf, handedTo, isMeant, type Origin, type OriginChange } from './lineage.ts';
import type { Before, Log } from './report.ts';

/**
 * Who the log says it is (entry #0), whether every entry belongs to it, and whether whoever goes on in it was handed it: by an entry
 * that the one before signed, after exactly these entries, under exactly this root, to exactly this key.
 */
export function makeLog(pinned: string | null, findings: Findings): Log {
  const origins: Origin[] = [];
  const writers = makeOrigins(origins, pinned, findings);
  let about: Readonly<{ incident: string | null; drill: boolean }> = { incident: null, drill: false };
  let handed: Handed | null = null;
  const now = (): Origin | null => origins.at(-1) ?? null;
  // A first entry that opens nothing names no key.
  const key = (): string | null => (now()?.vkey === '' ? null : (now()?.vkey ?? null));
  return {
    check(row, entry, before) {
      const change = row.n === 0 ? null : changeOf(entry);
      if (row.n === 0) about = writers.first(entry);
      else if (change !== null && row.log === entry.log) writers.further(entry, change, { handed, before });
      else if (entry.kind === 'log.open')
        findings.add('opening', row.n, `entry #${row.n} opens a log a second time`);
      if (entry.n !== row.n) findings.add('sequence', row.n, `entry #${row.n} says that it is #${entry.n}`);
      if (entry.log !== now()?.log || row.log !== now()?.log)
        findings.add('foreign', row.n, `entry #${row.n} belongs to another log`);
      const to = handedTo(entry);
      if (to !== null) handed = { n: row.n, to };
    },
    end: () => writers.end(),
    origin: () => now()?.log ?? null,
    vkey: key,
    ended(note) {
      const origin = origins.slice(0, -1).find(({ vkey }) => openNote(note, [vkey]) !== null);
      return origin === undefined ? null : { log: origin.log, size: endOf(origins, origin) ?? 0 };
    },
    report: () => ({ origin: now()?.log ?? null, ...about, vkey: key() ?? pinned, origins: [...origins] }),
  };
}

type Handed = Readonly<{ n: number; to: string }>;

/** Takes note of everybody who writes. What is to be trusted may be the key of one who took over later: then that one must come. */
function makeOrigins(origins: Origin[], pinned: string | null, findings: Findings) {
  const wanted = pinned === null ? null : (parseVkey(pinned)?.name ?? null);
  const other = (n: number, vkey: string): void =>
    findings.add('key', n, `entry #${n} names another key than the one to be trusted: ${vkey}`);
  return {
    first(entry: Entry): Readonly<{ incident: string | null; drill: boolean }> {
      const opening = openingOf(entry);
      if (opening === null)
        findings.add('opening', 0, 'entry #0 does not open a log with its incident and its key');
      else if (wanted === entry.log && opening.vkey !== pinned) other(0, opening.vkey);
      const vkey = wanted === entry.log ? pinned : opening?.vkey;
      origins.push({ log: entry.log, vkey: vkey ?? '', from: 0 });
      return { incident: opening?.incident ?? null, drill: opening?.drill ?? false };
    },
    further(entry: Entry, change: OriginChange, known: Pick<Known, 'handed' | 'before'>): void {
      const names = origins.map(({ log }) => log);
      const why = fault(change, entry, { now: origins.at(-1) ?? null, names, ...known });
      if (why !== null)
        findings.add('origin', entry.n, `entry #${entry.n} goes on under another key, and ${why}`);
      if (wanted === entry.log && change.vkey !== pinned) other(entry.n, change.vkey);
      origins.push({ log: change.log, vkey: change.vkey, from: entry.n });
    },
    end(): void {
      const [first] = origins;
      if (wanted !== null && first !== undefined && !origins.some(({ log }) => log === wanted))
        other(0, first.vkey);
    },
  };
}

type Known = Readonly<{
  now: Origin | null;
  handed: Handed | null;
  before: Before;
  names: readonly string[];
}>;

/** Why an entry may not go on where it does; null where it may. */
function fault(change: OriginChange, { n }: Entry, { now, handed, before, names }: Known): string | null {
  if (now === null || change.fromLog !== now.log || change.fromKey !== now.vkey)
    return 'names another log than the one before it';
  if (names.includes(change.log)) return 'takes the name of a log before it';
  if (change.size !== n || change.root !== before.root())
    return 'what it says of the entries before it is not so';
  if (before.signed() !== n) return 'nobody who wrote the entries before it has signed all of them';
  if (handed === null || handed.n !== change.handed || handed.n !== n - 1)
    return 'the entry before it does not hand the journal over';
  return isMeant(change, handed.to) ? null : 'it was handed over to another key';
}
