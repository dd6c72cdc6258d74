import { Buffer } from 'node:buffer';
import { assert } from '../../base/assert.ts';

/**
 * The typesetter declares one standard a file. What it writes for PDF/A-2a and for PDF/UA-1 differs in three places: the colours
 * that only PDF/A wants, and the name of PDF/UA-1 and the title in the window that only PDF/UA-1 wants. This writes the latter two
 * into the former (ISO 14289-1, 5 and 7.1; the schema that ISO 19005-2, 6.6.2.3 asks for beside it). The caller vouches for what
 * PDF/UA-1 asks of the text: a title, a language, and headings that leave no level out.
 */
export function universal(pdf: Uint8Array): Uint8Array {
  const file = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const table = Number(found(/startxref\s+(\d+)\s+%%EOF\s*$/, file.subarray(-40).toString('latin1')));
  const tail = file.subarray(table).toString('latin1');
  const size = Number(found(/^xref\s+0 (\d+)\s/, tail));
  const rows = tail.indexOf('\n', tail.indexOf('\n') + 1) + 1;
  const places = Array.from({ length: size }, (_, i) =>
    Number(tail.slice(rows + ROW * i, rows + ROW * i + 10)),
  );
  const root = Number(found(/\/Root (\d+) 0 R/, tail));
  const rootAt = place(places, root);
  const catalog = file.subarray(rootAt, table).toString('latin1');
  const metadata = Number(found(/\/Metadata (\d+) 0 R/, catalog));
  const start = place(places, metadata);
  assert(
    places.every((at) => at <= start || at === rootAt) && start < rootAt,
    'the description and the catalogue are the last two objects of the file',
  );
  const described = Buffer.from(withName(file.subarray(start, rootAt).toString('utf8')), 'utf8');
  const newRootAt = start + described.length;
  const opened = Buffer.from(swapped(catalog, VIEW, `${VIEW}\n    /DisplayDocTitle true`), 'latin1');
  const rowAt = rows + ROW * root;
  const index =
    tail.slice(0, rowAt) +
    String(newRootAt).padStart(10, '0') +
    tail.slice(rowAt + 10).replace(/startxref\s+\d+/, `startxref\n${newRootAt + opened.length}`);
  return Buffer.concat([file.subarray(0, start), described, opened, Buffer.from(index, 'latin1')]);
}

/** Bytes of one line of the table. */
const ROW = 20;
const VIEW = '/ViewerPreferences <<';
const NAMESPACE = 'http://www.aiim.org/pdfua/ns/id/';
const PART_A = '<pdfaid:part>';
const SPACE_A = 'xmlns:pdfaid=';
const SCHEMAS = '<pdfaExtension:schemas><rdf:Bag>';
const SCHEMA =
  '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>' +
  `<pdfaSchema:namespaceURI>${NAMESPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>` +
  '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:category>internal</pdfaProperty:category>' +
  '<pdfaProperty:description>Part of ISO 14289 to which the document conforms</pdfaProperty:description>' +
  '<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType></rdf:li>' +
  '</rdf:Seq></pdfaSchema:property></rdf:li>';

function withName(object: string): string {
  // The first is that of the description; a title may say the same words after it, though not with a tag around them.
  const spaced = object.replace(SPACE_A, `xmlns:pdfuaid="${NAMESPACE}"  ${SPACE_A}`);
  const named = [
    [PART_A, `<pdfuaid:part>1</pdfuaid:part>${PART_A}`],
    [SCHEMAS, `${SCHEMAS}${SCHEMA}`],
  ].reduce((text, [from = '', to = '']) => swapped(text, from, to), spaced);
  const added = Buffer.byteLength(named) - Buffer.byteLength(object);
  return named.replace(/\/Length (\d+)/, (_, length: string) => `/Length ${Number(length) + added}`);
}

function swapped(text: string, from: string, to: string): string {
  const parts = text.split(from);
  assert(parts.length === 2, `${from} stands in the file once`);
  return parts.join(to);
}

function found(pattern: RegExp, text: string): string {
  const value = pattern.exec(text)?.[1];
  assert(value !== undefined, `${pattern.source} stands in the file`);
  return value;
}

function place(places: readonly number[], object: number): number {
  const at = places[object];
  assert(at !== undefined, 'every object has its place');
  return at;
}
