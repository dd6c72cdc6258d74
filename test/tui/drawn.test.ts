import { expect, test } from 'vitest';
import { drawnList } from '../../src/tui/parts/drawn.ts';
import { line, span, textOf } from '../../src/tui/parts/line.ts';

// A list of tens of thousands of rows is drawn around the chosen one, and a list that a person goes through is drawn whole.

const row = (text: string) => [line(span(text))];
const drawn = (count: number, chosen: number) => {
  let made = 0;
  const rows = Array.from({ length: count }, (_, i) => `row ${i}`);
  const { lines, focus } = drawnList(rows, { top: row('top'), chosen, inSight: 20 }, (one, at) => {
    made += 1;
    expect(one).toBe(`row ${at}`);
    return row(one);
  });
  return { made, texts: lines.map(textOf), focus };
};

test.each([0, 1, 149, 150, 151, 5000, 29_999])(
  'of thirty thousand, row %i is in front and the rest is counted',
  (chosen) => {
    const { made, texts, focus } = drawn(30_000, chosen);
    expect(made).toBeLessThan(302);
    expect(texts[focus]).toBe(`row ${chosen}`);
    expect(texts[0]).toBe('top');
    const left = texts.join('\n').matchAll(/\.\.\. (\d+) more rows/g);
    expect(made + [...left].reduce((sum, [, count]) => sum + Number(count), 0)).toBe(30_000);
  },
);

test('of a short one nothing is left out', () => {
  expect(drawn(140, 3)).toMatchObject({ made: 140, focus: 4 });
  expect(drawn(140, 3).texts).toHaveLength(141);
  expect(drawn(0, 0)).toMatchObject({ made: 0, focus: 0, texts: ['top'] });
});
