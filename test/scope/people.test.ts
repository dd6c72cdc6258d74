import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Instant } from '../../src/base/instant.ts';
import { counting, type Counts } from '../../src/scope/count.ts';
import { gatherer, keptIn, type Kept } from '../../src/scope/gather.ts';
import { listLine } from '../../src/scope/list.ts';
import { joining, type Person } from '../../src/scope/people.ts';
import { SOURCES_MAX, sourcesOf } from '../../src/scope/sources.ts';

const window = { since: 1000 as Instant, until: 2000 as Instant };

const kept = (more: Partial<Kept['sighting']>, at: number | null = 1500, records = 1): Kept => ({
  sighting: {
    email: '',
    phone: '',
    ids: [],
    name: '',
    language: '',
    country: '',
    brand: '',
    card: '',
    ...more,
  },
  records,
  first: at as Instant | null,
  last: at as Instant | null,
});

type Export = Readonly<{ name: string; rows: readonly Kept[] }>;
const join = (exports: readonly Export[]): readonly Person[] => {
  const all = joining(window);
  for (const [source, { rows }] of exports.entries()) for (const one of rows) all.take(one, source);
  return [...all.people()].filter((one) => one !== null);
};
const listed = (exports: readonly Export[]): readonly string[] =>
  join(exports).map((person) =>
    listLine(
      person,
      exports.map(({ name }) => name),
    ),
  );
const count = (exports: readonly Export[], left = { nobody: 0, unseen: 0 }): Counts => {
  const counts = counting({ ...left, classes: exports.map(() => ['contact']) });
  for (const person of join(exports)) counts.take(person);
  return counts.done();
};

const one = (rows: readonly Kept[]): readonly Export[] => [{ name: 'one', rows }];

test('people are joined by address, number or id, along a chain', () => {
  const [person, ...others] = join(
    one([
      kept({ email: 'a@x.example', name: 'Anna' }, 1100),
      kept({ email: 'a@x.example', phone: '+4915112000001' }, 1200),
      kept({ phone: '+4915112000001', ids: ['shop:7'], country: 'DE' }, 1300),
      kept({ ids: ['shop:7'], name: 'Anna M.' }, 1400),
    ]),
  );
  expect(others).toEqual([]);
  expect(person).toMatchObject({
    email: 'a@x.example',
    phone: '+4915112000001',
    name: 'Anna M.',
    country: 'DE',
    records: 4,
    joined: 7,
    names: 2,
  });
});

test('a name, a country and a brand in common join nobody', () => {
  const same = { name: 'Anna Muster', country: 'DE', brand: 'lrh' };
  expect(
    join(one([kept({ ...same, email: 'a@x.example' }), kept({ ...same, email: 'b@x.example' })])),
  ).toHaveLength(2);
});

test('an id of one vendor is none of another, and no address is a number', () => {
  expect(join(one([kept({ ids: ['shop:7'] }), kept({ ids: ['crm:7'] })]))).toHaveLength(2);
});

test('the least counts those who are surely different, the most everybody who could be', () => {
  const counts = count(
    one([
      kept({ email: 'a@x.example', name: 'A' }),
      kept({ email: 'a@x.example', name: 'B' }),
      kept({ email: 'b@x.example' }),
      kept({ phone: '+4915112000001', country: 'DE' }),
      kept({ email: 'c@x.example' }, null),
      kept({ email: 'd@x.example' }, 10),
    ]),
    { nobody: 5, unseen: 100 },
  );
  expect(counts).toMatchObject({
    minimum: 2,
    likely: 4,
    maximum: 4 + 5 + 100 + 1,
    untimed: 1,
    outside: 1,
    phoneOnly: 1,
    names: 1,
    countries: { DE: { minimum: 1, likely: 1, maximum: 1 + 3 + 106 } },
  });
});

test('who was seen before the window and after it is not surely of those seen in it', () => {
  const at = (email: string, first: number, last: number): Kept => ({
    ...kept({ email }),
    first: first as Instant,
    last: last as Instant,
  });
  const around = [at('a@x.example', 500, 2500)];
  expect(count(one(around))).toMatchObject({ minimum: 0, likely: 1, untimed: 1, outside: 0 });
  const edges = [at('b@x.example', 500, 1000), at('c@x.example', 2000, 2500), at('d@x.example', 10, 20)];
  expect(count(one([...around, ...edges]))).toMatchObject({ minimum: 2, likely: 3, outside: 1 });
});

test('people of the fortieth export count with its kinds of data, and not with those of another', () => {
  const daily = Array.from({ length: 40 }, () => ({ channel: 'chat', mapping: 'm', data: ['contact'] }));
  const imports = [...daily, { channel: 'shop', mapping: 'm', data: ['payment-card'] }];
  const { names, classes, of } = sourcesOf(imports);
  const all = joining(window);
  for (const [at] of imports.entries()) all.take(kept({ email: `e${at}@x.example` }), at, of[at]);
  const counts = counting({ nobody: 0, unseen: 0, classes });
  const people = [...all.people()].filter((found) => found !== null);
  for (const person of people) counts.take(person);
  expect(counts.done().classes).toMatchObject({ contact: { likely: 40 }, 'payment-card': { likely: 1 } });
  const card = people.find(({ email }) => email === 'e40@x.example');
  expect(card?.sources.map((place) => names[place])).toEqual(['shop']);
});

