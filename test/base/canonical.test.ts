import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CanonicalError, canonicalEntry, canonicalJson, type Json } from '../../src/base/canonical.ts';

const value = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 4 }),
  ),
})).value;

describe('canonical JSON', () => {
  it('reads back as the same value, and writing that again gives the same text', () => {
    fc.assert(
      fc.property(value, (json) => {
        const text = canonicalJson(json);
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(json)));
      }),
    );
  });

  it('does not depend on the order in which keys were set', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (object) => {
        expect(canonicalJson(Object.fromEntries(Object.entries(object).toReversed()))).toBe(
          canonicalJson(object),
        );
      }),
    );
  });

  it('writes minus zero as zero and escapes as RFC 8785 does', () => {
    expect(canonicalJson([-0, '\b\t\n\f\r"\\/\u0001\u007f\u2028'])).toBe(
      '[0,"\\b\\t\\n\\f\\r\\"\\\\/\\u0001\u007f\u2028"]',
    );
  });

  const nested = (depth: number): Json => (depth === 0 ? 1 : { a: nested(depth - 1) });

  it('refuses what has no one form, and says where', () => {
    const refused: [unknown, string][] = [
      [{ a: [1, 0.5] }, 'a[1]'],
      [{ a: 2 ** 53 }, 'a'],
      [{ a: Number.NaN }, 'a'],
      [{ a: { b: '\ud800' } }, 'a.b'],
      [{ a: undefined }, 'a'],
      [{ a: 1n }, 'a'],
      [nested(17), 'a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a'],
    ];
    for (const [wrong, path] of refused) {
      expect(() => canonicalJson(wrong as Json)).toThrow(CanonicalError);
      expect(() => canonicalJson(wrong as Json)).toThrow(path);
    }
    expect(canonicalJson(nested(16))).toContain('1');
  });

  it('writes an object with its keys in order as one whose keys are not, at every depth', () => {
    const small = fc.letrec<{ of: Json }>((tie) => ({
      of: fc.oneof(
        { maxDepth: 4 },
        fc.integer(),
        fc.boolean(),
        fc.string({ unit: 'binary' }),
        fc.array(tie('of'), { maxLength: 3 }),
        fc.dictionary(fc.stringMatching(/^[a-c_0-1]{1,3}$/), tie('of'), { maxKeys: 4 }),
      ),
    })).of;
    const answer = (value: Json): string => {
      try {
        return canonicalEntry({ of: value });
      } catch (error) {
        return `refused: ${(error as CanonicalError).path}`;
      }
    };
    const turned = (value: Json, turn: (keys: [string, Json][]) => [string, Json][]): Json => {
      if (Array.isArray(value)) return (value as readonly Json[]).map((item) => turned(item, turn));
      if (typeof value !== 'object' || value === null) return value;
      const pairs = Object.entries(value).map(([key, item]): [string, Json] => [key, turned(item, turn)]);
      return Object.fromEntries(turn(pairs));
    };
    const byKey = ([a]: [string, Json], [b]: [string, Json]): number => (a < b ? -1 : 1);
    fc.assert(
      fc.property(small, (json) => {
        const sorted = answer(turned(json, (pairs) => pairs.toSorted(byKey)));
        expect(answer(turned(json, (pairs) => pairs.toSorted(byKey).toReversed()))).toBe(sorted);
        if (!sorted.startsWith('refused')) expect(sorted).toBe(canonicalJson({ of: json }));
      }),
    );
  });

  it('asks no object for another form of itself', () => {
    const sly = Object.assign(Object.create({ toJSON: () => 'another' }) as object, { a: 1 }) as { a: Json };
    expect(canonicalEntry(sly)).toBe('{"a":1}');
    expect(canonicalEntry({ a: [sly] })).toBe('{"a":[{"a":1}]}');
  });

  it('for entries takes only plain keys and no U+007F', () => {
    expect(canonicalEntry({ b_1: 1, a: 'ü' })).toBe('{"a":"ü","b_1":1}');
    for (const wrong of [{ A: 1 }, { 'a-b': 1 }, { '': 1 }, { a: '\u007f' }, { a: [{ ä: 1 }] }] as Json[]) {
      expect(() => canonicalEntry(wrong as { a: Json })).toThrow(CanonicalError);
    }
  });
});
