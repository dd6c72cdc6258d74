import { Buffer } from 'node:buffer';
import { encode, wrap } from 'nodemailer/lib/qp';
import { html, plain, type Sink } from '../sinks.ts';
import { each, mailbox, mailHead, of, type Batch } from './forms.ts';
import type { LeafId, Leaves } from './leaf.ts';
import type { Reader } from './reader.ts';
import { fillFor, pageFor, shapesOf } from './shapes.ts';

export const leavesOf = (id: Exclude<LeafId, 'pdf'>, batch: Batch): Leaves => {
  const make = id === 'eml' ? mails(batch) : pages(batch);
  return async (readers) =>
    readers.map((reader) => ({ bytes: Buffer.from(make(reader), 'utf8'), missing: [] }));
};

type Made = (reader: Reader) => string;

const textFor = (batch: Batch, sink: Sink): Made => {
  const shapes = each(batch, ({ page }) => shapesOf(batch.names, (personal) => page(sink, personal)));
  return (reader) => pageFor(of(shapes, reader), fillFor(sink, reader.values));
};

/** A page for each, with its own head: any browser shows or prints it alone. */
const pages = (batch: Batch): Made => textFor(batch, html);

/**
 * A mail each, text and page beside each other, that a mail program opens for editing. What is usually drawn by lot is made of the
 * reader's key.
 */
const mails = (batch: Batch): Made => {
  const [text, page] = [textFor(batch, plain), textFor(batch, html)];
  const heads = each(batch, (version, language) => [
    ...mailHead(batch, version, language),
    'X-Unsent: 1',
    'MIME-Version: 1.0',
  ]);
  return (reader) => {
    const boundary = `=_${reader.key}`;
    const part = (type: string, words: string): readonly string[] => [
      `--${boundary}`,
      `Content-Type: ${type}; charset=utf-8`,
      'Content-Transfer-Encoding: quoted-printable',
      '',
      wrap(encode(words.replaceAll('\n', '\r\n')), 76),
    ];
    return [
      `Message-ID: <${reader.key}@firebreak.invalid>`,
      `To: ${mailbox(reader.name, reader.address)}`,
      ...of(heads, reader),
      `Content-Type: multipart/alternative; boundary="${boundary}"`,
      '',
      ...part('text/plain', text(reader)),
      ...part('text/html', page(reader)),
      `--${boundary}--`,
      '',
    ]
      .join('\n')
      .replaceAll(/\r?\n/g, '\r\n');
  };
};
