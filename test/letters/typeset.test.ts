import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../../src/base/hash.ts';
import { visible } from '../../src/base/text.ts';
import { SetError, systemTypesetter } from '../../src/io/typeset.ts';
import type { Block } from '../../src/letters/body.ts';
import type { Leaf } from '../../src/letters/merge/leaf.ts';
import { settingOf } from '../../src/letters/merge/setting.ts';
import type { PaperLetter } from '../../src/letters/papers/document.ts';
import { jobOf, pdfOf, pdfOfMany } from '../../src/letters/papers/pdf.ts';
import { hostile } from '../fixtures/incident.ts';
import { clearText, FONTS, paperLetter } from './papers-rig.ts';
import { letters } from './rig.ts';

const typesetter = systemTypesetter(FONTS);
const paragraph = (text: string): Block => ({ is: 'paragraph', lines: [[{ is: 'plain', text }]] });
const saying = (...texts: readonly string[]): PaperLetter =>
  paperLetter('gdpr-art34', { body: texts.map(paragraph) });

describe('what the typesetter is handed is text, whatever is in it', () => {
  const MARKUP = [
    '#panic("boo")',
    '#read("/etc/passwd")',
    '= heading *strong* _emph_ $x^2$ `raw` <label> @ref // comment /* */',
    String.raw`\u{1f600} \ #let x = 1`,
    '#import "@preview/x:1.0.0"',
    '"}],"letters":[]}',
    '<pdfaid:part> xmlns:pdfaid= <pdfaExtension:schemas><rdf:Bag> /ViewerPreferences << startxref 1 %%EOF',
  ];

  test('markup of its own language, in every place that words come to', () => {
    for (const text of [...MARKUP, ...hostile]) {
      const letter = paperLetter('gdpr-art34', {
        subject: text,
        sender: text,
        reference: text,
        watermark: text,
        stamp: 'DRAFT',
        body: [
          { is: 'heading', level: 1, runs: [{ is: 'strong', text }] },
          { is: 'list', items: [[{ is: 'mark', text }]] },
          paragraph(text),
        ],
      });
      expect(pdfOf(typesetter, letter).pages).toBe(1);
    }
  });

  test('markup that were read as such would have failed: the control', () => {
    const { job } = jobOf([saying('x')], saying('x'), 'x');
    expect(() => typesetter.set({ ...job(false), source: '#panic("boo")' })).toThrow(SetError);
  });

  test('a name, a word and a paragraph of 100,000 characters', () => {
    const letter = paperLetter('gdpr-art34', {
      subject: 'x'.repeat(100_000),
      body: [
        { is: 'heading', level: 1, runs: [{ is: 'plain', text: 'h'.repeat(100_000) }] },
        paragraph('y'.repeat(100_000)),
        paragraph('word '.repeat(20_000)),
        paragraph('\u05d0'.repeat(1000)),
      ],
    });
    const { pages, missing } = pdfOf(typesetter, letter);
    expect(pages).toBeGreaterThan(30);
    expect(missing).toEqual([]);
  });

  test('NUL, halves of pairs, marks that reorder, towers of marks, and what no font has', () => {
    const text = 'a\u0000b \ud800 \u202e \u200b 漢字 😀 👩‍👩‍👧 \ufffe \u{10ffff} x' + '\u0301'.repeat(500);
    for (const shown of [text, visible(text)])
      expect(() => pdfOf(typesetter, saying(shown, `${shown}שלום`))).not.toThrow();
    expect(pdfOf(typesetter, saying('漢 😀')).missing).toEqual(['漢', '😀']);
  });

  test('any characters at all', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 400 }), { maxLength: 8 }), (texts) => {
        pdfOf(typesetter, saying(...texts.flatMap((text) => [text, visible(text)])));
      }),
      { numRuns: 60 },
    );
  });

  test('every character that a font is said to have, alone and in strong words', () => {
    const all = Array.from({ length: 0x2c00 }, (_, i) => String.fromCodePoint(0x20 + i)).join(' ');
    const presentation = Array.from({ length: 0x600 }, (_, i) => String.fromCodePoint(0xfa00 + i)).join(' ');
    const text = visible(all + presentation);
    const body: Block[] = [paragraph(text), { is: 'paragraph', lines: [[{ is: 'strong', text }]] }];
    expect(pdfOf(typesetter, paperLetter('gdpr-art34', { body })).pages).toBeGreaterThan(5);
  });
});

