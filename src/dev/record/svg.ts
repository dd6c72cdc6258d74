/** A picture of a terminal: a grid of cells becomes text at fixed places, so that it looks alike with every font. */

/** One place on the screen. `text` is empty for the second half of a wide sign. Colours are numbers of the sixteen, null the default. */
export type Cell = Readonly<{
  text: string;
  width: number;
  color: number | null;
  background: number | null;
  bold: boolean;
  dim: boolean;
  inverse: boolean;
}>;
export type Grid = readonly (readonly Cell[])[];

// Pixels. A cell is as wide as a sign of the common monospaced fonts at this size.
const CELL = { width: 8.4, height: 18, fontSize: 14, baseline: 13.5 } as const;
const EDGE = { side: 16, top: 38, bottom: 14, corner: 9 } as const;

const INK = '#d7dce2';
const PAPER = '#14181d';
const DIM = '#8a939e';
/** The sixteen colours, chosen to be readable on the paper. */
const SIXTEEN = [
  '#1d2329',
  '#ff7b72',
  '#7ee787',
  '#f2cc60',
  '#79b8ff',
  '#d2a8ff',
  '#76e3ea',
  DIM,
  '#6e7681',
  '#ffa198',
  '#a5f0ac',
  '#ffe08a',
  '#a5d0ff',
  '#e2c5ff',
  '#b3f0f5',
  '#ffffff',
] as const;

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

type Look = Readonly<{ ink: string; paper: string | null; bold: boolean }>;
type Run = Readonly<{ column: number; columns: number; text: string; look: Look }>;

const lookOf = ({ color, background, bold, dim, inverse }: Cell): Look => {
  const ink = color === null ? (dim ? DIM : INK) : (SIXTEEN[color] ?? INK);
  const paper = background === null ? null : (SIXTEEN[background] ?? null);
  return inverse ? { ink: paper ?? PAPER, paper: ink, bold } : { ink, paper, bold };
};

const sameLook = (a: Look, b: Look): boolean => a.ink === b.ink && a.paper === b.paper && a.bold === b.bold;
const isPlain = (text: string): boolean => /^[\u0020-\u007E]*$/.test(text);

/** Cells of one look in a row. A sign beyond ASCII may come from another font, so it gets a place of its own. */
const runsOf = (row: readonly Cell[]): readonly Run[] => {
  const runs: Run[] = [];
  for (const [column, cell] of row.entries()) {
    if (cell.width === 0) continue;
    const look = lookOf(cell);
    const text = cell.text === '' ? ' ' : cell.text;
    const last = runs.at(-1);
    const joins = last !== undefined && sameLook(last.look, look) && isPlain(last.text) && isPlain(text);
    if (joins)
      runs[runs.length - 1] = { ...last, columns: last.columns + cell.width, text: last.text + text };
    else runs.push({ column, columns: cell.width, text, look });
  }
  return runs;
};

/** Blanks beside each other would be drawn as one. */
const keepBlanks = (text: string): string =>
  text.replaceAll(/ {2,}/g, (blanks) => '\u00A0'.repeat(blanks.length));

const number = (value: number): string => String(Math.round(value * 100) / 100);
const left = (column: number): number => EDGE.side + column * CELL.width;
const top = (line: number): number => EDGE.top + line * CELL.height;

const paperOf = ({ column, columns, look }: Run, line: number): readonly string[] =>
  look.paper === null
    ? []
    : [
        `<rect x="${number(left(column))}" y="${number(top(line))}" width="${number(columns * CELL.width)}" height="${CELL.height}" fill="${look.paper}"/>`,
      ];

/** A horizontal line is drawn, not written: between signs of a font there would be gaps. */
const ruleOf = ({ column, columns, look }: Run, line: number): string =>
  `<rect x="${number(left(column))}" y="${number(top(line) + CELL.height / 2)}" width="${number(columns * CELL.width)}" height="1" fill="${look.ink}"/>`;

const textOf = (run: Run, line: number): readonly string[] => {
  const { column, text, look } = run;
  if (text.trim() === '') return [];
  if (text === '─') return [ruleOf(run, line)];
  // Blanks at the ends are place, not text: without them the length of the text is that of its signs.
  const signs = text.trim();
  const x = left(column + text.length - text.trimStart().length);
  const columns = isPlain(text) ? signs.length : run.columns;
  const length = number(columns * CELL.width);
  const weight = look.bold ? ' font-weight="bold"' : '';
  const fit = isPlain(text) ? ` textLength="${length}" lengthAdjust="spacingAndGlyphs"` : '';
  return [
    `<text x="${number(x)}" y="${number(top(line) + CELL.baseline)}" fill="${look.ink}"${weight}${fit}>${escapeXml(keepBlanks(signs))}</text>`,
  ];
};

const frameOf = (width: number, height: number, title: string): readonly string[] => [
  `<rect width="${number(width)}" height="${number(height)}" rx="${EDGE.corner}" fill="${PAPER}"/>`,
  ...['#ff5f57', '#febc2e', '#28c840'].map(
    (color, i) => `<circle cx="${20 + i * 20}" cy="18" r="6" fill="${color}"/>`,
  ),
  `<text x="${number(width / 2)}" y="23" fill="${DIM}" text-anchor="middle">${escapeXml(title)}</text>`,
];

/** The whole picture, ready to be written to a file. `title` is what a screen reader says of it. */
export const svgOf = (grid: Grid, title: string): string => {
  const columns = Math.max(0, ...grid.map((row) => row.length));
  const width = 2 * EDGE.side + columns * CELL.width;
  const height = EDGE.top + grid.length * CELL.height + EDGE.bottom;
  const rows = grid.map(runsOf);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${number(width)}" height="${number(height)}" viewBox="0 0 ${number(width)} ${number(height)}" role="img" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace" font-size="${CELL.fontSize}">`,
    `<title>${escapeXml(title)}</title>`,
    ...frameOf(width, height, title),
    ...rows.flatMap((runs, line) => runs.flatMap((run) => paperOf(run, line))),
    ...rows.flatMap((runs, line) => runs.flatMap((run) => textOf(run, line))),
    '</svg>',
    '',
  ].join('\n');
};
