import { beforeAll, describe, expect, test } from 'vitest';
import { openLedger, type IncidentLedger } from '../../src/app/ledger.ts';
import { anchoredSize, openIn, windowOf } from '../../src/incident/anchored.ts';
import { toRecorded } from '../../src/incident/recorded.ts';
import type { Journal } from '../../src/journal/store.ts';
import type { Recorded } from '../../src/model/event.ts';
import { longJournal, SIZE } from './long.ts';

let journal: Journal;
let ledger: IncidentLedger;
/** Read in the plainest way, all of it. */
let all: readonly Recorded[];

const numbers = (entries: Iterable<Recorded>): readonly number[] => Array.from(entries, ({ n }) => n);

// Written in pieces, each entry is kept for a while; opened anew, only the newest ever are.
describe.each(['as it was written', 'opened anew'] as const)('a long history, %s:', (how) => {
  beforeAll(async () => {
    ({ journal, ledger } = await longJournal());
    if (how === 'opened anew') ledger = openLedger(journal, 'ana');
    all = [...journal.entries()].flatMap((entry) => toRecorded(entry, () => '') ?? []);
  });

  test.each([0, 1, 2047, 3150, 4096, SIZE - 1, SIZE, SIZE + 9])(
    'from entry %i on, whether it lies in memory or on the disk',
    (from) => {
      expect(numbers(ledger.entries(from))).toEqual(numbers(all).filter((n) => n >= from));
    },
  );

  test('the newest first, down to the first', () => {
    expect(numbers(ledger.newestFirst())).toEqual(numbers(all).toReversed());
    expect(ledger.newest()?.n).toBe(SIZE - 1);
  });

  test('what is written while somebody reads does not come into what is read', async () => {
    const reading = ledger.entries()[Symbol.iterator]();
    reading.next();
    const before = ledger.size();
    await ledger.append([{ kind: 'severity.set', pub: { severity: 'low' } }] as never);
    let last = 0;
    for (let next = reading.next(); next.done !== true; next = reading.next()) last = next.value.n;
    expect(last).toBe(before - 1);
    all = [...all, ...ledger.entries(before)];
  });

  test('one entry, by its number', () => {
    for (const n of [1, 10, 3030, 4700, SIZE - 1]) expect(ledger.entry(n)?.n).toBe(n);
    // The journal opens itself with an entry that is none of the incident's.
    expect(ledger.entry(0)).toBeNull();
    expect(ledger.entry(SIZE + 100)).toBeNull();
  });

  test('what is sought is found, wherever it lies', () => {
    expect(numbers(ledger.sought('export.written'))).toEqual([500, 1500, 2500, 3500, 4500]);
    expect(numbers(ledger.sought('privileged'))).toEqual([3030]);
    expect(ledger.sought('drill.scored')).toEqual([]);
  });

  test('the window is that of all entries from there on, whatever was asked before', () => {
    const { acts, anchors } = ledger.state();
    const total = ledger.size();
    const plain = (size: number) =>
      windowOf(
        size,
        openIn(
          all.filter(({ n }) => n >= size),
          acts,
        ),
        total,
      );
    const sizes = [0, 4690, 17, 5199, 0, 1390, 2000, 3000, 4000, 100, 200, 300, 400, 500, 17, SIZE + 5];
    for (const size of [...sizes, anchoredSize(anchors)])
      expect(ledger.window(size, total)).toEqual(plain(size));
  });

  test('a hash is that of the leaf, for what is walked over and for what is kept', () => {
    const walked = Array.from(ledger.entries(), ({ n, hash }) => [n, hash] as const);
    const next = [...journal.entries()].map(({ n, prev }) => [n - 1, prev] as const);
    const known = new Map(next);
    for (const [n, hash] of walked.slice(0, -1)) expect(hash).toBe(known.get(n));
    expect(ledger.entry(SIZE - 1)?.hash).toBe(known.get(SIZE - 1));
  });
});
