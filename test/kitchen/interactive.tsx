import { Box, render, useApp, useInput, useWindowSize } from 'ink';
import { useEffect, useState, type ReactElement } from 'react';
import { clip, line, span, type Line } from '../../src/tui/parts/line.ts';
import { Paint } from '../../src/tui/shell/paint.tsx';
import type { Exhibit } from './exhibits.ts';
import { modes, type ModeName } from './modes.ts';
import { caption } from './print.ts';

/** The exhibits one at a time on the terminal in front, as large as there is room for. */

type Place = Readonly<{ exhibit: number; state: number; mode: number }>;
type Shown = Readonly<{ lines: readonly Line[]; says: string }>;

const modeNames = Object.keys(modes) as readonly ModeName[];
const KEYS = 'left/right exhibit · up/down state · m mode · q leave';
const BAR_ROWS = 2;

const turned = (value: number, by: number, total: number): number => (value + by + total) % total;

/** The place after a key; the same where the key means nothing. */
export const moved = (place: Place, key: string, exhibits: readonly Exhibit[]): Place => {
  const states = exhibits[place.exhibit]?.states.length ?? 1;
  switch (key) {
    case 'right':
    case 'n':
      return { ...place, exhibit: turned(place.exhibit, 1, exhibits.length), state: 0 };
    case 'left':
    case 'p':
      return { ...place, exhibit: turned(place.exhibit, -1, exhibits.length), state: 0 };
    case 'down':
    case 's':
      return { ...place, state: turned(place.state, 1, states) };
    case 'up':
      return { ...place, state: turned(place.state, -1, states) };
    case 'm':
      return { ...place, mode: turned(place.mode, 1, modeNames.length) };
    default:
      return place;
  }
};

const served = async (exhibits: readonly Exhibit[], place: Place): Promise<Shown> => {
  const exhibit = exhibits[place.exhibit];
  const state = exhibit?.states[place.state] ?? '';
  const mode = modeNames[place.mode] ?? '80x24';
  if (exhibit === undefined) return { lines: [], says: 'nothing has that name' };
  const found = await exhibit.show(state, modes[mode]);
  return { lines: found.lines, says: caption(exhibit, state, mode, found) };
};

/** How much of the picture the terminal in front has no room for. */
const missing = (lines: readonly Line[], columns: number, rows: number, mode: ModeName): string => {
  const below = Math.max(0, lines.length - rows);
  const beside = Math.max(0, modes[mode].size.columns - columns);
  return below + beside === 0 ? '' : ` · ${below} rows and ${beside} columns do not fit`;
};

const Kitchen = ({ exhibits }: Readonly<{ exhibits: readonly Exhibit[] }>): ReactElement => {
  const { exit } = useApp();
  const { columns, rows } = useWindowSize();
  const [place, setPlace] = useState<Place>({ exhibit: 0, state: 0, mode: 0 });
  const [shown, setShown] = useState<Shown>({ lines: [], says: '' });
  useEffect(() => {
    let current = true;
    void served(exhibits, place).then((found) => {
      if (current) setShown(found);
    });
    return () => {
      current = false;
    };
  }, [exhibits, place]);
  useInput((input, key) => {
    if (input === 'q' || key.escape) exit();
    const arrow = (['rightArrow', 'leftArrow', 'downArrow', 'upArrow'] as const).find((one) => key[one]);
    setPlace((before) => moved(before, arrow?.replace('Arrow', '') ?? input, exhibits));
  });
  const mode = modeNames[place.mode] ?? '80x24';
  const room = Math.max(1, rows - BAR_ROWS);
  const bar = `${place.exhibit + 1}/${exhibits.length} ${shown.says}${missing(shown.lines, columns, room, mode)}`;
  return (
    <Box flexDirection="column" height={rows}>
      <Box flexDirection="column" height={room} overflow="hidden">
        <Paint lines={shown.lines.slice(0, room)} color={modes[mode].look.color} columns={columns} />
      </Box>
      <Paint
        lines={[line(span(clip(bar, columns), 'banner')), line(span(clip(KEYS, columns), 'dim'))]}
        color
        columns={columns}
      />
    </Box>
  );
};

/** Until somebody leaves. */
export const walkAround = async (exhibits: readonly Exhibit[]): Promise<void> => {
  const ink = render(<Kitchen exhibits={exhibits} />, { alternateScreen: true, incrementalRendering: true });
  await ink.waitUntilExit();
};
