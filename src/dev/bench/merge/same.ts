import { Buffer } from 'node:buffer';
import { csvReader } from '../../../base/csv/csv.ts';
import { escapeHtml } from '../../../base/text.ts';
import { piecesOf } from '../../../io/growing.ts';
import { cut } from '../../../letters/merge/cut.ts';
import { fieldOf } from '../../../letters/merge/field.ts';
import { outOf } from '../../../letters/merge/out.ts';
import { salutation } from '../../../letters/merge/salutation.ts';
import { shapesOf } from '../../../letters/merge/shapes.ts';
import { html, plain, type Shown } from '../../../letters/sinks.ts';
import { names, page } from './letter.ts';

// Every letter of a list as the merge writes it, against the same letter rendered by Handlebars itself, byte for byte.
const [list = ''] = process.argv.slice(2);
const rows: (readonly string[])[] = [];
const reader = csvReader({
  encoding: 'utf-8',
  separator: ',',
  onRow: (cells) => void rows.push(cells),
  onFault: ({ is, line }) => {
    throw new Error(`line ${line}: ${is}`);
  },
});
for (const piece of piecesOf(list)) reader.push(piece);
reader.end();
const [header = [], ...people] = rows;
let compared = 0;
for (const [sink, escape] of [[plain, null] as const, [html, escapeHtml] as const]) {
  const shapes = shapesOf(names, (personal) => page(sink, personal));
  const made = cut(sink, escape, shapes);
  for (const person of people) {
    const parts: Buffer[] = [];
    const out = outOf((bytes) => void parts.push(Buffer.from(bytes)));
    const cell = (name: string): string => person[header.indexOf(name)] ?? '';
    const values = names.map((name) => (name === 'salutation' ? salutation('en', cell('name')) : cell(name)));
    made.write(out, values.map(fieldOf));
    out.flush();
    const wanted = page(
      sink,
      new Map(names.map((name, i): [string, Shown] => [name, { is: 'text', text: values[i] ?? '' }])),
    );
    if (Buffer.concat(parts).compare(Buffer.from(wanted, 'utf8')) !== 0)
      throw new Error(`the letter of ${cell('address')} is not what Handlebars renders`);
    compared += 1;
  }
}
console.log(`${compared} letters are byte for byte what Handlebars renders`);
