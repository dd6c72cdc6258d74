import { expect, test } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import { anyIn, hasId, rowIn } from '../../src/connectors/found.ts';
import { rowsOf, under, vendor } from '../../src/connectors/vendor.ts';
import type { Walk } from '../../src/connectors/vendor.ts';
import { listen } from '../../src/io/server.ts';
import { rigOutside } from '../rig/outside.ts';

/** A vendor with so many pages, each with these rows. */
const withPages = async (
  count: number,
  rows: readonly Json[],
  work: (found: {
    row: (id: string) => ReturnType<typeof rowIn>;
    any: () => ReturnType<typeof anyIn>;
  }) => Promise<void>,
): Promise<void> => {
  const server = await listen(({ query }) => {
    const page = Number(query['page']?.[0] ?? '0');
    return { status: 200, body: JSON.stringify({ rows, next: page + 1 < count ? page + 1 : null }) };
  });
  const first = { method: 'GET', path: '/things' } as const;
  const walk: Walk = {
    first,
    rows: ({ json }) => rowsOf(under(json, 'rows')),
    next: ({ json }) => {
      const next = under(json, 'next');
      return typeof next === 'number' ? { ...first, query: { page: String(next) } } : null;
    },
  };
  const listing = { vendor: vendor(async () => await Promise.resolve({})), walk, name: 'the list of things' };
  const { outside } = rigOutside({ baseUrl: server.url });
  try {
    await work({
      row: async (id) =>
        await rowIn(
          listing,
          outside,
          (row) => hasId(row, 'id', id),
          () => ({ kept: { id } }),
        ),
      any: async () => await anyIn(listing, outside, ({ length }) => ({ kept: { length } })),
    });
  } finally {
    await server.close();
  }
};

test('what a listing that was read to its end does not hold is gone', async () => {
  await withPages(3, [{ id: 'a' }], async ({ row, any }) => {
    expect(await row('a')).toMatchObject({ is: 'there', kept: { id: 'a' } });
    expect(await row('b')).toMatchObject({ is: 'gone' });
    expect(await any()).toMatchObject({ is: 'there', kept: { length: 3 } });
  });
  await withPages(3, [], async ({ any }) => expect(await any()).toMatchObject({ is: 'gone' }));
});

test('a listing with rows that do not say which they are proves nothing gone', async () => {
  await withPages(1, [{ id: 'a' }, { key: 'b' }], async ({ row }) => {
    expect(await row('a')).toMatchObject({ is: 'there' });
    expect(await row('b')).toMatchObject({ is: 'hidden' });
  });
  await withPages(1, [{ id: 7 }], async ({ row }) => {
    expect(await row('7')).toMatchObject({ is: 'there' });
    expect(await row('8')).toMatchObject({ is: 'gone' });
  });
});

test('a row that moved to a page which was read already is not gone', async () => {
  let asked = 0;
  const server = await listen(({ query }) => {
    asked += 1;
    const page = query['page']?.[0] ?? '0';
    // Between the two pages somebody took `a` out, and `b` moved up.
    const rows = asked === 1 ? ['a'] : page === '0' ? ['b'] : ['c'];
    return { status: 200, body: JSON.stringify({ rows: rows.map((id) => ({ id })), next: page === '0' }) };
  });
  const first = { method: 'GET', path: '/things' } as const;
  const walk: Walk = {
    first,
    rows: ({ json }) => rowsOf(under(json, 'rows')),
    next: ({ json }) => (under(json, 'next') === true ? { ...first, query: { page: '1' } } : null),
  };
  const listing = { vendor: vendor(async () => await Promise.resolve({})), walk, name: 'the list of things' };
  const { outside } = rigOutside({ baseUrl: server.url });
  const find = async (id: string) =>
    await rowIn(
      listing,
      outside,
      (row) => hasId(row, 'id', id),
      () => ({ kept: { id } }),
    );
  try {
    expect(await find('b')).toMatchObject({ is: 'there' });
    expect(await find('a')).toMatchObject({ is: 'gone' });
  } finally {
    await server.close();
  }
});

test('a listing that was cut short proves nothing gone', async () => {
  await withPages(60, [{ id: 'a' }], async ({ row }) => {
    expect(await row('a')).toMatchObject({ is: 'there' });
    expect(await row('b')).toMatchObject({ is: 'hidden' });
  });
  await withPages(60, [], async ({ any }) => expect(await any()).toMatchObject({ is: 'hidden' }));
});
