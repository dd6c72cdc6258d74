import { EventEmitter } from 'node:events';
import xterm from '@xterm/headless';
import type { App } from '../../src/app/contract.ts';
import type { Terminal } from '../../src/io/terminal.ts';
import { runTui, type TuiResult } from '../../src/tui/main.tsx';
import type { Start } from '../../src/tui/shell/store.ts';

/** A terminal in memory with the app on it: keys in, the text of the screen out. */
export interface Screen {
  /** Types text or named keys: `type('j', keys.enter)`. Resolves once the picture stands still. */
  type(...input: readonly string[]): Promise<void>;
  paste(text: string): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** What a person sees: one string a row, without what is blank at its end. */
  text(): string;
  /** Every byte written so far. */
  bytes(): string;
  still(): Promise<void>;
  alerts: readonly string[];
  result: Promise<TuiResult>;
}

export const keys = {
  enter: '\r',
  esc: '\u001B',
  tab: '\t',
  up: '\u001B[A',
  down: '\u001B[B',
  pageDown: '\u001B[6~',
  pageUp: '\u001B[5~',
  space: ' ',
  ctrlC: '\u0003',
  ctrlK: '\u000B',
  ctrlL: '\u000C',
  ctrlU: '\u0015',
  ctrlY: '\u0019',
  backspace: '\u007F',
  newline: '\n',
} as const;

export type ScreenOptions = Readonly<{
  columns?: number;
  rows?: number;
  color?: boolean;
  ascii?: boolean;
  screenReader?: boolean;
  start?: Start;
}>;

class Stdin extends EventEmitter {
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

class Stdout extends EventEmitter {
  readonly isTTY = true;
  written = '';
  readonly xterm: xterm.Terminal;
  columns: number;
  rows: number;
  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
    this.xterm = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  }
  write(text: string | Uint8Array, ...rest: unknown[]): boolean {
    const chunk = typeof text === 'string' ? text : Buffer.from(text).toString();
    this.written += chunk;
    // A terminal in raw output mode goes to the first column on a line end; xterm leaves that to the driver.
    this.xterm.write(chunk.replaceAll(/\r?\n/g, '\r\n'));
    const done = rest.at(-1);
    if (typeof done === 'function') queueMicrotask(done as () => void);
    return true;
  }
}

const pause = async (ms: number): Promise<void> => {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
};

export const openScreen = (app: App, options: ScreenOptions = {}): Screen => {
  const stdin = new Stdin();
  const stdout = new Stdout(options.columns ?? 80, options.rows ?? 24);
  const alerts: string[] = [];
  const screenReader = options.screenReader ?? false;
  const terminal = {
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stdout as unknown as NodeJS.WriteStream,
    color: options.color ?? false,
    ascii: options.ascii ?? true,
    screenReader,
    alternateScreen: !screenReader,
    alert: (text: string) => void alerts.push(text),
    suspend: async () => true,
    onStops: () => () => undefined,
  } satisfies Terminal;
  const result = runTui({ app, start: options.start ?? { screen: 'home' }, terminal });
  const still = async (): Promise<void> => {
    // Ink draws at most thirty times a second; the picture stands still once nothing came for several of its beats. A
    // machine with other work to do may pause between two: hence more than one look.
    for (let size = -1, quiet = 0; quiet < 3;) {
      quiet = size === stdout.written.length ? quiet + 1 : 0;
      size = stdout.written.length;
      await pause(30);
    }
    await new Promise<void>((resolve) => {
      stdout.xterm.write('', resolve);
    });
  };
  return {
    alerts,
    result,
    still,
    async type(...input) {
      for (const one of input) {
        const parts = Object.values<string>(keys).includes(one) ? [one] : Array.from(one);
        for (const part of parts) {
          stdin.send(part);
          if (part === keys.esc) await pause(30);
        }
        await pause(5);
      }
      await still();
    },
    async paste(text) {
      stdin.send(`\u001B[200~${text}\u001B[201~`);
      await still();
    },
    async resize(columns, rows) {
      stdout.columns = columns;
      stdout.rows = rows;
      stdout.xterm.resize(columns, rows);
      stdout.emit('resize');
      await still();
    },
    text() {
      const buffer = stdout.xterm.buffer.active;
      const lines = Array.from(
        { length: stdout.rows },
        (_, i) => buffer.getLine(buffer.viewportY + i)?.translateToString(true) ?? '',
      );
      return `${lines.join('\n')}\n`;
    },
    bytes: () => stdout.written,
  };
};
