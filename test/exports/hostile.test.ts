import { marked } from 'marked';
import { expect, test } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import { hiddenIn, hostileTexts } from '../security/corpus.ts';
import { readCsv } from './csv.ts';
import { hostileInput } from './hostile-rig.ts';
import { rendered, textForms, textOf } from './rig.ts';
import { processorMs } from '../rig/processor.ts';

test.each(textForms)(
  'every hostile text, in every field, is shown harmlessly by the export %s as %s',
  (_id, _extension, form) => {
    for (const text of hostileTexts) {
      const took = processorMs(() =>
        expect(hiddenIn(textOf(form, hostileInput(text)), '\r\n'), JSON.stringify(text)).toEqual([]),
      );
      expect(took).toBeLessThan(1000);
    }
  },
  // Five hundred texts, each measured by the processor: on a busy machine the wall clock says nothing.
  120_000,
);

test.each(textForms.filter(([, extension]) => extension === 'csv'))(
  'no cell of %s as %s starts a formula',
  (id, _extension, form) => {
    // The offset of a time zone has a column of its own there, and nobody's words are in it.
    const offset = id === 'iris' ? 1 : -1;
    for (const text of hostileTexts) {
      for (const row of readCsv(textOf(form, hostileInput(text))))
        for (const [at, cell] of row.entries())
          expect(at === offset ? cell.replace(/^[+-]\d\d:\d\d$/, '') : cell).not.toMatch(
            /^[=+\-@\t\r\n|%\uff1d\uff0b\uff0d\uff20]/,
          );
    }
  },
);

test('JSON Lines give the original text back', () => {
  for (const text of hostileTexts) {
    const lines = rendered('jsonl', hostileInput(text)).trimEnd().split('\n');
    const note = lines
      .map((line) => JSON.parse(line) as Readonly<Record<string, Json>>)
      .find((event) => event['type'] === 'note.added');
    expect(note?.['title']).toBe(`Note: ${text.toWellFormed()}`);
  }
});

test.each(textForms.filter(([, extension]) => extension === 'md'))(
  'no tag, link or picture comes out of the Markdown of %s',
  (_id, _extension, form) => {
    for (const text of hostileTexts) {
      const page = marked.parse(textOf(form, hostileInput(text)), { async: false, gfm: true });
      expect(page).not.toMatch(/<script|<img|<a /);
    }
  },
);

test('a table row stays one row with its columns, whatever stands in it', () => {
  for (const text of hostileTexts) {
    const rows = rendered('md', hostileInput(text))
      .split('\n')
      .filter((line) => line.startsWith('| '));
    // One heading and eleven entries; an escaped bar is text.
    expect(rows).toHaveLength(12);
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(11);
  }
});
