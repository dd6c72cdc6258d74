import { keyOf } from '../../keys.ts';
import { blank, line, paragraph, span, type Line } from '../../parts/line.ts';
import { heading } from '../../parts/rows.ts';
import type { Page, Room, Seated, World } from '../../screen.ts';
import { minuteWords } from './message.ts';
import { partLines, partsOf, standingLines } from './standing.ts';

/** The other two looks at a drill: what the players did, and what really happened. */

const under = (head: string, lines: readonly Line[]): readonly Line[] =>
  lines.length === 0 ? [] : [...heading(head), ...lines];

/** Longer than any line: what was done lately is read in full here. */
const inFull = ({ page }: Seated, width: number): readonly Line[] =>
  page.lately.flatMap(({ minute, who, what }) =>
    paragraph(`${minuteWords(minute)} ${who}: ${what.replaceAll(/\s+/g, ' ')}`, width, 'plain', 2),
  );

export const playersPage = (seated: Seated, world: World, { columns }: Room): Page => {
  const parts = partsOf(seated.page, world);
  const lately = inFull(seated, columns);
  const [, ...trouble] = parts.get('Time')?.rows ?? [];
  return {
    lines: [
      ...standingLines(seated, world, columns, true),
      ...partLines({ head: '', rows: trouble }, columns),
      ...under('Done lately', lately.length === 0 ? [line(span('  nothing yet', 'dim'))] : lately),
      ...under('Legal clocks', partLines(parts.get('Clocks'), columns)),
    ],
  };
};

export const truthPage = (seated: Seated, world: World, { columns }: Room): Page => {
  const parts = partsOf(seated.page, world);
  return {
    lines: [
      line(span('What really happened; the players do not know it', 'strong')),
      ...paragraph(seated.page.truth.trim().replaceAll(/\s+/g, ' '), columns, 'plain', 2),
      ...under('Wrong moves that the drill watches for', partLines(parts.get('Traps'), columns)),
      ...under('Who attacks', partLines(parts.get('Attackers'), columns)),
      blank,
      line(span(`${keyOf(world.look, 'facilitate:view')}: back to the messages`, 'dim')),
    ],
  };
};