test.each(letters)('%s keeps every rule of PDF/UA-1 that the typesetter checks, stamped or not', (letter) => {
  for (const language of ['en', 'de', 'fr', 'es', 'he']) {
    for (const made of [
      paperLetter(letter, { language }),
      paperLetter(letter, { language }, { drill: true }),
      paperLetter(letter, { language }, { facts: {} }),
    ]) {
      const { job } = jobOf([made], made, made.subject);
      expect(typesetter.set({ ...job(true), standard: 'ua-1' }).bytes.length).toBeGreaterThan(1000);
    }
  }
});

test('a letter without a title fails those rules: the control', () => {
  const letter = saying('x');
  const { job } = jobOf([letter], letter, '');
  expect(() => typesetter.set({ ...job(true), standard: 'ua-1' })).toThrow(SetError);
});

describe('many letters in one file', () => {
  const many = ['gdpr-art33', 'gdpr-art34', 'pci-acquirer'].map((letter, i) =>
    paperLetter(letter, { reference: `row ${i}` }),
  );

  test('each begin on a page of their own, and it is known where', () => {
    const made = pdfOfMany(typesetter, [...many, saying('漢')], 'Four letters');
    const alone = many.map((letter) => pdfOf(typesetter, letter).pages);
    expect(made.letters.map((one) => (one.is === 'set' ? one.last - one.first + 1 : 0))).toEqual([
      ...alone,
      1,
    ]);
    expect(made.letters[0]).toMatchObject({ first: 1 });
    expect(made.letters.map((one) => (one.is === 'set' ? one.missing : null))).toEqual([[], [], [], ['漢']]);
    expect(clearText(made.bytes)).toContain('>Four letters<');
  });

  test('go on without one that cannot be set, and say which', () => {
    const faulty = { ...saying('x'), language: 'no language' };
    const { letters: places } = pdfOfMany(typesetter, [saying('a'), faulty, saying('b')], 'T');
    expect(places.map((one) => (one.is === 'set' ? one.first : one.is))).toEqual([1, 'left-out', 2]);
    expect(places[1]).toMatchObject({
      why: expect.stringMatching(/two or three letter language code/) as unknown,
    });
    expect(() => pdfOfMany(typesetter, [faulty, faulty], 'T')).toThrow(SetError);
  });

  test('are the same file each time', () => {
    const [a, b] = [1, 2].map(() => pdfOfMany(typesetter, many, 'T').bytes);
    expect(Buffer.compare(a ?? new Uint8Array(), b ?? new Uint8Array())).toBe(0);
  });
});

test('threads set letters beside each other, in their order, and each the same bytes', async () => {
  const many = Array.from({ length: 24 }, (_, i) => saying(`Letter ${i}`));
  const [here, there] = [settingOf(typesetter, 1), settingOf(typesetter, 2)];
  try {
    const alone = await here.set(many);
    expect(alone.every((leaf) => 'bytes' in leaf && leaf.bytes.length > 1000)).toBe(true);
    expect(hashes(await there.set(many))).toEqual(hashes(alone));
    expect(hashes(alone)[0]).not.toBe(hashes(alone)[1]);
  } finally {
    await there.close();
  }
  await expect(there.set(many)).rejects.toThrow(/given up/);
});

const hashes = (leaves: readonly Leaf[]): readonly string[] =>
  leaves.map((leaf) => ('bytes' in leaf ? sha256Hex(leaf.bytes) : leaf.why));

test('one that failed leaves the next as it was', () => {
  const before = Buffer.from(pdfOf(typesetter, saying('a letter')).bytes);
  const { job } = jobOf([saying('x')], saying('x'), 'x');
  expect(() => typesetter.set({ ...job(false), data: { name: 'letters.json', json: '{' } })).toThrow(
    SetError,
  );
  expect(Buffer.compare(pdfOf(typesetter, saying('a letter')).bytes, before)).toBe(0);
});

test('without the package it says which one to install', () => {
  expect(() => systemTypesetter(FONTS, 'file:///nowhere/at/all.js')).toThrow(
    /not-installed.*npm install --global @myriaddreamin\/typst-ts-node-compiler@0\.7\.0/,
  );
});
