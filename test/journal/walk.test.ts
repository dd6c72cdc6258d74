import { expect, test } from 'vitest';
import type { Journal } from '../../src/journal/store.ts';
import { newJournal, note } from './journals.ts';

const COUNT = 700;
const filled = (): Journal => {
  const journal = newJournal();
  journal.appendNow(
    Array.from({ length: COUNT - 1 }, (_none, i) => {
      const n = i + 1;
      return n % 7 === 0 ? note(n, n === 350 ? 'long '.repeat(6000) : `said at ${n}`) : note(n);
    }),
  );
  return journal;
};

test('both ways round it gives what reading from the beginning gives', () => {
  const journal = filled();
  const all = [...journal.entries()];
  for (const [from, to] of [
    [0, COUNT],
    [255, 257],
    [256, 512],
    [1, 2],
    [600, 5000],
    [40, 40],
  ] as const) {
    const wanted = all.slice(from, to);
    expect([...journal.walk({ from, to })]).toEqual(wanted);
    expect([...journal.walk({ from, to, newestFirst: true })]).toEqual(wanted.toReversed());
  }
});

test('what is sealed opens while it is walked over as it does by itself, however long it is', () => {
  const journal = filled();
  let found = 0;
  for (const { n, priv } of journal.walk({ from: 0, to: COUNT })) {
    if (priv.length === 0) continue;
    found += 1;
    expect(journal.reveal({ n, name: 'text' })).toBe(n === 350 ? 'long '.repeat(6000) : `said at ${n}`);
    expect(journal.reveal({ n, name: 'nothing' })).toBeNull();
    // Another entry than the one in hand.
    expect(journal.reveal({ n: 7, name: 'text' })).toBe('said at 7');
  }
  expect(found).toBe(Math.floor((COUNT - 1) / 7));
});

test('the tree has a hash for each that is walked over, and nothing is in hand once it is left', () => {
  const journal = filled();
  const next = new Map([...journal.entries()].map(({ n, prev }) => [n - 1, prev]));
  for (const { n } of journal.walk({ from: 200, to: 600 })) {
    expect(journal.walkedHash(n)).toBe(next.get(n));
    if (n === 599) break;
  }
  expect(journal.walkedHash(599)).toBeNull();
});

test('content that is destroyed while somebody walks is gone with the next page at the latest, and for whoever asks later', () => {
  const journal = filled();
  const said: (string | null)[] = [];
  for (const { n, priv } of journal.walk({ from: 0, to: COUNT })) {
    if (n === 100) journal.shred('staff', { actor: 'ana', reason: 'end-of-retention' });
    if (priv.length > 0 && n >= 256) said.push(journal.reveal({ n, name: 'text' }));
  }
  expect(new Set(said)).toEqual(new Set([null]));
  expect(journal.reveal({ n: 7, name: 'text' })).toBeNull();
});
