import type { Size } from '../../src/tui/screen.ts';
import type { Look } from '../../src/tui/theme.ts';

/** How a terminal is: what a person has, and what somebody without colours, signs or sight has. */
export type Mode = Readonly<{ size: Size; look: Look }>;

const looks = {
  colour: { color: true, ascii: false, screenReader: false },
  monochrome: { color: false, ascii: true, screenReader: false },
  'screen-reader': { color: false, ascii: true, screenReader: true },
} as const satisfies Readonly<Record<string, Look>>;

const small: Size = { columns: 80, rows: 24 };

/** Of every screen a picture is taken in each of these. */
export const modes = {
  '80x24': { size: small, look: looks.colour },
  '120x40': { size: { columns: 120, rows: 40 }, look: looks.colour },
  '60x18': { size: { columns: 60, rows: 18 }, look: looks.colour },
  monochrome: { size: small, look: looks.monochrome },
  'screen-reader': { size: small, look: looks['screen-reader'] },
} as const satisfies Readonly<Record<string, Mode>>;

export type ModeName = keyof typeof modes;
/** Of which pictures are taken; the smallest one is for looking at here. */
export const pictured: readonly ModeName[] = ['80x24', '120x40', 'monochrome', 'screen-reader'];
