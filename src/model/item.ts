import { assert } from '../base/assert.ts';
import type { Proof, Result } from './action.ts';

/**
 * How attempts are named. One made alone by the entry that intended it; one item of a batch by the batch's entry and its place
 * in it, both in one whole number, so that whatever names an attempt can name either.
 */

const FIRST = 2 ** 48;

/** No batch has more items: what a leaf of the journal can name, many times over. */
export const PLACES = 4096;

export const itemRef = (batch: number, place: number): number => {
  assert(place >= 0 && place < PLACES, 'a batch has no such item');
  return FIRST + batch * PLACES + place;
};

/** The entry that intended an attempt, and the place in its batch; null for one that was made alone. */
export const placeOf = (ref: number): Readonly<{ entry: number; place: number | null }> =>
  ref < FIRST
    ? { entry: ref, place: null }
    : { entry: Math.floor((ref - FIRST) / PLACES), place: (ref - FIRST) % PLACES };

/** As a person reads and types it: `41`, or `41.7` for the eighth item of the batch of entry 41. */
export const refText = (ref: number): string => {
  const { entry, place } = placeOf(ref);
  return place === null ? String(entry) : `${entry}.${place}`;
};

export const parseRef = (text: string): number | null => {
  const found = /^(\d{1,9})(?:\.(\d{1,4}))?$/.exec(text);
  if (found === null) return null;
  const [, entry = '', place] = found;
  if (place === undefined) return Number(entry);
  return Number(place) < PLACES ? itemRef(Number(entry), Number(place)) : null;
};

/** One letter an item: what a batch's last entry says of each, so that an incident folds without the rows. */
export const resultLetters = {
  done: 'd',
  already: 'a',
  accepted: 'q',
  forbidden: 'x',
  'not-supported': 'n',
  failed: 'f',
  unknown: 'u',
} as const satisfies Record<Result, string>;
export const proofLetters = { proved: 'p', refuted: 'r', unproved: 'u' } as const satisfies Record<
  Proof['is'],
  string
>;

/** An item that was not begun, or that nothing was asked about. */
export const NONE = '-';

/** What is recorded of one item, in the order in which it happens. */
export const itemKinds = ['plan', 'intent', 'kept', 'outcome', 'proof'] as const;
export type ItemKind = (typeof itemKinds)[number];
