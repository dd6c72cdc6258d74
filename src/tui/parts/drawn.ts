import { line, span, type Line } from './line.ts';

/** Rows to either side of the chosen one that are drawn: more than any terminal shows. */
const DRAWN_BESIDE = 150;

const more = (count: number, where: 'above' | 'below'): readonly Line[] =>
  count === 0 ? [] : [line(span(`... ${count} more rows ${where}`, 'dim'))];

/**
 * The lines of a list below `top`, and the one that must be in sight. `inSight`: lines that the screen has for it; the end of a chosen row
 * that is folded out is in sight too, where all of it has room. A list is drawn at every key: of tens of thousands of rows only those
 * around the chosen one are, or the next key would wait.
 */
export const drawnList = <Row>(
  rows: readonly Row[],
  { top, chosen, inSight }: Readonly<{ top: readonly Line[]; chosen: number; inSight: number }>,
  draw: (row: Row, at: number) => readonly Line[],
): Readonly<{ lines: readonly Line[]; focus: number }> => {
  const from = Math.max(0, chosen - DRAWN_BESIDE);
  const to = Math.min(rows.length, chosen + DRAWN_BESIDE + 1);
  const lines: Line[] = [...top, ...more(from, 'above')];
  let focus = 0;
  for (const [i, row] of rows.slice(from, to).entries()) {
    const drawn = draw(row, from + i);
    if (from + i === chosen) focus = lines.length + Math.max(0, Math.min(drawn.length, inSight - 1) - 1);
    lines.push(...drawn);
  }
  return { lines: [...lines, ...more(rows.length - to, 'below')], focus };
};
