import { Buffer } from 'node:buffer';
import { sha256Hex } from '../../base/hash.ts';
import { html, plain } from '../sinks.ts';
import type { PageOf } from '../draft.ts';
import { asItIs, cut, type Around, type Cut } from './cut.ts';
import type { Out } from './out.ts';
import type { Reader } from './reader.ts';
import { fillFor, pageFor, shapesOf, type Shapes } from './shapes.ts';

/** One file that all letters of a merge go into, one after the other. Pure: what it writes follows from its input alone. */
export interface Form {
  readonly id: FormId;
  /** Before the first letter and after the last one. */
  readonly begin: string;
  readonly end: string;
  write(out: Out, reader: Reader, n: number): void;
}

export const formIds = ['jsonl', 'mbox', 'html'] as const;
export type FormId = (typeof formIds)[number];

/** A letter in one language: its page as a function of the reader, and what every reader's has in common. */
export type Version = Readonly<{ subject: string; page: PageOf; sha256: string }>;

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

const each = <T>(batch: Batch, make: (version: Version, language: string) => T): ReadonlyMap<string, T> =>
  new Map([...batch.versions].map(([language, version]) => [language, make(version, language)]));

const of = <T>(made: ReadonlyMap<string, T>, reader: Reader): T => {
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
    id: 'jsonl',
    begin: `${JSON.stringify({ schema: 'firebreak.mailing/v1', incident, letter, templates, drill })}\n`,
    end: '',
    write(out, reader, n) {
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

export const mboxAround: Around = {
  words: quoteLines,
  place: (text, { before, after, first }) => {
    if (!text.startsWith('F') && !text.startsWith('>')) return text;
    // Two places side by side have nothing between them: only the first of a letter begins a line by that.
    const begins = before.endsWith('\n') || (first && before === '');
    return begins && /^>*From /.test(`${text}${after.slice(0, 'From '.length)}`) ? `>${text}` : text;
  },
};

const mbox = (batch: Batch): Form => {
  const cuts = each(batch, ({ page }) =>
    cut(
      plain,
      null,
      shapesOf(batch.names, (personal) => page(plain, personal)),
      mboxAround,
    ),
  );
  const heads = each(batch, ({ subject }, language) => {
    const from = batch.from === null ? [] : [`From: ${mailbox(batch.organisation, batch.from)}`];
    const lines = [
      ...from,
      `Subject: ${encodedWord(subject)}`,
      `Date: ${batch.date}`,
      `Content-Language: ${language}`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      ...(batch.drill ? ['X-Firebreak: DRILL'] : []),
    ];
    return Buffer.from(`${lines.join('\n')}\n\n`, 'utf8');
  });
  return {
    id: 'mbox',
    begin: '',
    end: '',
    write(out, reader) {
      out.text('From firebreak Thu Jan  1 00:00:00 1970\nMessage-ID: <', true);
      out.text(reader.key, true);
      out.text('@firebreak.invalid>\nTo: ', true);
      out.text(mailbox(reader.name, reader.address), false);
      out.text('\n', true);
      out.bytes(of(heads, reader));
      of(cuts, reader).write(out, reader.values);
      out.text('\n', true);
    },
  };
};

/** A name in a header: plain words as they are, others quoted, what is not ASCII as RFC 2047 wants it. */
export function mailbox(name: string, address: string): string {
  if (name === '') return address;
  const shown = /^[A-Za-z0-9 ]+$/.test(name)
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
    return cut(html, /[&<>"']/, shapes, asItIs);
  });
  return {
    id: 'html',
    begin,
    end: '</body>\n</html>\n',
    write(out, reader) {
      of(articles, reader).write(out, reader.values);
    },
  };
};

const forms: Readonly<Record<FormId, (batch: Batch) => Form>> = { jsonl, mbox, html: htmlStream };

export const formOf = (id: FormId, batch: Batch): Form => forms[id](batch);
