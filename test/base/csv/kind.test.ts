import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellText } from '../../../src/base/csv/cells.ts';
import { isAscii, isWord, kindOf, MARKUP, ODD, type Kind } from '../../../src/base/csv/kind.ts';
import { csvRows } from '../../../src/base/csv/rows.ts';
import { visible } from '../../../src/base/text.ts';

const text = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', 'Z', '7', ' ', '&', '"', 'é', 'ſ', 'À', '¿', '漢', '🙂'),
    maxLength: 8,
  }),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

test.each([
  ['Ada 7', { ascii: true, word: true, odd: false, markup: false }],
  ['a@b.example', { ascii: true, word: false, odd: false, markup: false }],
  ["O'Brien", { ascii: true, word: false, odd: false, markup: true }],
  ['Köln', { ascii: false, word: false, odd: false, markup: false }],
  ['two  spaces', { ascii: false, word: false, odd: true, markup: false }],
  [' before', { ascii: false, word: false, odd: true, markup: false }],
  ['漢', { ascii: false, word: false, odd: true, markup: false }],
  ['¿que', { ascii: false, word: false, odd: true, markup: false }],
  ['\u001b[31m', { ascii: false, word: false, odd: true, markup: false }],
])('%j is what it is made of', (value, wanted) => {
  const kind = kindOf(value);
  expect({
    ascii: isAscii(kind),
    word: isWord(kind),
    odd: (kind & ODD) !== 0,
    markup: (kind & MARKUP) !== 0,
  }).toEqual(wanted);
});

test('a text in bytes is of the kind that the same text is of', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 2, maxLength: 4 }), (cells) => {
      const whole = cells.map((one) => one.toWellFormed().replaceAll('\uFFFD', ''));
      const found: (readonly [string, Kind])[] = [];
      const reader = csvRows({
        encoding: 'utf-8',
        separator: ',',
        onRow: (row) => {
          for (let at = 0; at < row.count; at++) found.push([cellText(row, at), row.kinds[at] ?? 0]);
        },
        onFault: (fault) => expect(fault).toBeNull(),
      });

      reader.push(Buffer.from(whole.map((one) => `"${one.replaceAll('"', '""')}"`).join(','), 'utf8'));
      reader.end();
      for (const [one, kind] of found)
        if ((kind & ODD) === 0) expect(kind).toBe(kindOf(one));
        // A doubled mark may be taken for an odd one beside it: that is slower and no different.
        else expect((kindOf(one) & ODD) !== 0 || one.includes('"')).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('nothing is changed by showing it, unless it is odd', () => {
  fc.assert(
    fc.property(text, (value) => {
      if ((kindOf(value) & ODD) === 0) expect(visible(value)).toBe(value);
    }),
    { numRuns: 2000 },
  );
});