test('of more different sources than there is room for no kind of data is lost', () => {
  const imports = Array.from({ length: 50 }, (_, n) => ({ channel: `c${n}`, mapping: 'm', data: [`d${n}`] }));
  const { names, classes, of } = sourcesOf(imports);
  expect([names.length, classes.length, names.at(-1)]).toEqual([SOURCES_MAX, SOURCES_MAX, 'others']);
  for (const [at, { data }] of imports.entries())
    expect(classes[of[at] ?? -1]).toEqual(expect.arrayContaining([...data]));
});

const key = fc.integer({ min: 0, max: 6 });
const sighting = fc
  .record({
    email: fc.option(key, { nil: null }),
    phone: fc.option(key, { nil: null }),
    id: fc.option(key, { nil: null }),
    name: fc.constantFrom('', 'Anna', 'Ben'),
    country: fc.constantFrom('', 'DE', 'FR'),
    card: fc.constantFrom('', 'visa', 'amex'),
    at: fc.option(fc.integer({ min: 500, max: 2500 }), { nil: null }),
  })
  .filter(({ email, phone, id }) => email !== null || phone !== null || id !== null)
  .map(({ email, phone, id, at, ...others }) =>
    kept(
      {
        ...others,
        email: email === null ? '' : `e${email}@x.example`,
        phone: phone === null ? '' : `+491511200000${phone}`,
        ids: id === null ? [] : [`shop:${id}`],
      },
      at,
    ),
  );

test('the order of exports and of their rows changes nothing', () => {
  const exports = fc.array(fc.array(sighting, { maxLength: 8 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(exports, fc.infiniteStream(fc.nat()), (all, luck) => {
      const given = all.map((rows, i) => ({ name: `export-${i}`, rows }));
      const shuffled = <T>(list: readonly T[]): readonly T[] =>
        list
          .map((item) => [luck.next().value ?? 0, item] as const)
          .toSorted(([a], [b]) => a - b)
          .map(([, item]) => item);
      const other = shuffled(given).map(({ name, rows }) => ({ name, rows: shuffled(rows) }));
      expect(listed(other)).toEqual(listed(given));
      expect(count(other)).toEqual(count(given));
    }),
    { numRuns: 300 },
  );
});

test('two share a person exactly where a chain of keys leads from one to the other', () => {
  fc.assert(
    fc.property(fc.array(sighting, { maxLength: 12 }), (rows) => {
      // The plain way: groups that are merged until no two of them share a key.
      let groups = rows.map(
        ({ sighting: { email, phone, ids } }) =>
          new Set([email, phone, ...ids].filter((text) => text !== '')),
      );
      for (let before = -1; before !== groups.length;) {
        before = groups.length;
        const merged: Set<string>[] = [];
        for (const group of groups) {
          const found = merged.find((set) => [...set].some((text) => group.has(text)));
          if (found === undefined) merged.push(new Set(group));
          else for (const text of group) found.add(text);
        }
        groups = merged;
      }
      expect(join(one(rows))).toHaveLength(groups.length);
    }),
    { numRuns: 300 },
  );
});

test('an export that is written down in parts says the same as one that is held whole', () => {
  const rows = Array.from({ length: 500 }, (_, i) =>
    kept({ email: `e${i % 90}@x.example`, name: i % 7 === 0 ? 'Anna' : '' }, 1000 + i),
  );
  const through = (waysMax: number): readonly Kept[] => {
    const gathered = gatherer(waysMax);
    const out: Kept[] = [];
    const keep = (): void => {
      for (const { content } of gathered.pieces(300)) out.push(...keptIn(new TextDecoder().decode(content)));
    };
    for (const row of rows) {
      gathered.take({ sighting: row.sighting, at: row.first, doubts: [], hidden: 0 });
      if (gathered.full()) keep();
    }
    keep();
    return out;
  };
  expect(through(13).length).toBeGreaterThan(through(10_000).length);
  expect(listed(one(through(13)))).toEqual(listed(one(through(10_000))));
});

test('memory follows the ways that are held, not the rows that were read', () => {
  const held = (rows: number): number => {
    const gathered = gatherer(5000);
    let most = 0;
    for (let i = 0; i < rows; i += 1) {
      const { sighting: someone } = kept({ email: `e${i}@x.example`, name: `Anna ${i}` });
      gathered.take({ sighting: someone, at: null, doubts: [], hidden: 0 });
      if (!gathered.full()) continue;
      for (const { content } of gathered.pieces(1 << 20)) most = Math.max(most, content.byteLength);
      most = Math.max(most, process.memoryUsage().arrayBuffers);
    }
    return most;
  };
  const few = held(10_000);
  expect(held(150_000)).toBeLessThan(few + 48 * 2 ** 20);
});

test('more people than are sorted in one go stand in the same order, with breaths between', () => {
  const all = joining(window);
  for (let i = 0; i < 20_000; i += 1) all.take(kept({ email: `p${i}@x.example` }), 0);
  const told = [...all.people()];
  const ids = told.flatMap((one) => (one === null ? [] : [one.id]));
  expect(new Set(ids).size).toBe(20_000);
  expect(ids).toEqual(ids.toSorted());
  // As long as nothing is said, nobody breathes: the first person comes after the sorting.
  expect(told.indexOf(null)).toBe(0);
  expect(told.filter((one) => one === null).length).toBeGreaterThan(10);
});
