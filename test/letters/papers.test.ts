import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemTypesetter } from '../../src/io/typeset.ts';
import { paper } from '../../src/letters/papers/paper.ts';
import { paperFormats, type PaperFormat } from '../../src/model/paper.ts';
import { clearText, FONTS, membersOf, paperLetter } from './papers-rig.ts';
import { draft, letters, sampleOf, withFacts } from './rig.ts';

const typesetter = systemTypesetter(FONTS);
const write = async (format: PaperFormat, letter = paperLetter('gdpr-art34')) =>
  (await paper(format, letter, () => typesetter)).bytes;
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const golden = (name: string) => join(import.meta.dirname, '../golden/letters', name);
const incomplete = { facts: { nature: 'A token leaked.' } };
const german = (facts = sampleOf('gdpr-art33'), drill = false) =>
  paperLetter('gdpr-art33', draft('gdpr-art33', withFacts(facts, drill), { language: 'de' }));

describe.each(paperFormats)('a letter as %s', (format) => {
  test('is the same file every time it is made of the same letter', async () => {
    for (const letter of letters) {
      const made = paperLetter(letter, {}, { drill: true });
      expect(Buffer.compare(await write(format, made), await write(format, made))).toBe(0);
    }
  });

  test('is another file for another letter', async () => {
    const other = await write(format, paperLetter('gdpr-art34', {}, incomplete));
    expect(Buffer.compare(await write(format), other)).not.toBe(0);
  });

  test('has the languages that letters are written in', async () => {
    for (const language of ['en', 'de', 'fr', 'es', 'he', 'ar', 'pl']) {
      const bytes = await write(format, paperLetter('gdpr-art34', { language }));
      expect(bytes.length).toBeGreaterThan(1000);
    }
  });
});

describe('a mail', () => {
  test('reads as it always did', async () => {
    const letter = paperLetter('gdpr-art34', {
      subject: 'Über Ihre Daten',
      text: 'Guten Tag,\n\nwir schreiben Ihnen.\n',
      html: '<!doctype html>\n<html lang="de"><title>T</title><p>Guten Tag</p></html>\n',
      language: 'de',
      to: 'Ada Müller <ada@example.com>',
    });
    await expect(text(await write('eml', letter))).toMatchFileSnapshot(golden('mail.eml'));
  });

  test('goes to nobody unless somebody was named, and opens for editing', async () => {
    const head = text(await write('eml')).split('\r\n\r\n')[0] ?? '';
    expect(head).not.toMatch(/^(to|cc|bcc|from):/im);
    expect(head).toContain('X-Unsent: 1');
    expect(text(await write('eml', paperLetter('gdpr-art34', { to: 'dpo@example.com' })))).toContain(
      '\r\nTo: dpo@example.com\r\n',
    );
  });

  test('says in its subject and beside it what must not be sent', async () => {
    const drill = text(await write('eml', paperLetter('gdpr-art34', {}, { drill: true })));
    expect(drill).toContain('Subject: DRILL: Important information about your personal data\r\n');
    expect(drill).toContain('X-Firebreak-Status: DRILL\r\n');
    const draft = text(await write('eml', paperLetter('gdpr-art34', {}, incomplete)));
    expect(draft).toContain('Subject: DRAFT: Important information about your personal data\r\n');
    expect(draft).toContain('X-Firebreak-Status: DRAFT\r\n');
    expect(text(await write('eml'))).not.toContain('X-Firebreak-Status');
  });

  test('says it in its own language, and beside it in the word that programs know', async () => {
    const subjectOf = (mail: Uint8Array): string => {
      const folded = /^Subject: ((?:.*\r\n)(?: .*\r\n)*)/m.exec(text(mail))?.[1] ?? '';
      return folded
        .trim()
        .split(/\s+/)
        .map((word) => /^=\?UTF-8\?Q\?(.*)\?=$/.exec(word)?.[1] ?? `${word} `)
        .join('')
        .replaceAll('_', ' ')
        .replaceAll(/(?:=[0-9A-F]{2})+/g, (hex) => decodeURIComponent(hex.replaceAll('=', '%')));
    };
    const drill = await write('eml', german(sampleOf('gdpr-art33'), true));
    expect(subjectOf(drill)).toMatch(/^ÜBUNG: Meldung/);
    expect(text(drill)).toContain('X-Firebreak-Status: DRILL\r\n');
    const mail = await write('eml', german(incomplete.facts));
    expect(subjectOf(mail)).toMatch(/^ENTWURF: Meldung/);
    expect(text(mail)).toContain('X-Firebreak-Status: DRAFT\r\n');
    expect(subjectOf(await write('eml', german()))).toMatch(/^Meldung/);
  });

  test('holds text and page, nothing else, and no address that something would be fetched from', async () => {
    const mail = text(await write('eml'));
    expect([...mail.matchAll(/^Content-Type: (\S+)/gm)].map(([, type]) => type)).toEqual([
      'multipart/alternative;',
      'text/plain;',
      'text/html;',
    ]);
    expect(mail).not.toMatch(/https?:|cid:|<script|<img|<link/i);
  });
});

