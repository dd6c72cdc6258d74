import { describe, expect, test } from 'vitest';
import { reflow } from '../../src/cli/reflow.ts';

const LONG = 'It is kept whole and for its owner alone, and its hash is written into the journal.';

describe('prose for a terminal of some width', () => {
  test('is broken between words, and lines of one paragraph are one', () => {
    expect(reflow(`${LONG}\nThat is all.`, 40).split('\n')).toEqual([
      'It is kept whole and for its owner',
      'alone, and its hash is written into the',
      'journal. That is all.',
    ]);
    expect(reflow(`${LONG}\nThat is all.`, 200)).toBe(`${LONG} That is all.`);
  });

  test('leaves alone what is short, indented or an example', () => {
    const text = ['bash: source it', 'zsh:  source it', '', `  ${LONG}`, `Example: ${LONG}`].join('\n');
    expect(reflow(text, 40)).toBe(text);
  });

  test('no word is lost, whatever the width', () => {
    for (const width of [1, 7, 30, 80]) expect(reflow(LONG, width).split(/\s+/)).toEqual(LONG.split(' '));
  });
});
