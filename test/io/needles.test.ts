import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeFinder, merged } from '../../src/io/needles.ts';
import { processorMs } from '../rig/processor.ts';

/** What is found by looking for each of them everywhere. */
const slowly = (needles: readonly string[], text: string): readonly (readonly [number, number])[] =>
  text.split('').flatMap((_char, at) => {
    const fits = needles.filter((needle) => text.startsWith(needle, at)).map(({ length }) => length);
    return fits.length === 0 ? [] : [[at, at + Math.max(...fits)] as const];
  });

// Two letters, so that needles lie in each other and begin alike.
const needle = fc.array(fc.constantFrom('a', 'b'), { minLength: 6, maxLength: 9 }).map((all) => all.join(''));
const hay = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 60 }).map((all) => all.join(''));

describe('looking for many texts at once', () => {
  test('finds what looking for each of them finds', () => {
    fc.assert(
      fc.property(fc.array(needle, { maxLength: 12 }), hay, (needles, text) => {
        expect(makeFinder(needles)(text)).toEqual(slowly(needles, text));
      }),
    );
  });

  test('never takes the end of the text for a longer one that begins alike', () => {
    expect(makeFinder(['bbabbbaa', 'bbabbb'])('bbabbb')).toEqual([[0, 6]]);
  });

  test('takes what overlaps for one and leaves apart what only touches', () => {
    expect(
      merged([
        [8, 9],
        [0, 4],
        [4, 6],
        [5, 8],
      ]),
    ).toEqual([
      [0, 4],
      [4, 8],
      [8, 9],
    ]);
  });

  test('takes no longer for a thousand secrets than a person notices', () => {
    // All begin alike, as a vendor's tokens do.
    const find = makeFinder(Array.from({ length: 20_000 }, (_none, i) => `secret-${i}-${i * 7919}`));
    const text = 'a line of what a vendor answered, secret-77-609763 among it. '.repeat(2000);
    const took = processorMs(() => expect(find(text)).toHaveLength(2000));
    expect(took).toBeLessThan(2000);
  });
});
