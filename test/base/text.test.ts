import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell, visible, visibleBlock } from '../../src/base/text.ts';
import { vectors } from '../journal/vectors.ts';

const hostile = fc.string({ unit: 'binary' });
// oxlint-disable-next-line no-control-regex -- what must not get through
const raw = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b\u2028\u2029\ufeff]/;

describe('foreign text', () => {
  it.each(vectors['16_output_neutralisation'].cases)(
    '$terminal is shown harmlessly',
    ({ in: text, terminal, csv }) => {
      expect(visible(text)).toBe(terminal);
      expect(csvCell(text)).toBe(csv);
    },
  );

  it('never reaches a terminal line with anything that acts or hides', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(visible(text)).not.toMatch(raw);
      }),
    );
  });

  it('keeps its lines in a block, and nothing else', () => {
    expect(visibleBlock('one\r\ntwo\n\tthree\u001b[2J\rX')).toBe('one\ntwo\n    three\\u{1b}[2J\\u{d}X');
    fc.assert(
      fc.property(hostile, (text) => {
        expect(visibleBlock(text).replaceAll('\n', '')).not.toMatch(raw);
      }),
    );
  });

  it('shows half a surrogate pair', () => {
    expect(visible('a\ud800b')).toBe('a\\u{d800}b');
  });

  it('never starts a formula in a spreadsheet', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '|', '%', '＝'),
        hostile,
        (first, rest) => {
          expect(csvCell(first + rest).startsWith(`"'${first}`)).toBe(true);
          expect(
            csvCell(first + rest)
              .slice(1, -1)
              .replaceAll('""', ''),
          ).not.toContain('"');
        },
      ),
    );
  });
});
