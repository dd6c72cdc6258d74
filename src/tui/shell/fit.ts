import { lineWidth, wrap, type Line } from '../parts/line.ts';
import type { Page, Room } from '../screen.ts';

const HANG = 4;

const fitLine = (row: Line, width: number): readonly Line[] =>
  lineWidth(row) <= width ? [row] : wrap(row, width, HANG);

const fit = (rows: readonly Line[], width: number): readonly Line[] =>
  rows.every((row) => lineWidth(row) <= width) ? rows : rows.flatMap((row) => fitLine(row, width));

/** A page of which no line is wider than its column, however long a name in it is: nothing is cut off, the focus stays on its line. */
export const fitted = (page: Page, room: Room): Page => {
  const lines = fit(page.lines, room.columns);
  const { focus, foot, left, right } = page;
  return {
    lines,
    ...(focus === undefined ? {} : { focus: fit(page.lines.slice(0, focus), room.columns).length }),
    ...(foot === undefined ? {} : { foot: fit(foot, room.columns) }),
    ...(left === undefined ? {} : { left: fit(left, room.left) }),
    ...(right === undefined ? {} : { right: fit(right, room.right) }),
  };
};
