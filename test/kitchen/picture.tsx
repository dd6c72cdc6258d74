import { renderToString } from 'ink';
import { svgOf } from '../../src/dev/record/svg.ts';
import { shownAs } from '../../src/dev/record/terminal.ts';
import { Paint } from '../../src/tui/shell/paint.tsx';
import type { Line } from '../../src/tui/parts/line.ts';
import type { Mode } from './modes.ts';

/**
 * A picture as a terminal draws it: the app's own painter, its bytes read by a terminal in memory. What a screen reader hears has
 * no size; it is drawn as high as it is long.
 */
export const pictureOf = async (lines: readonly Line[], mode: Mode, title: string): Promise<string> => {
  const { columns } = mode.size;
  const rows = mode.look.screenReader ? Math.max(1, lines.length) : Math.max(lines.length, mode.size.rows);
  const bytes = renderToString(<Paint lines={lines} color={mode.look.color} columns={columns} />, {
    columns,
  });
  return svgOf(await shownAs(bytes, columns, rows), title);
};
