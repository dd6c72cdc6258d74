import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  type Table,
  Tab,
  TabStopType,
  TextRun,
  type IParagraphOptions,
} from 'docx';
import { formatUtc } from '../../base/instant.ts';
import { escapeHtml, visible } from '../../base/text.ts';
import type { Block, Run, Runs } from '../body.ts';
import { tableOf } from './docx-table.ts';
import { isRightToLeft } from '../sinks.ts';
import type { PageLetter } from './document.ts';
import { PageStamp } from './docx-stamp.ts';
import { directionOf } from './settable.ts';
import { stampWord, wordsOf } from '../locale.ts';
import { withoutTimes } from './zip-times.ts';

const ALARM = 'A8001C';
const QUIET = '4A4A4A';
const BULLETS = 'bullets';
/** Twentieths of a point. */
const PAGES = {
  a4: { width: 11_906, height: 16_838 },
  'us-letter': { width: 12_240, height: 15_840 },
} as const;
const MARGIN = 1417;

/** The letter for a word processor: real headings and lists, its language, the stamp on every page. The same letter, the same bytes. */
export async function docxOf(letter: PageLetter): Promise<Uint8Array> {
  const document = new Document({
    title: words(letter.subject),
    creator: words(letter.sender),
    styles: stylesOf(letter),
    numbering: {
      config: [
        {
          reference: BULLETS,
          levels: [
            {
              level: 0,
              format: LevelFormat.BULLET,
              text: '•',
              alignment: AlignmentType.START,
              style: { paragraph: { indent: { start: 340, hanging: 240 } } },
            },
          ],
        },
      ],
    },
    sections: [
      {
        properties: { page: { size: PAGES[letter.page], margin: { left: MARGIN, right: MARGIN } } },
        headers: { default: new Header({ children: headOf(letter) }) },
        footers: { default: new Footer({ children: [footOf(letter)] }) },
        children: [...noticeOf(letter), ...letter.body.flatMap((block) => paragraphsOf(block, letter))],
      },
    ],
  });
  const packed = await Packer.toBuffer(document, false, [
    { path: 'docProps/core.xml', data: coreOf(letter) },
  ]);
  return withoutTimes(packed);
}

/** XML has no words for two code points that no text needs. */
const words = (text: string): string =>
  visible(text).replaceAll(/[\ufffe\uffff]/g, (char) => `\\u{${char.charCodeAt(0).toString(16)}}`);

const REGIONS: Readonly<Record<string, string>> = { de: 'de-DE', fr: 'fr-FR', es: 'es-ES' };
const localeOf = ({ language, page }: PageLetter): string =>
  language === 'en' ? (page === 'a4' ? 'en-GB' : 'en-US') : (REGIONS[language] ?? language);

function stylesOf(letter: PageLetter) {
  const heading = (size: number, before: number) => ({
    run: { size, bold: true, color: '000000', font: 'Arial' },
    paragraph: { spacing: { before, after: 100 }, keepNext: true },
  });
  return {
    default: {
      document: {
        run: { font: 'Arial', size: 21, language: { value: localeOf(letter) } },
        paragraph: { spacing: { after: 120, line: 276 } },
      },
      heading1: heading(32, 240),
      heading2: heading(24, 280),
    },
  };
}

function paragraphsOf(block: Block, sheet: PageLetter): readonly (Paragraph | Table)[] {
  const { language } = sheet;
  switch (block.is) {
    case 'table':
      return [
        tableOf(block, textWidth(sheet), (runs) => paragraph([runs], language, { spacing: { after: 0 } })),
      ];
    case 'heading':
      return [
        paragraph([block.runs], language, {
          heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
        }),
      ];
    case 'paragraph':
      return [paragraph(block.lines, language)];
    case 'list':
      return block.items.map((item) =>
        paragraph([item], language, { numbering: { reference: BULLETS, level: 0 }, spacing: { after: 60 } }),
      );
  }
}

function paragraph(lines: readonly Runs[], around: string, more: IParagraphOptions = {}): Paragraph {
  const text = lines
    .flat()
    .map((run) => run.text)
    .join(' ');
  const own = directionOf(text);
  // Digits alone read as the letter around them does.
  const rightToLeft = own?.rtl ?? isRightToLeft(around);
  const language = rightToLeft ? (own?.language ?? around) : null;
  const children = lines.flatMap((runs, line) =>
    runs.map((run, i) => textRun(run, line > 0 && i === 0, language)),
  );
  return new Paragraph({ ...more, ...(language === null ? {} : { bidirectional: true }), children });
}

const textRun = ({ is, text }: Run, breaks: boolean, language: string | null): TextRun =>
  new TextRun({
    text: words(text),
    ...(breaks ? { break: 1 } : {}),
    ...(is === 'plain' ? {} : { bold: true, boldComplexScript: true }),
    ...(is === 'mark' ? { shading: { type: ShadingType.CLEAR, color: 'auto', fill: 'FFE08A' } } : {}),
    ...(language === null ? {} : { rightToLeft: true, language: { bidirectional: language } }),
  });

const rule = { style: BorderStyle.SINGLE, size: 4, color: '9A9A9A', space: 4 } as const;
const textWidth = ({ page }: PageLetter): number => PAGES[page].width - 2 * MARGIN;

function headOf(letter: PageLetter): readonly Paragraph[] {
  const { sender, language } = letter;
  const stamp = letter.stamp === null ? null : stampWord(language, letter.stamp);
  return [
    new Paragraph({
      border: { bottom: rule },
      tabStops: [{ type: TabStopType.RIGHT, position: textWidth(letter) }],
      children: [
        new TextRun({ text: words(sender), size: 17, color: QUIET }),
        ...(stamp === null
          ? []
          : [
              new TextRun({ children: [new Tab(), stamp], bold: true, size: 26, color: ALARM }),
              new PageStamp(stamp),
            ]),
      ],
    }),
  ];
}

function footOf(letter: PageLetter): Paragraph {
  const [before, between, after] = wordsOf(letter.language).page;
  const quiet = { size: 17, color: QUIET } as const;
  return new Paragraph({
    tabStops: [{ type: TabStopType.RIGHT, position: textWidth(letter) }],
    children: [
      new TextRun({ text: words(letter.reference), ...quiet }),
      new TextRun({
        children: [new Tab(), before, PageNumber.CURRENT, between, PageNumber.TOTAL_PAGES, after],
        ...quiet,
      }),
    ],
  });
}

function noticeOf({ watermark }: PageLetter): readonly Paragraph[] {
  if (watermark === null) return [];
  const side = { style: BorderStyle.SINGLE, size: 12, color: ALARM, space: 6 } as const;
  return [
    new Paragraph({
      border: { top: side, bottom: side, left: side, right: side },
      spacing: { after: 240 },
      children: [new TextRun({ text: words(watermark), bold: true, color: ALARM })],
    }),
  ];
}

/** The library writes the time of the machine here; the letter has its own. */
function coreOf(letter: PageLetter): string {
  const xml = (text: string): string => escapeHtml(words(text));
  const at = `${formatUtc(letter.at).slice(0, 19)}Z`;
  const time = (name: string): string => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${at}</dcterms:${name}>`;
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"',
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    `<dc:title>${xml(letter.subject)}</dc:title><dc:creator>${xml(letter.sender)}</dc:creator>`,
    `<dc:language>${xml(localeOf(letter))}</dc:language>${time('created')}${time('modified')}`,
    '</cp:coreProperties>',
  ].join('');
}
