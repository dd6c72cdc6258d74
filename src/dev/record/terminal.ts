import { EventEmitter } from 'node:events';
import xterm from '@xterm/headless';
import type { Terminal } from '../../io/terminal.ts';
import type { Cell, Grid } from './svg.ts';

/** A terminal in memory with colours and all signs: keys go in, the cells of the screen come out. */
export interface VirtualTerminal {
  readonly terminal: Terminal;
  /** One key or one letter. */
  press(key: string): void;
  paste(text: string): void;
  /** Resolves once nothing has been drawn for a while. */
  still(): Promise<void>;
  grid(): Grid;
  text(): string;
}

class Keyboard extends EventEmitter {
  readonly isTTY = true;
  private waiting: string[] = [];
  setEncoding(): void {}
  setRawMode(): this {
    return this;
  }
  resume(): this {
    return this;
  }
  pause(): this {
    return this;
  }
  ref(): void {}
  unref(): void {}
  read(): string | null {
    return this.waiting.shift() ?? null;
  }
  send(text: string): void {
    this.waiting.push(text);
    this.emit('readable');
  }
}

class Display extends EventEmitter {
  readonly isTTY = true;
  readonly columns: number;
  readonly rows: number;
  readonly xterm: xterm.Terminal;
  /** Bytes drawn so far. */
  drawn = 0;
  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
    this.xterm = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  }
  write(text: string | Uint8Array, ...rest: readonly unknown[]): boolean {
    const chunk = typeof text === 'string' ? text : Buffer.from(text).toString();
    this.drawn += chunk.length;
    // A terminal in raw mode goes to the first column on a line end; xterm leaves that to the driver.
    this.xterm.write(chunk.replaceAll(/\r?\n/g, '\r\n'));
    const done = rest.at(-1);
    if (typeof done === 'function') queueMicrotask(done as () => void);
    return true;
  }
}

// Ink draws thirty times a second at most: three of its beats without a byte, and it has nothing more to say.
const QUIET_MS = 110;

const pause = async (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

type BufferCell = NonNullable<ReturnType<NonNullable<ReturnType<xterm.IBuffer['getLine']>>['getCell']>>;

const cellOf = (cell: BufferCell | undefined): Cell => ({
  text: cell?.getChars() ?? '',
  width: cell?.getWidth() ?? 1,
  color: cell?.isFgPalette() === true ? cell.getFgColor() : null,
  background: cell?.isBgPalette() === true ? cell.getBgColor() : null,
  bold: Boolean(cell?.isBold()),
  dim: Boolean(cell?.isDim()),
  inverse: Boolean(cell?.isInverse()),
});

type Shown = Pick<xterm.Terminal, 'buffer'>;

const linesOf = ({ buffer: { active } }: Shown, rows: number) =>
  Array.from({ length: rows }, (_, i) => active.getLine(active.viewportY + i));

const gridOf = (shown: Shown, columns: number, rows: number): Grid =>
  linesOf(shown, rows).map((line) => Array.from({ length: columns }, (_, x) => cellOf(line?.getCell(x))));

/** What a terminal of that size shows after these bytes. */
export const shownAs = async (bytes: string, columns: number, rows: number): Promise<Grid> => {
  const shown = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  await new Promise<void>((resolve) => {
    shown.write(bytes.replaceAll(/\r?\n/g, '\r\n'), resolve);
  });
  const grid = gridOf(shown, columns, rows);
  shown.dispose();
  return grid;
};

export const openTerminal = (columns: number, rows: number): VirtualTerminal => {
  const keyboard = new Keyboard();
  const display = new Display(columns, rows);
  return {
    terminal: {
      stdin: keyboard as unknown as NodeJS.ReadStream,
      stdout: display as unknown as NodeJS.WriteStream,
      stderr: display as unknown as NodeJS.WriteStream,
      color: true,
      ascii: false,
      screenReader: false,
      alternateScreen: true,
      alert: () => {},
      suspend: async () => Promise.resolve(true),
      onStops: () => () => undefined,
    },
    press: (key) => keyboard.send(key),
    paste: (text) => keyboard.send(`\u001B[200~${text}\u001B[201~`),
    async still() {
      for (let drawn = -1; drawn !== display.drawn;) {
        drawn = display.drawn;
        await pause(QUIET_MS);
      }
      await new Promise<void>((resolve) => {
        display.xterm.write('', resolve);
      });
    },
    grid: () => gridOf(display.xterm, columns, rows),
    text: () =>
      linesOf(display.xterm, rows)
        .map((line) => line?.translateToString(true) ?? '')
        .join('\n'),
  };
};
