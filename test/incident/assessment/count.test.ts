import { expect, it } from 'vitest';
import { countOf } from '../../../src/incident/assessment/count.ts';

it.each([
  [0, 0, 0],
  ['99', 99, 99],
  ['1,200', 1200, 1200],
  ['1 200', 1200, 1200],
  ['about 60,000', 60_000, 60_000],
  ['100000+', 100_000, Infinity],
  ['more than 500', 500, Infinity],
  ['up to 500', 0, 500],
  ['2.5', 2.5, 2.5],
  ['one', 1, 1],
  ['dozen', 12, 12],
  ['two dozen', 24, 24],
  ['Dozens', 24, 99],
  ['a few dozen', 24, 99],
  ['several thousand', 2000, 999_999],
  ['hundreds', 200, 999],
  ['5 thousand', 5000, 5000],
  ['1 million', 1_000_000, 1_000_000],
  ['clients', 0, Infinity],
  ['a few', 0, Infinity],
  ['two or three hundred', 0, Infinity],
])('%j is %d to %d', (text, least, most) => {
  expect(countOf(text)).toEqual({ least, most });
});

it.each([[-1], [Number.NaN], [Infinity], [''], ['-5'], [true], [[3]], [{}], [null]])(
  '%j is no count',
  (value) => {
    expect(countOf(value)).toBeNull();
  },
);
