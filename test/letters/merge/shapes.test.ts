import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PageOf, Personal } from '../../../src/letters/draft.ts';
import { escapeHtml } from '../../../src/base/text.ts';
import { blocks } from '../../../src/letters/blocks.ts';
import { cut } from '../../../src/letters/merge/cut.ts';
import { emptyField, fieldOf, fillText, type Field } from '../../../src/letters/merge/field.ts';
import { outOf } from '../../../src/letters/merge/out.ts';
import { fillFor, inOneLine, pageFor, shapesOf } from '../../../src/letters/merge/shapes.ts';
import { BLOCK, html, markdown, plain, type Shown, type Sink } from '../../../src/letters/sinks.ts';
import { compileTemplate, type Value } from '../../../src/letters/template.ts';

const names = ['salutation', 'city', 'customer'];
const template = `# An important letter

{{salutation}}

Your number is {{customer}}, and {{#if city}}you live in {{city}}{{else}}we do not know where you live{{/if}}.

{{#if city}}
{{city}}
{{/if}}

- one
- {{customer}} and {{customer}}

From here {{salutation}}
`;

/** What Handlebars itself makes of it: the reference. */
const page: PageOf = (sink, personal) => {
  const values: [string, Value][] = [...personal].flatMap(([name, value]): [string, Value][] => [
    [name, value === null ? null : { escaped: sink.inline(value) }],
    [`${name}${BLOCK}`, value === null ? null : { escaped: sink.block(value) }],
  ]);
  const body = compileTemplate(sink.layout(template), new Set(values.map(([name]) => name)))(new Map(values));
  return sink.page(body, { title: 'A letter', language: 'en', watermark: null, stamp: null });
};

const text = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'Zq0Xy0Zq0Xy',
    'zq0xy',
    'Ada',
    'Jürgen Groß',
    "O'Brien & <b>Söhne</b>",
    'From me',
    '=1+1',
    '# no heading',
    '{{salutation}}',
    'a\nb',
    '\u001b[31mred',
    '\u202Egnp',
    '**bold**',
    '\u0301',
    '中文',
    '🙂',
    '- item',
    'Ana & Luis',
    "Aoife O'Brien",
    'two  spaces',
    'Łódź "Stare"',
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ maxLength: 30 }),
);
const rows = fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 8 });

const ownField = (text: string): Field => {
  const field = emptyField();
  fillText(field, text);
  return field;
};

const reference = (sink: Sink, row: readonly string[]): string => {
  const personal: Personal = new Map(
    names.map((name, i): [string, Shown | null] => {
      const value = inOneLine(row[i] ?? '');
      return [name, value === '' ? null : { is: 'text', text: value }];
    }),
  );
  return page(sink, personal);
};

describe.each([
  ['plain', plain],
  ['html', html],
  ['markdown', markdown],
  ['pages', blocks],
] as const)('a letter cut for %s', (_, sink) => {
  const shapes = shapesOf(names, (personal) => page(sink, personal));

  test('is, reader for reader, what Handlebars renders', () => {
    fc.assert(
      fc.property(rows, (all) => {
        for (const row of all) expect(pageFor(shapes, fillFor(sink, row))).toBe(reference(sink, row));
      }),
      { numRuns: 300 },
    );
  });
});

describe.each([
  ['plain', plain, null],
  ['html', html, escapeHtml],
] as const)('a letter written for %s', (_, sink, escape) => {
  const shapes = shapesOf(names, (personal) => page(sink, personal));

  test('is the same in bytes, however small the buffer is', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 400 }), (all, size) => {
        const parts: Buffer[] = [];
        const out = outOf((bytes) => void parts.push(Buffer.from(bytes)), size);
        const made = cut(sink, escape, shapes);
        for (const [i, row] of all.entries()) made.write(out, row.map(i % 2 === 0 ? fieldOf : ownField));
        out.flush();
        const written = Buffer.concat(parts);
        expect(written.toString('utf8')).toBe(
          Buffer.from(all.map((row) => reference(sink, row)).join(''), 'utf8').toString('utf8'),
        );
        expect(out.size()).toBe(written.length);
      }),
      { numRuns: 200 },
    );
  });
});

test('a letter that holds the mark itself gets another mark', () => {
  const shapes = shapesOf(['a'], (personal) => {
    const shown = personal.get('a') ?? null;
    return `Zq0Xy zq1xy ${shown === null ? '-' : shown.is === 'list' ? '' : shown.text} Zq0Xy`;
  });
  expect(pageFor(shapes, { filled: 1, texts: ['Ada'] })).toBe('Zq0Xy zq1xy Ada Zq0Xy');
});
