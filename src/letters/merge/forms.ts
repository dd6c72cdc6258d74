import { Buffer } from 'node:buffer';
import { isAscii as isAsciiKind, isWord } from '../../base/csv/kind.ts';
import { sha256Hex } from '../../base/hash.ts';
import { escapeHtml } from '../../base/text.ts';
import { html, plain } from '../sinks.ts';
import type { LetterDraft, PageOf } from '../draft.ts';
import { asItIs, cut, type Around, type Cut } from './cut.ts';
import { fieldText, isEmpty, writeField } from './field.ts';
import type { Out } from './out.ts';
import { readerOf, type Passing, type Reader } from './reader.ts';
import { fillFor, pageFor, shapesOf, type Shapes } from './shapes.ts';

/** One file that all letters of a merge go into, one after the other. Pure: what it writes follows from its input alone. */
export interface Form {
  /** Before the first letter and after the last one. */
  readonly begin: string;
  readonly end: string;
  /** The reader is valid until this returns. */
  write(out: Out, reader: Passing, n: number): void;
}

export const formIds = ['jsonl', 'mbox', 'html'] as const;
export type FormId = (typeof formIds)[number];

/** A letter in one language: its page as a function of the reader, and what every reader's has in common. */
export type Version = Readonly<{ subject: string; page: PageOf; sha256: string }> &
  Pick<LetterDraft, 'watermark' | 'stamp'>;

export type Batch = Readonly<{
  incident: string;
  letter: string;
  organisation: string;
  /** The address that the letters come from; null leaves the line to whoever sends them. */
  from: string | null;
  drill: boolean;
  /** RFC 5322 date of the batch: the same for all of its letters. */
  date: string;
  names: readonly string[];
  versions: ReadonlyMap<string, Version>;
}>;

/** Something for each language of the letter. */
export const each = <T>(
  batch: Batch,
  make: (version: Version, language: string) => T,
): ReadonlyMap<string, T> =>
  new Map([...batch.versions].map(([language, version]) => [language, make(version, language)]));

/** What there is for the language of a reader. */
export const of = <T>(made: ReadonlyMap<string, T>, reader: Pick<Reader, 'language'>): T => {
  const found = made.get(reader.language);
  if (found === undefined) throw new Error(`no letter in ${reader.language}`);
  return found;
};

// ---- JSON Lines: a letter a line, for programs

const jsonl = (batch: Batch): Form => {
  const shapes = each(batch, ({ page }) => shapesOf(batch.names, (personal) => page(plain, personal)));
  const templates = Object.fromEntries(
    [...batch.versions].map(([language, { sha256 }]) => [language, sha256]),
  );
  const { incident, letter, drill } = batch;
  return {
    begin: `${JSON.stringify({ schema: 'firebreak.mailing/v1', incident, letter, templates, drill })}\n`,
    end: '',
    write(out, passing, n) {
      const reader = readerOf(passing);
      const text = pageFor(of(shapes, reader), fillFor(plain, reader.values));
      const line = JSON.stringify({
        n,
        key: reader.key,
        id: reader.id,
        to: reader.address,
        name: reader.name,
        language: reader.language,
        subject: batch.versions.get(reader.language)?.subject ?? '',
        text,
        sha256: sha256Hex(text),
      });
      out.text(`${line}\n`, false);
    },
  };
};

// ---- mbox (RFC 4155, with every line that begins with "From " quoted once more)

/** Of a line that a reader of mbox would take for the beginning of the next letter. */
const FROM = /^(>*From )/gm;
const quoteLines = (words: string, isFirst: boolean): string =>
  isFirst ? words.replaceAll(FROM, '>$1') : words.replaceAll(/\n(>*From )/g, '\n>$1');

const [FIRST, QUOTE] = ['F'.charCodeAt(0), '>'.charCodeAt(0)];

export const mboxAround: Around = {
  words: quoteLines,
  touches: (first) => first === FIRST || first === QUOTE,
  place: (text, { before, after, first }) => {
    // Two places side by side have nothing between them: only the first of a letter begins a line by that.
    const begins = before.endsWith('\n') || (first && before === '');
    return begins && /^>*From /.test(`${text}${after.slice(0, 'From '.length)}`) ? `>${text}` : text;
  },
};

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const [BEGIN, TO, OPEN, CLOSE, END] = [
  ascii('From firebreak Thu Jan  1 00:00:00 1970\nMessage-ID: <'),
  ascii('@firebreak.invalid>\nTo: '),
  ascii(' <'),
  ascii('>'),
  ascii('\n'),
];

