import type { Json } from '../base/canonical.ts';
import type { Outside } from './connector.ts';
import type { Found } from './removal.ts';
import { pages, under } from './vendor.ts';
import type { Pages, Vendor, Walk } from './vendor.ts';

/**
 * Whether something stands in a listing. "Gone" is a proof, so it takes a listing that was read to its end: one that was cut
 * short shows nothing.
 */

type Listing = Readonly<{
  vendor: Vendor;
  walk: Walk;
  /** "Okta’s list of API tokens": completes "reading ..." and "... can be read and does not hold it". */
  name: string;
}>;

type There = Readonly<{ kept: Json; remarks?: readonly string[] }>;

const cutShort = (name: string): Found => ({
  is: 'hidden',
  refusal: { result: 'failed', detail: `${name} was too long to be read to its end` },
});

const notShown = (name: string): Found => ({
  is: 'hidden',
  refusal: { result: 'failed', detail: `${name} holds rows that do not say which they are` },
});

/**
 * Whether a row is the one of that id; undefined where it shows none, because then it could be: a vendor that calls its ids otherwise
 * one day must not make everything look gone.
 */
export const hasId = (row: Json, name: string, id: string): boolean | undefined => {
  const found = under(row, name);
  return typeof found === 'string' || typeof found === 'number' ? String(found) === id : undefined;
};

/**
 * While its pages are read one by one, rows that somebody takes out move the others up, over the end of a page that was read already. What
 * is not met on several pages is therefore looked for once more.
 */
const readTwice = async (
  { vendor, walk, name }: Listing,
  outside: Outside,
  is: (row: Json) => boolean | undefined,
): Promise<Pages> => {
  const read = async (): Promise<Pages> => await pages(vendor, outside, walk, `reading ${name}`);
  const first = await read();
  const met = 'refusal' in first || first.rows.some((row) => is(row) === true);
  return met || first.count === 1 || !first.complete ? first : await read();
};

/** The one row that is meant: `is` tells it from the others, `of` says what is kept of it. */
export const rowIn = async (
  listing: Listing,
  outside: Outside,
  is: (row: Json) => boolean | undefined,
  of: (row: Json, count: number) => There,
): Promise<Found> => {
  const { name } = listing;
  const all = await readTwice(listing, outside, is);
  if ('refusal' in all) return { is: 'hidden', refusal: all.refusal };
  const found = all.rows.find((row) => is(row) === true);
  if (found !== undefined) return { is: 'there', ...of(found, all.rows.length) };
  if (all.rows.some((row) => is(row) === undefined)) return notShown(name);
  return all.complete ? { is: 'gone', how: `${name} can be read and does not hold it` } : cutShort(name);
};

/** Anything at all: `of` says what is kept of the rows that stand there. */
export const anyIn = async (
  { vendor, walk, name }: Listing,
  outside: Outside,
  of: (rows: readonly Json[]) => There,
): Promise<Found> => {
  const all = await pages(vendor, outside, walk, `reading ${name}`);
  if ('refusal' in all) return { is: 'hidden', refusal: all.refusal };
  if (all.rows.length > 0) return { is: 'there', ...of(all.rows) };
  return all.complete ? { is: 'gone', how: `${name} can be read and is empty` } : cutShort(name);
};
