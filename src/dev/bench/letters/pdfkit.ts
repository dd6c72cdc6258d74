import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Block } from '../../../letters/body.ts';
import type { PaperLetter } from '../../../letters/papers/document.ts';

/** What is used of it; it brings no types for what it does with structures. */
type Structure = Readonly<{ add: (child: Structure) => void; end: () => void }>;
type Doc = NodeJS.ReadableStream &
  Readonly<{
    registerFont: (name: string, font: Buffer) => void;
    font: (name: string) => Doc;
    fontSize: (points: number) => Doc;
    text: (text: string) => Doc;
    moveDown: (lines: number) => Doc;
    struct: (tag: string, draw?: () => void) => Structure;
    addStructure: (structure: Structure) => void;
    end: () => void;
  }>;
const PDFDocument = createRequire(import.meta.url)('pdfkit') as new (
  options: Readonly<Record<string, unknown>>,
) => Doc;

/**
 * The same letter by pdfkit, as its guide makes a tagged document: the same fonts embedded, a structure added by hand, PDF/UA. Head and
 * foot are left out, which is in its favour.
 */
export function pdfkitOf(fonts: string): (letter: PaperLetter) => Promise<Uint8Array> {
  const [regular, bold] = ['Regular', 'Bold'].map((face) =>
    readFileSync(join(fonts, `FirebreakSans-${face}.ttf`)),
  );
  return async ({ subject, language, body }) => {
    const doc = new PDFDocument({
      size: 'A4',
      margin: 70,
      pdfVersion: '1.7',
      subset: 'PDF/UA',
      tagged: true,
      displayTitle: true,
      lang: language,
      info: { Title: subject },
      font: regular,
    });
    const done = buffer(doc);
    if (regular !== undefined) doc.registerFont('regular', regular);
    if (bold !== undefined) doc.registerFont('bold', bold);
    const whole = doc.struct('Document');
    doc.addStructure(whole);
    for (const block of body) for (const [tag, text] of tagged(block)) add(doc, whole, tag, text);
    whole.end();
    doc.end();
    return await done;
  };
}

type Tag = 'H1' | 'H2' | 'P' | 'LI';

function add(doc: Doc, whole: Structure, tag: Tag, text: string): void {
  const heading = tag === 'H1' || tag === 'H2';
  whole.add(
    doc.struct(tag === 'LI' ? 'P' : tag, () => {
      doc
        .font(heading ? 'bold' : 'regular')
        .fontSize(tag === 'H1' ? 16 : tag === 'H2' ? 11.5 : 10.5)
        .text(tag === 'LI' ? `• ${text}` : text);
      doc.moveDown(0.5);
    }),
  );
}

function tagged(block: Block): readonly (readonly [Tag, string])[] {
  // No letter has one.
  if (block.is === 'table') return [];
  const lines = block.is === 'heading' ? [block.runs] : block.is === 'list' ? block.items : block.lines;
  const tag = block.is === 'heading' ? (`H${block.level}` as const) : block.is === 'list' ? 'LI' : 'P';
  return lines.map((runs) => [tag, runs.map(({ text }) => text).join('')] as const);
}
