import { describe, expect, test } from 'vitest';
import { systemTypesetter } from '../../src/io/typeset.ts';
import { paper } from '../../src/letters/papers/paper.ts';
import { paperFormats, type PaperFormat } from '../../src/model/paper.ts';
import { hostile } from '../fixtures/incident.ts';
import { FONTS, membersOf, paperLetter } from './papers-rig.ts';
import { sampleOf } from './rig.ts';

const typesetter = systemTypesetter(FONTS);
const write = async (format: PaperFormat, letter = paperLetter('gdpr-art34')) =>
  (await paper(format, letter, () => typesetter)).bytes;
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const saying = (nature: string) =>
  paperLetter('gdpr-art34', {}, { facts: { ...sampleOf('gdpr-art34'), nature } });

test.each(paperFormats)('%s takes whatever a stranger wrote', async (format) => {
  const evil = hostile.join('\n\n');
  const letter = { ...saying(evil), sender: evil, reference: evil, subject: evil };
  expect((await write(format, letter)).length).toBeGreaterThan(1000);
  const long = saying('x'.repeat(100_000));
  expect((await write(format, { ...long, subject: 'x'.repeat(100_000) })).length).toBeGreaterThan(1000);
});

describe('the head of a mail', () => {
  const headOf = async (changes: Parameters<typeof paperLetter>[1]): Promise<string> =>
    text(await write('eml', paperLetter('gdpr-art34', changes))).split('\r\n\r\n')[0] ?? '';
  const names = (head: string): readonly string[] =>
    [...head.matchAll(/^([A-Za-z-]+):/gm)].map(([, name = '']) => name);

  const INJECTED = 'Hello\r\nBcc: everybody@example.com\r\n\r\n<script>';

  test('takes no line of its own from a subject, an address or a language', async () => {
    const usual = names(await headOf({ to: 'a@example.com' }));
    for (const changes of [
      { to: 'a@example.com', subject: INJECTED },
      { to: `a@example.com\r\nBcc: b@example.com`, subject: 'x' },
      { to: 'a@example.com', language: 'en\r\nBcc: b@example.com' },
    ])
      expect(names(await headOf(changes))).toEqual(usual);
  });

  test('with a line of its own is seen: the control', async () => {
    const head = (await headOf({ to: 'a@example.com' })).replace(
      'Subject:',
      'Bcc: b@example.com\r\nSubject:',
    );
    expect(names(head)).toContain('Bcc');
  });

  test('has no line longer than mail allows', async () => {
    const head = await headOf({ subject: 'ü'.repeat(100_000) });
    expect(Math.max(...head.split('\r\n').map((line) => line.length))).toBeLessThan(998);
  });
});

test('a document stays well-formed, and what XML has no words for is shown', async () => {
  const letter = saying('</w:t><w:br/>&amp; ]]> \u0000 \ufffe \uffff \ud800 "\'');
  const members = membersOf(await write('docx', { ...letter, sender: '<b>&"\ufffe', subject: '<t>\u0001' }));
  const body = members.get('word/document.xml') ?? '';
  expect(body).toContain('&lt;/w:t&gt;&lt;w:br/&gt;&amp;amp; ]]&gt; \\u{0} \\u{fffe} \\u{ffff} \\u{d800}');
  for (const [name, content] of members) {
    // oxlint-disable-next-line no-control-regex -- that there are none is the point
    expect([name, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(content)]).toEqual([
      name,
      false,
    ]);
  }
  expect(members.get('docProps/core.xml')).toContain('<dc:title>&lt;t&gt;\\u{1}</dc:title>');
});

test('right-to-left words are set right to left', async () => {
  const letter = saying('שלום עולם\n\nمرحبا بالعالم\n\nHello');
  const body = membersOf(await write('docx', letter)).get('word/document.xml') ?? '';
  expect(body.match(/<w:bidi\/>/g)).toHaveLength(2);
  expect(body).toMatch(/<w:rtl\/>.*שלום עולם/s);
  expect(text(await write('html', letter))).toContain('<p dir="auto">שלום עולם</p>');
  const hebrew = membersOf(await write('docx', { ...saying('20.11.2026'), language: 'he' }));
  expect(hebrew.get('word/document.xml')).toMatch(/<w:bidi\/>(?:(?!<\/w:p>).)*20\.11\.2026/s);
});
