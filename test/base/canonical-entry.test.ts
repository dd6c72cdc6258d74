import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalEntry,
  canonicalJson,
  isCanonicalEntry,
  type Json,
  type JsonObject,
} from '../../src/base/canonical.ts';

/** Any value under keys that an entry may have, in any order; some have no canonical form. */
const entryLike = fc.dictionary(fc.stringMatching(/^[a-z0-9_]{1,3}$/), fc.jsonValue(), { maxKeys: 6 });

/** What the slow way says: write it out and compare. */
const written = (value: JsonObject, text: string): boolean => {
  try {
    return canonicalEntry(value) === text;
  } catch {
    return false;
  }
};
const agrees = (text: string): boolean | null => {
  const value = JSON.parse(text) as Json;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const [fast, slow] = [
    isCanonicalEntry(value as JsonObject, text),
    written(value as JsonObject, text),
  ] as const;
  expect(fast, text).toBe(slow);
  return fast;
};

describe('whether a text is the canonical one of its value', () => {
  it.each([
    ['{"a":1,"b":[true,null,{"c":"x"}]}', true],
    ['{"b":1,"a":2}', false],
    ['{"a": 1}', false],
    ['{"a":1.0}', false],
    ['{"a":1.5}', false],
    ['{"a":-0}', false],
    ['{"a":1e3}', false],
    ['{"a":9007199254740992}', false],
    ['{"a":"\\u0041"}', false],
    ['{"a":"\\/"}', false],
    ['{"a":"\u007f"}', false],
    [String.raw`{"a":"\ud800"}`, false],
    // The six letters of an escape in a text, not an escape.
    [String.raw`{"a":"\\ud800"}`, true],
    ['{"a":1,"a":1}', false],
    ['{"A":1}', false],
    // Keys that look like numbers are put first by the engine, whatever their order was.
    ['{"10":1,"9":2,"a":3}', true],
    ['{"9":2,"10":1}', false],
    ['{"__proto__":1,"a":2}', true],
    [`${'{"a":'.repeat(15)}{}${'}'.repeat(15)}`, true],
    [`${'{"a":'.repeat(16)}{}${'}'.repeat(16)}`, false],
  ])('%s: %s', (text, canonical) => {
    expect(agrees(text)).toBe(canonical);
  });

  it('says the same as writing it out, for any value and for any text of it', () => {
    const texts = entryLike.chain((made) =>
      fc.constantFrom(JSON.stringify(made), JSON.stringify(made, null, 1)),
    );
    let canonical = 0;
    fc.assert(fc.property(texts, (text) => void (canonical += agrees(text) === true ? 1 : 0)));
    expect(canonical).toBeGreaterThan(0);
  });
});

describe('writing an entry', () => {
  it.each<JsonObject>([
    { b: [{ d: 1, c: -0 }], a: null, ab: 'é\u2028"' },
    // Keys that the engine would move, or take for something else.
    { a: 3, '9': 2, '10': 1 },
    JSON.parse('{"a":2,"__proto__":{"b":1,"a":2}}') as JsonObject,
  ])('gives the text of RFC 8785, whatever the order of the keys: %j', (value) => {
    expect(canonicalEntry(value)).toBe(canonicalJson(value));
  });

  it.each<[string, unknown]>([
    ['a', { a: undefined }],
    ['a[1]', { a: [1, undefined] }],
    ['a.b', { a: { b: 1.5 } }],
    ['a', { a: '\ud800' }],
    ['a', { a: '\u007f' }],
    ['B', { B: 1 }],
  ])('refuses what has none, and says where: %s', (path, value) => {
    expect(() => canonicalEntry(value as JsonObject)).toThrow(expect.objectContaining({ path }));
  });

  it('says the same as writing it out, for any value', () => {
    const of = (write: () => string): string | null => {
      try {
        return write();
      } catch {
        return null;
      }
    };
    let written = 0;
    fc.assert(
      fc.property(entryLike, (value) => {
        const text = of(() => canonicalEntry(value as JsonObject));
        if (text === null) return;
        written += 1;
        expect(text).toBe(canonicalJson(value as JsonObject));
      }),
    );
    expect(written).toBeGreaterThan(0);
  });
});