describe('a document for a word processor', () => {
  const parts = async (letter = paperLetter('gdpr-art34')) => membersOf(await write('docx', letter));

  test('has real headings and lists, and its language', async () => {
    const made = await parts(paperLetter('gdpr-art34', { language: 'de' }));
    const body = made.get('word/document.xml') ?? '';
    expect(body.match(/<w:pStyle w:val="Heading1"\/>/g)).toHaveLength(1);
    expect(body.match(/<w:pStyle w:val="Heading2"\/>/g)?.length).toBeGreaterThan(4);
    expect(body.match(/<w:numId /g)).toHaveLength(5);
    expect(made.get('word/styles.xml')).toContain('<w:lang w:val="de-DE"/>');
    expect(made.get('docProps/core.xml')).toContain(
      '<dc:title>Important information about your personal data</dc:title>',
    );
  });

  test('says page x of y at its foot in its language, and who and what it is about', async () => {
    const made = await parts(paperLetter('gdpr-art34', { language: 'de' }));
    const foot = made.get('word/footer1.xml') ?? '';
    expect(foot).toMatch(/amber-otter.*Seite .*PAGE.* von .*NUMPAGES/s);
    expect(made.get('word/header1.xml')).toContain('Harbour Lane Trading Ltd');
  });

  test('is stamped on every page when it must not be sent, and only then', async () => {
    const drill = await parts(paperLetter('gdpr-art34', {}, { drill: true }));
    expect(drill.get('word/header1.xml')).toMatch(/PowerPlusWaterMarkObject.*string="DRILL"/s);
    expect(drill.get('word/document.xml')).toContain('DRILL. This is an exercise');
    expect((await parts(paperLetter('gdpr-art34', {}, incomplete))).get('word/header1.xml')).toContain(
      'string="DRAFT"',
    );
    expect((await parts()).get('word/header1.xml')).not.toMatch(/DRILL|DRAFT|pict/);
    const head = (await parts(german(incomplete.facts))).get('word/header1.xml') ?? '';
    expect(head).toMatch(/>ENTWURF<.*string="ENTWURF"/s);
    expect(head).not.toContain('DRAFT');
  });
});

describe('a PDF', () => {
  test('declares PDF/A-2a and PDF/UA-1, is tagged, and has a title and a language', async () => {
    const pdf = clearText(await write('pdf', paperLetter('gdpr-art34', { language: 'fr' })));
    expect(pdf).toMatch(/<pdfaid:part>2<\/pdfaid:part><pdfaid:conformance>A</);
    expect(pdf.match(/<pdfuaid:part>1<\/pdfuaid:part>/g)).toHaveLength(1);
    expect(pdf).toMatch(/\/Lang \(fr\)/);
    expect(pdf).toContain('/StructTreeRoot');
    expect(pdf).toContain('/DisplayDocTitle true');
    expect(pdf).toContain(
      '<rdf:li xml:lang="x-default">Important information about your personal data</rdf:li>',
    );
  });

  test('says nothing of PDF/UA where the headings leave the first level out', async () => {
    const { body, ...letter } = paperLetter('gdpr-art34');
    const headless = body.filter((block) => block.is !== 'heading' || block.level === 2);
    const pdf = clearText(await write('pdf', { ...letter, body: headless }));
    expect(pdf).toContain('<pdfaid:part>2</pdfaid:part>');
    expect(pdf).not.toContain('pdfuaid');
  });

  test('carries the time of the letter and no other', async () => {
    expect(clearText(await write('pdf'))).toContain('<xmp:CreateDate>2026-11-20T06:00:00+00:00<');
  });

  test('has the paper of the country', async () => {
    expect(clearText(await write('pdf'))).toMatch(/\/MediaBox \[0 0 595\.\d+ 841\.\d+\]/);
    expect(clearText(await write('pdf', paperLetter('gdpr-art34', { page: 'us-letter' })))).toMatch(
      /\/MediaBox \[0 0 612 792\]/,
    );
  });
});
