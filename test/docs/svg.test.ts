import { expect, test } from 'vitest';
import { svgOf, type Cell } from '../../src/dev/record/svg.ts';

const plain = { width: 1, color: null, background: null, bold: false, dim: false, inverse: false } as const;
const row = (text: string, more: Partial<Cell> = {}): readonly Cell[] =>
  Array.from(text, (sign) => ({ ...plain, text: sign, ...more }));
const drawn = (...rows: readonly (readonly Cell[])[]): string => svgOf(rows, 'a title');

test('what XML would read as markup is escaped', () => {
  expect(drawn(row('a <b> & "c"'))).toContain('>a &lt;b&gt; &amp; &quot;c&quot;</text>');
  expect(svgOf([], '<script>')).not.toContain('<script>');
});

test('signs of one look are one text, as long as their cells, and start in their column', () => {
  expect(drawn(row('   abc  '))).toMatch(/<text x="41.2" [^>]*textLength="25.2"[^>]*>abc<\/text>/);
});

test('blanks beside each other keep their width', () => {
  expect(drawn(row('a   b'))).toContain('>a\u00A0\u00A0\u00A0b<');
});

test('a sign beyond ASCII has a place of its own, so that the font it comes from moves nothing', () => {
  const svg = drawn(row('ab✓cd'));
  for (const text of ['ab', '✓', 'cd']) expect(svg).toContain(`>${text}</text>`);
});

test('colours, bold and inverse are drawn; a blank cell with a colour behind it too', () => {
  const svg = drawn([...row('x', { color: 3, inverse: true, bold: true }), ...row(' ', { background: 1 })]);
  expect(svg).toMatch(/<rect [^>]*fill="#f2cc60"/);
  expect(svg).toMatch(/<text [^>]*fill="#14181d" font-weight="bold"[^>]*>x</);
  expect(svg).toMatch(/<rect [^>]*fill="#ff7b72"/);
});

test('the second half of a wide sign takes no place of its own', () => {
  const svg = drawn([{ ...plain, text: '界', width: 2 }, { ...plain, text: '', width: 0 }, ...row('a')]);
  expect(svg).toMatch(/<text x="32.8" [^>]*>a</);
});
