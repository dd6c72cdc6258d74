import { expect, test } from 'vitest';
import { concatBytes, sha256Hex, utf8 } from '../../src/base/hash.ts';
import { newJournal } from './journals.ts';

/** What a stranger with the published leaves and a list of every customer's address can learn from them. */

const PEOPLE = 200_000;
const address = (n: number): string => `person.${n}@example.com`;
const HIT = 137_731;

/** The ways in which a careless log would have hidden an address. */
const guesses = (email: string): readonly string[] => [
  sha256Hex(email),
  sha256Hex(concatBytes(utf8('firebreak/commit/v1\0'), utf8(email))),
];

test('a dictionary of 200,000 addresses finds none behind a leaf, and one behind a bare hash', () => {
  const journal = newJournal();
  const email = address(HIT);
  const [entry] = journal.appendNow([
    { kind: 'note.added', actor: 'ada', pub: {}, priv: { text: { class: 'victims', value: email } } },
  ]);
  const field = entry?.priv[0];
  if (field === undefined) throw new Error('the field is sealed');
  // The control: an address that was hidden by hashing it alone.
  const careless = sha256Hex(email);
  const published = new Set([field.pc, field.ct]);
  const hits: string[] = [];
  const controls: number[] = [];
  for (let n = 0; n < PEOPLE; n += 1) {
    const [bare, tagged] = guesses(address(n));
    if (published.has(bare ?? '') || published.has(tagged ?? '')) hits.push(address(n));
    if (bare === careless) controls.push(n);
  }
  expect(hits).toEqual([]);
  expect(controls).toEqual([HIT]);
  // With what the key holder alone can disclose, the very same address is proved.
  expect(journal.reveal({ n: entry?.n ?? 0, name: 'text' })).toBe(email);
  journal.close();
});