/** What `mailbox` writes as it is, and most are: nobody has to put it together first. */
const isPlainName = ({ name, address }: Passing): boolean =>
  isWord(name.kind) && !isEmpty(name) && isAsciiKind(address.kind);
const PLAIN_NAME = /^[A-Za-z0-9 ]+$/;

const mbox = (batch: Batch): Form => {
  const cuts = each(batch, ({ page }) =>
    cut(
      plain,
      null,
      shapesOf(batch.names, (personal) => page(plain, personal)),
      mboxAround,
    ),
  );
  const heads = each(batch, (version, language) => {
    const lines = [
      ...mailHead(batch, version, language),
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
    ];
    return Buffer.from(`\n${lines.join('\n')}\n\n`, 'utf8');
  });
  return {
    begin: '',
    end: '',
    write(out, reader) {
      out.bytes(BEGIN);
      out.text(reader.key, true);
      out.bytes(TO);
      if (isPlainName(reader)) {
        writeField(out, reader.name);
        out.bytes(OPEN);
        writeField(out, reader.address);
        out.bytes(CLOSE);
      } else out.text(mailbox(fieldText(reader.name), fieldText(reader.address)), false);
      out.bytes(of(heads, reader));
      of(cuts, reader).write(out, reader.values);
      out.bytes(END);
    },
  };
};

/** The lines at the head of a mail that are the same for everybody. */
export const mailHead = (batch: Batch, { subject }: Version, language: string): readonly string[] => [
  ...(batch.from === null ? [] : [`From: ${mailbox(batch.organisation, batch.from)}`]),
  `Subject: ${encodedWord(subject)}`,
  `Date: ${batch.date}`,
  `Content-Language: ${language}`,
  ...(batch.drill ? ['X-Firebreak: DRILL'] : []),
];

/** A name in a header: plain words as they are, others quoted, what is not ASCII as RFC 2047 wants it. */
export function mailbox(name: string, address: string): string {
  if (name === '') return address;
  const shown = PLAIN_NAME.test(name)
    ? name
    : isAscii(name)
      ? `"${name.replaceAll(/["\\]/g, '\\$&')}"`
      : encodedWord(name);
  return `${shown} <${address}>`;
}

const isAscii = (text: string): boolean => /^[ -~]*$/.test(text);

/** RFC 2047, in words of at most 75 characters that never cut a character in two. */
export function encodedWord(text: string): string {
  if (isAscii(text)) return text;
  const words: string[] = [];
  let part = '';
  for (const char of text) {
    if (Buffer.byteLength(part + char, 'utf8') > 45) {
      words.push(part);
      part = '';
    }
    part += char;
  }
  words.push(part);
  return words.map((word) => `=?utf-8?B?${Buffer.from(word, 'utf8').toString('base64')}?=`).join('\n ');
}

// ---- one HTML file, a page for each letter

const BODY = /^[^]*?<body[^>]*>\n|<\/body>\n<\/html>\n$/g;

const htmlStream = (batch: Batch): Form => {
  const [first] = batch.versions.values();
  const shell = first?.page(html, new Map(batch.names.map((name) => [name, null]))) ?? '';
  const begin = /^[^]*?<body[^>]*>\n/.exec(shell)?.[0] ?? '';
  const articles = each(batch, ({ page }, language): Cut => {
    const shapes: Shapes = shapesOf(
      batch.names,
      (personal) =>
        `<article lang="${language}" style="break-after: page">\n${page(html, personal).replaceAll(BODY, '')}</article>\n`,
    );
    return cut(html, escapeHtml, shapes, asItIs);
  });
  return {
    begin,
    end: '</body>\n</html>\n',
    write(out, reader) {
      of(articles, reader).write(out, reader.values);
    },
  };
};

const forms: Readonly<Record<FormId, (batch: Batch) => Form>> = { jsonl, mbox, html: htmlStream };

export const formOf = (id: FormId, batch: Batch): Form => forms[id](batch);
