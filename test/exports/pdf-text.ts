import { Buffer } from 'node:buffer';
import { inflateSync } from 'node:zlib';

/** A reader of the PDF files of our typesetter by the letter, to look at what a page says with other eyes than those that wrote it. */

type Objects = ReadonlyMap<number, Readonly<{ head: string; stream: Buffer | null }>>;

function objectsIn(pdf: Uint8Array): Objects {
  const bytes = Buffer.from(pdf);
  const text = bytes.toString('latin1');
  const objects = new Map<number, Readonly<{ head: string; stream: Buffer | null }>>();
  const rows = text.slice(text.lastIndexOf('xref\n0 ')).match(/^\d{10} 00000 n/gm) ?? [];
  for (const [i, row] of rows.entries()) {
    const at = Number(row.slice(0, 10));
    const body = text.slice(at, text.indexOf('endobj', at));
    const stream = body.indexOf('stream\n');
    const length = Number(/\/Length (\d+)/.exec(body)?.[1] ?? '0');
    const head = stream < 0 ? body : body.slice(0, stream);
    if (!head.startsWith(`${i + 1} 0 obj`)) throw new Error(`object ${i + 1} is not where the table says`);
    objects.set(i + 1, {
      head,
      stream: stream < 0 ? null : bytes.subarray(at + stream + 7, at + stream + 7 + length),
    });
  }
  return objects;
}

const streamOf = (objects: Objects, n: number): string => {
  const found = objects.get(n);
  if (found?.stream == null) throw new Error(`object ${n} has no stream`);
  return (found.head.includes('FlateDecode') ? inflateSync(found.stream) : found.stream).toString('latin1');
};

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

function letters(objects: Objects, font: number): ReadonlyMap<number, string> {
  const map = Number(/\/ToUnicode (\d+)/.exec(objects.get(font)?.head ?? '')?.[1]);
  const found = new Map<number, string>();
  for (const [, glyph = '', text = ''] of streamOf(objects, map).matchAll(
    /^<([0-9A-F]{4})> <([0-9A-F]+)>$/gm,
  ))
    found.set(Number.parseInt(glyph, 16), utf16(text));
  return found;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const unescaped = (literal: string): string =>
  literal.replaceAll(/\\(?:([0-7]{3})|(.))/gs, (_, octal: string | undefined, char: string) =>
    octal === undefined ? (ESCAPES[char] ?? char) : String.fromCharCode(Number.parseInt(octal, 8)),
  );

/** Operators with the strings before them; brackets inside a string are in pairs or escaped. */
function* shownIn(
  content: string,
): Generator<Readonly<{ operator: string; strings: readonly string[]; name: string }>> {
  let [strings, name, word]: [string[], string, string] = [[], '', ''];
  for (let at = 0; at < content.length; at += 1) {
    const char = content.charAt(at);
    if (char === '(') {
      const from = at + 1;
      for (let depth = 1; depth > 0;) {
        at += 1;
        if (content[at] === '\\') at += 1;
        else if (content[at] === '(') depth += 1;
        else if (content[at] === ')') depth -= 1;
      }
      strings.push(unescaped(content.slice(from, at)));
    } else if (/[\s[\]]/.test(char)) {
      if (word.startsWith('/')) name = word.slice(1);
      else if (/^[A-Za-z]/.test(word)) {
        yield { operator: word, strings, name };
        strings = [];
      }
      word = '';
    } else word += char;
  }
}

function pageText(objects: Objects, head: string): string {
  const fonts = new Map(
    Array.from(head.matchAll(/\/(f\d+) (\d+) 0 R/g), ([, name = '', n]) => [
      name,
      letters(objects, Number(n)),
    ]),
  );
  let [font, out] = ['', ''];
  for (const { operator, strings, name } of shownIn(
    streamOf(objects, Number(/\/Contents (\d+)/.exec(head)?.[1])),
  )) {
    if (operator === 'Tf') font = name;
    if (operator !== 'Tj' && operator !== 'TJ') continue;
    const glyphs = Buffer.from(strings.join(''), 'latin1');
    for (let at = 0; at < glyphs.length; at += 2)
      out += fonts.get(font)?.get(glyphs.readUInt16BE(at)) ?? '\ufffd';
    out += '\n';
  }
  return out;
}

/** The words of each page in the order in which they are drawn; pages in the order of the file. */
export function pagesIn(pdf: Uint8Array): readonly string[] {
  const objects = objectsIn(pdf);
  const tree = [...objects.values()].find(({ head }) => /\/Type \/Pages\n/.test(head));
  const kids = /\/Kids \[([^\]]*)\]/.exec(tree?.head ?? '')?.[1] ?? '';
  return Array.from(kids.matchAll(/(\d+) 0 R/g), ([, n]) =>
    pageText(objects, objects.get(Number(n))?.head ?? ''),
  );
}
