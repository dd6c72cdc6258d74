import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { charactersOf, nameOf } from '../../src/dev/fonts/sfnt.ts';
import { directionOf, FAMILIES, settable } from '../../src/letters/papers/settable.ts';
import { FONTS } from './papers-rig.ts';

const files = readdirSync(FONTS).filter((name) => name.endsWith('.ttf'));
const fonts = files.map((name) => readFileSync(join(FONTS, name)));

describe('the fonts of the letters', () => {
  test('stay small, and have a name of their own and their license inside', () => {
    expect(fonts.reduce((sum, font) => sum + font.length, 0)).toBeLessThan(800 * 1024);
    for (const font of fonts) {
      expect(FAMILIES).toContain(nameOf(font, 1));
      expect(nameOf(font, 13)).toMatch(/SIL Open Font License|Bitstream/);
    }
    expect(readFileSync(join(FONTS, 'LICENSE'), 'utf8')).toMatch(/SIL OPEN FONT LICENSE[^]*Bitstream Vera/);
  });

  test('have exactly the characters that are written down for them', () => {
    const byFamily = Map.groupBy(fonts, (font) => nameOf(font, 1));
    const common = [...byFamily.values()].flatMap((faces) => {
      const [first = new Set<number>(), ...rest] = faces.map((font) => new Set(charactersOf(font)));
      return [...first].filter((point) => rest.every((face) => face.has(point)));
    });
    const all = new Set(common);
    expect(all.size).toBeGreaterThan(3500);
    for (let point = 0x20; point < 0x30000; point += 1) {
      const char = String.fromCodePoint(point);
      if (/[\p{Default_Ignorable_Code_Point}\p{Cs}]/u.test(char)) continue;
      // A mark by itself stands on nothing; it is asked for with the letter that it is on.
      const { missing } = settable(char);
      if ((missing.length === 0) !== all.has(point)) expect([char, point.toString(16)]).toEqual([]);
    }
  });

  test.each([
    ['Latin', 'Žluťoučký kůň, Ångström, Đặng, ß ẞ “quoted” €'],
    ['Greek', 'Αθήνα, πολυτονικό ᾧ'],
    ['Cyrillic', 'Київ, Москва, Ђорђе'],
    ['Hebrew', 'שָׁלוֹם עולם'],
    ['Arabic', 'السَّلام عليكم ١٢٣ پاکستان'],
    ['the marks of the program', '✓ ✗ ⚠ ☑ ☐ ★ ▶ ▲ ■ ⊘ ─ │ ± · … →'],
    ['a letter with its mark beside it', 'e\u0301 n\u0303'],
  ])('have %s', (_, text) => {
    expect(settable(text)).toEqual({ text, missing: [] });
  });

  test.each([
    ['漢字 and 😀', String.raw`\u{6f22}\u{5b57} and \u{1f600}`, ['漢', '字', '😀']],
    ['a\u0000b', String.raw`a\u{0}b`, ['\u0000']],
    ['ע\u0301', String.raw`ע\u{301}`, ['\u0301']],
    ['漢\u0301', String.raw`\u{6f22}\u{301}`, ['漢', '\u0301']],
    ['😀 😀', String.raw`\u{1f600} \u{1f600}`, ['😀']],
  ])('show what they do not have: %j', (text, shown, missing) => {
    expect(settable(text)).toEqual({ text: shown, missing });
  });
});

test.each([
  ['Hello שלום', false, null],
  ['שלום Hello', true, 'he'],
  ['123 - مرحبا', true, 'ar'],
  ['12 %', null, null],
])('the first letter of %j decides its direction', (text, rtl, language) => {
  expect(directionOf(text)).toEqual(rtl === null ? null : { rtl, language });
});
