import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { fileName, sameNameKey } from '../../src/base/file-name.ts';
import { maskSecrets } from '../../src/base/mask.ts';
import { csvRow, htmlText, markdownText, visible, visibleBlock, visibleJson } from '../../src/base/text.ts';
import { safeJson } from '../../src/cli/print.ts';
import { redact } from '../../src/io/redact.ts';
import { readCsv } from '../exports/csv.ts';
import { hiddenIn, hostileTexts } from './corpus.ts';
import { processorMs } from '../rig/processor.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...hostileTexts), { maxLength: 4 }).map((parts) => parts.join('')),
);

/** A formula, whatever blanks stand before it. */
// oxlint-disable-next-line no-control-regex -- NUL, TAB, CR and LF are among them
const FORMULA = /^[\s\u0000]*[=+\-@|%＝＋－＠﹦﹢﹣﹫]|^[\t\r\n\u0000]/;

/** One a sink: what it must never let through, as one question about what came out of it. */
const sinks: Readonly<Record<string, (text: string) => void>> = {
  'a line of a terminal': (text) => expect(hiddenIn(visible(text))).toEqual([]),
  'a block of a terminal': (text) => expect(hiddenIn(visibleBlock(text), '\n')).toEqual([]),
  'a row of a spreadsheet': (text) => {
    const row = csvRow([text, 'x', text]);
    expect(hiddenIn(row.slice(0, -2))).toEqual([]);
    const cells = readCsv(row);
    expect(cells).toHaveLength(1);
    expect(cells[0]).toHaveLength(3);
    for (const cell of cells[0] ?? []) expect(cell).not.toMatch(FORMULA);
  },
  HTML: (text) => {
    const shown = htmlText(text);
    expect(hiddenIn(shown)).toEqual([]);
    expect(shown).not.toMatch(/[<>"']/);
    expect(shown.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
  },
  Markdown: (text) => {
    const shown = markdownText(text);
    expect(hiddenIn(shown)).toEqual([]);
    const page = marked.parse(`before\n\n${shown}\n\nafter`, { async: false, gfm: true });
    // A mail address may stand as a link: it leads nowhere but to what it shows.
    expect(page.replaceAll(/<\/?p>|<a href="mailto:[^"]*">|<\/a>/g, '')).not.toMatch(/<[^>]*>/);
    const cell = marked.parse(`| a | b |\n|---|---|\n| ${shown} | x |`, { async: false, gfm: true });
    expect(cell.match(/<td>/g)).toHaveLength(2);
  },
  'JSON Lines': (text) => {
    const line = visibleJson(JSON.stringify({ text, [text]: 1 }));
    expect(hiddenIn(line)).toEqual([]);
    expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify({ text, [text]: 1 })));
    expect(safeJson({ text })).toBe(visibleJson(JSON.stringify({ text })));
  },
  'a file name': (text) => {
    const name = fileName(text);
    expect(hiddenIn(name)).toEqual([]);
    expect(name).not.toMatch(/[/\\:*?"<>|\s]|^[-.]|[-.]$|^(con|prn|aux|nul|com.|lpt.)(\.|$)/i);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
    expect(name.normalize('NFC')).toBe(name);
    expect(fileName(name)).toBe(name);
  },
};

describe.each(Object.entries(sinks))('%s', (_, holds) => {
  test('is left by no text that is known to try', () => {
    for (const text of hostileTexts) {
      expect(
        processorMs(() => holds(text)),
        JSON.stringify(text.slice(0, 40)),
      ).toBeLessThan(1000);
    }
  });

  test('is left by no text at all', () => {
    const ask = (text: string): void => {
      holds(text);
    };
    fc.assert(fc.property(anyText, ask), { numRuns: 300 });
  });
});

test('what is let through would be found: each question has a text that it says no to', () => {
  for (const text of ['\u001b[2J', '\u202e', '\u{e0041}', '\ud800', '\u00ad'])
    expect(hiddenIn(text)).not.toEqual([]);
  for (const text of ['=1', '  ＝1', '\t']) expect(text).toMatch(FORMULA);
  expect(hostileTexts.length).toBeGreaterThan(500);
});

test('nothing is dropped: every character is there, as itself or as its number', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const back = visible(text.replaceAll('\\u{', '')).replaceAll(/\\u\{([0-9a-f]+)\}/g, (_, hex: string) =>
        String.fromCodePoint(Number.parseInt(hex, 16)),
      );
      expect(back).toBe(text.replaceAll('\\u{', ''));
    }),
  );
});

test.each([
  [
    'a joiner between letters and emoji stays, a row of them is shown',
    'می‌خواهم 👩‍💻 a\u200db',
    'می‌خواهم 👩‍💻 a\\u{200d}b',
  ],
  ['the style of an emoji stays, a selector on a letter is shown', '❤️ 1️⃣ a\ufe0f', '❤️ 1️⃣ a\\u{fe0f}'],
  ['a variant of a Han letter stays', '葛\ufe00', '葛\ufe00'],
  ['a letter keeps six marks', `e${'\u0301'.repeat(8)}`, `e${'\u0301'.repeat(6)}\\u{301}\\u{301}`],
  ['a mark on nothing is shown', '\u0301e', '\\u{301}e'],
  ['scripts with marks of their own stay', 'नमस्ते שָׁלוֹם ạ̈ ภาษาไทย', 'नमस्ते שָׁלוֹם ạ̈ ภาษาไทย'],
])('%s', (_, text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('names that some file system takes for one have one key', () => {
  expect(sameNameKey('Ärger.YAML')).toBe(sameNameKey('a\u0308rger.yaml'));
  expect(sameNameKey('straße')).toBe(sameNameKey('STRASSE'));
  expect(sameNameKey('ﬁle')).toBe(sameNameKey('file'));
  expect(sameNameKey('a')).not.toBe(sameNameKey('b'));
});

test('masking and redacting end in time on every text, and crash on none', () => {
  const hide = redact(['a-known-secret']);
  for (const text of hostileTexts) {
    const took = processorMs(() => {
      maskSecrets(text);
      hide(text);
    });
    expect(took).toBeLessThan(1000);
  }
});
