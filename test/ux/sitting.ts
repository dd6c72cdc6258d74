import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import xterm from '@xterm/headless';
import { newHome } from '../rig/app.ts';
import { envOf, ranProgram, type Ran } from '../rig/program.ts';
import { onTerminal, pause } from './terminal.ts';

/**
 * One person before the built program on a real pseudo-terminal: keys go through its line discipline, and what is seen is what a
 * terminal makes of the bytes that came back.
 */
export interface Sitting extends AsyncDisposable {
  /** What stands on the terminal now, without what is blank at the end of a row. */
  sees(): Promise<string>;
  /** Waits until that is on it, wherever its lines are broken. */
  until(what: string | RegExp): Promise<string>;
  /** Types the keys as one piece, then waits for what they bring. */
  press(keys: string, brings: string | RegExp): Promise<string>;
  /** Types the keys, then waits for another picture. */
  move(keys: string): Promise<string>;
  /** Types the keys as one piece; after how many milliseconds that is what stands on the terminal. */
  answered(keys: string, by: (picture: string) => boolean): Promise<number>;
  /** Goes down the steps until that one is in front. */
  toStep(title: string): Promise<string>;
  /** Every byte so far. */
  bytes(): Promise<string>;
  /** Another process on the same incidents, without a terminal. */
  beside(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  /** The program's own process, that is not the shell's. */
  pid(): Promise<number>;
  /** The program again, once the one before has gone. */
  again(args: string): Promise<void>;
  home: string;
}

/** Where a sitting begins: the files of its home, its folder in there, and what is set for the program. */
export type Start = Readonly<{
  files: string | null;
  folder: string;
  env: Readonly<Record<string, string>>;
  /** Another program than the built one. */
  program?: string;
}>;

export const FIRST_STEP = 'NOW Write down what was reported';
const FRESH: Start = { files: null, folder: '.', env: {} };

export const keys = {
  enter: '\r',
  esc: '\u001B',
  tab: '\t',
  up: '\u001B[A',
  down: '\u001B[B',
  ctrlC: '\u0003',
  ctrlY: '\u0019',
} as const;

/** Other suites use the same processors meanwhile. */
const PATIENCE_MS = 45_000;
const LOOK_MS = 25;
/** Where it is measured how long something takes. */
const CLOSE_LOOK_MS = 2;
const STEPS_MAX = 60;

const run = async (
  home: string,
  { folder, env }: Pick<Start, 'folder' | 'env'>,
  args: readonly string[],
): Promise<Ran> => await ranProgram({ cwd: join(home, folder), env: { ...envOf(home), ...env } }, args);

let first: Promise<Start> | null = null;
const declare = async (env: Start['env'] = {}): Promise<Start> => {
  const start = { ...FRESH, env };
  const home = newHome();
  process.once('exit', () => {
    rmSync(home, { recursive: true, force: true });
  });
  const { code, stderr } = await run(home, start, [
    'declare',
    'leaked-whatsapp-token',
    '--title',
    'Odd mail',
  ]);
  if (code !== 0) throw new Error(stderr);
  return { ...start, files: home };
};

/** A machine with one open incident. Declaring costs more than most of what is looked at: once, and each sitting has a copy. */
export const declared = async (): Promise<Start> => await (first ??= declare());

/** The same on a machine of that zone. */
export const declaredIn = async (zone: string): Promise<Start> => await declare({ TZ: zone });

export type Size = Readonly<{ columns: number; rows: number }>;

/** Sits down and starts the program. */
export const sitDown = async (
  args: string,
  start: Start = FRESH,
  { columns, rows }: Size = { columns: 80, rows: 24 },
): Promise<Sitting> => {
  const { pty, home, command } = onTerminal({ columns, rows }, start.env, start.program);
  if (start.files !== null) cpSync(start.files, home, { recursive: true });
  const screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  let fed = 0;
  const sees = async (): Promise<string> => {
    const more = await pty.since(fed);
    fed += more.length;
    await new Promise<void>((resolve) => {
      screen.write(more, resolve);
    });
    const { active } = screen.buffer;
    const line = (y: number): string => active.getLine(active.viewportY + y)?.translateToString(true) ?? '';
    return Array.from({ length: rows }, (_, y) => line(y)).join('\n');
  };
  const when = async (
    is: (picture: string) => boolean,
    what: string,
    everyMs: number = LOOK_MS,
  ): Promise<string> => {
    for (const over = performance.now() + PATIENCE_MS; ; await pause(everyMs)) {
      const picture = await sees();
      if (is(picture)) return picture;
      if (performance.now() > over) throw new Error(`${what} never came:\n${picture}`);
    }
  };
  const shows = (picture: string, what: string | RegExp): boolean => {
    const flat = picture.replaceAll(/\s+/g, ' ');
    return typeof what === 'string' ? flat.includes(what) : what.test(flat);
  };
  const until = async (what: string | RegExp): Promise<string> =>
    await when((picture) => shows(picture, what), String(what));
  const begin = async (more: string): Promise<void> => {
    // One that was killed leaves the terminal as it had it: what it had switched off would be taken for the next one's.
    await pty.type('stty sane\n');
    while (!(await pty.modes()).lines) await pause(LOOK_MS);
    const line = `clear; cd ${join(home, start.folder)}; ${command(more)}; echo code=$?.`;
    await pty.type(`${line}\n`);
    // The first frame is there before the keyboard is the program's.
    while ((await pty.modes()).lines) await pause(LOOK_MS);
  };
  const move = async (typed: string): Promise<string> => {
    const before = await sees();
    await pty.type(typed);
    return await when((now) => now !== before, 'another picture');
  };
  const sitting: Sitting = {
    home,
    sees,
    until,
    bytes: async () => await pty.bytes(),
    press: async (typed, brings) => {
      await pty.type(typed);
      return await until(brings);
    },
    move,
    answered: async (typed, by) => {
      const since = performance.now();
      await pty.type(typed);
      await when(by, `the answer to ${JSON.stringify(typed)}`, CLOSE_LOOK_MS);
      return performance.now() - since;
    },
    toStep: async (title) => {
      let picture = await sees();
      for (let i = 0; i < STEPS_MAX && !shows(picture, new RegExp(`[A-Z]{3,7} ${title}`)); i += 1)
        picture = await move('j');
      return await until(title);
    },
    beside: async (more, env = {}) => await run(home, { ...start, env: { ...start.env, ...env } }, more),
    pid: async () => (await pty.jobs())[0] ?? -1,
    again: async (more) => {
      await until('READY$');
      await begin(more);
    },
    [Symbol.asyncDispose]: async () => {
      await pty[Symbol.asyncDispose]();
      screen.dispose();
      rmSync(home, { recursive: true, force: true });
    },
  };
  await pty.until('READY$');
  await begin(args);
  return sitting;
};
