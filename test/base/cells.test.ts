import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { cellsOf, padCells, signsOf } from '../../src/base/cells.ts';
import { visible } from '../../src/base/text.ts';

test('no sign is taken for narrower than the Unicode tables have it', () => {
  const narrower: string[] = [];
  // Above them lie Han letters alone, then nothing with a width.
  for (let code = 0x20; code <= 0x20100; code += 1) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const char = String.fromCodePoint(code);
    if (cellsOf(char) < stringWidth(char)) narrower.push(code.toString(16));
  }
  expect(narrower).toEqual([]);
});

test.each([
  ['plain words', 11],
  ['漢字', 4],
  ['e\u0301', 1],
  // One picture of two cells, or three of them in a row: the most that a terminal takes.
  ['👩‍💻', 4],
  ['❤️', 2],
  ['ｗｉｄｅ', 8],
  ['ｱｲｳ', 3],
] as const)('%s takes %i cells at most', (text, cells) => {
  expect(cellsOf(text)).toBe(cells);
});

test('joined pictures, flags and marks are never wider than what is counted', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
      const shown = visible(text);
      expect(cellsOf(shown)).toBeGreaterThanOrEqual(stringWidth(shown));
    }),
  );
});

test('a line is broken between signs, and nothing is lost', () => {
  expect(signsOf('ae\u0301❤️x')).toEqual(['a', 'e\u0301', '❤️', 'x']);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
      expect(signsOf(text).join('')).toBe(text);
    }),
  );
  expect(padCells('漢', 4)).toBe('漢  ');
  expect(padCells('long', 2)).toBe('long');
});
