import type { Json } from '../base/canonical.ts';
import type { Outside } from './connector.ts';
import type { Found } from './removal.ts';
import { pages } from './vendor.ts';
import type { Vendor, Walk } from './vendor.ts';

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

/** The one row that is meant: `of` says what is kept of it, and null of every other row. */
export const rowIn = async (
  { vendor, walk, name }: Listing,
  outside: Outside,
  of: (row: Json, count: number) => There | null,
): Promise<Found> => {
  const all = await pages(vendor, outside, walk, `reading ${name}`);
  if ('refusal' in all) return { is: 'hidden', refusal: all.refusal };
  for (const row of all.rows) {
    const there = of(row, all.rows.length);
    if (there !== null) return { is: 'there', ...there };
  }
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
