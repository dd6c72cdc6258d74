import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import xterm from '@xterm/headless';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { onTerminal, pause, type Terminal } from './terminal.ts';

// Bad terminals, with the built program on a real one: too small, never the same size, closed, without UTF-8, dumb, without colour.

const DECLARE = 'declare leaked-whatsapp-token --title x > /dev/null 2>&1';
const FIRST_STEP = 'Write down what was reported';

/** One incident for all: starting the program costs more than any of these looks at. */
let first: Terminal;
beforeAll(async () => {
  first = onTerminal();
  await first.pty.until('READY$');
  await first.pty.type(`${first.command(DECLARE)}; echo code=$?.\r`);
  await first.pty.until('code=0.');
}, 60_000);
afterAll(async () => {
  await first.pty[Symbol.asyncDispose]();
  rmSync(first.home, { recursive: true, force: true });
});

let open: Terminal[] = [];
afterEach(async () => {
  for (const { pty, home } of open) {
    await pty[Symbol.asyncDispose]();
    rmSync(home, { recursive: true, force: true });
  }
  open = [];
});

const sat: typeof onTerminal = (size, env) => {
  const terminal = onTerminal(size, { FIREBREAK_HOME: join(first.home, 'data'), ...env });
  open.push(terminal);
  return terminal;
};

const incidentOn: (...given: Parameters<typeof onTerminal>) => Promise<Terminal> = async (size, env) => {
  const terminal = sat(size, env);
  await terminal.pty.until('READY$');
  await terminal.pty.type(`${terminal.command('resume')}; echo code=$?.\r`);
  return terminal;
};

/** The keyboard is the program's only after its first frame. */
const taken = async ({ pty }: Terminal): Promise<void> => {
  while ((await pty.modes()).lines) await pause(20);
};

const leave = async ({ pty }: Terminal): Promise<string> => {
  const before = (await pty.bytes()).length;
  for (let i = 0; i < 20 && !(await pty.bytes()).slice(before).includes('?1049l'); i += 1) {
    await pty.type('\u0003');
    await pause(150);
  }
  return await pty.until(/code=\d+\./, before);
};

/** What somebody in front of a terminal of this size sees of these bytes. */
const picture = async (bytes: string, columns: number, rows: number): Promise<readonly string[]> => {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  await new Promise<void>((resolve) => {
    terminal.write(bytes, resolve);
  });
  const { active } = terminal.buffer;
  const lines = Array.from({ length: rows }, (_, y) => active.getLine(y)?.translateToString(true) ?? '');
  terminal.dispose();
  return lines;
};

test(
  '20x5: it says that it is too small and what to do, in the room there is',
  { timeout: 60_000 },
  async () => {
    const terminal = await incidentOn({ columns: 20, rows: 5 });
    await terminal.pty.until('?1049h');
    await taken(terminal);
    await pause(300);
    const bytes = await terminal.pty.bytes();
    const shown = await picture(bytes.slice(bytes.lastIndexOf('?1049h') - 2), 20, 5);
    expect(shown.join(' ').replaceAll(/\s+/g, ' ')).toMatch(/too small/i);
    expect(await leave(terminal)).toContain('code=0.');
    expect(await terminal.pty.modes()).toEqual({ echo: true, lines: true });
  },
);

test(
  'resized every 50 ms while somebody types, every word stays, once, and the last frame fits',
  { timeout: 60_000 },
  async () => {
    const terminal = await incidentOn();
    const { pty } = terminal;
    await pty.until(FIRST_STEP);
    await taken(terminal);
    await pty.type('n');
    await pty.until('> Note');
    for (let i = 0; i < 40; i += 1) {
      await pty.resize(20 + ((i * 37) % 140), 5 + ((i * 13) % 50));
      if (i % 4 === 0) await pty.type(`w${i} `);
      await pause(50);
    }
    const before = (await pty.bytes()).length;
    await pty.resize(90, 30);
    // A new size clears the screen and draws all of it: what came since is the whole picture.
    const words = Array.from({ length: 10 }, (_, k) => `w${k * 4}`).join(' ');
    const rows = async (holding: string): Promise<number> =>
      (await picture((await pty.bytes()).slice(before), 90, 30)).filter((row) => row.includes(holding))
        .length;
    await expect.poll(async () => await rows(words), { timeout: 10_000 }).toBe(1);
    expect(await rows('> Note')).toBe(1);
    expect(await leave(terminal)).toContain('code=0.');
  },
);

test(
  'the window is closed in the middle of a form: the process ends, and the incident is whole',
  { timeout: 60_000 },
  async () => {
    const terminal = await incidentOn();
    const { pty, command } = terminal;
    await pty.until(FIRST_STEP);
    await taken(terminal);
    await pty.type('n');
    await pty.until('> Note');
    await pty.type('half a thought');
    const [shell] = await pty.jobs();
    await pty.hangUp();
    const alive = (pid: number): boolean => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    for (let i = 0; i < 250 && shell !== undefined && alive(shell); i += 1) await pause(20);
    expect(shell !== undefined && alive(shell)).toBe(false);
    const [incident = ''] = readdirSync(join(first.home, 'data', 'incidents'));
    const again = sat();
    await again.pty.until('READY$');
    await again.pty.type(
      `${command(`verify ${incident}`)} > /dev/null; echo verified=$?.; ${command('next')}; echo code=$?.\r`,
    );
    const said = await again.pty.until(/code=\d+\./);
    expect(said).toContain('verified=0.');
    expect(said).toContain(FIRST_STEP);
  },
);

test.each([
  ['LANG=C', { LANG: 'C' }],
  ['no locale at all', { LANG: '' }],
])('%s: no letter that such a terminal has not', { timeout: 60_000 }, async (_, env) => {
  const terminal = await incidentOn({}, env);
  await terminal.pty.until(FIRST_STEP);
  await taken(terminal);
  const all = (await terminal.pty.bytes()) + (await leave(terminal));
  // oxlint-disable-next-line no-control-regex -- every letter of ASCII, with those that move the cursor
  expect(all.replaceAll(/[\u0000-\u007f]/g, '')).toBe('');
});

test('with UTF-8 there are such letters, so the test before can fail', { timeout: 60_000 }, async () => {
  const terminal = await incidentOn();
  // oxlint-disable-next-line no-control-regex -- anything but ASCII
  expect(await terminal.pty.until(FIRST_STEP)).toMatch(/[^\u0000-\u007f]/);
});

test('TERM=dumb: lines without a single escape, and it ends by itself', { timeout: 60_000 }, async () => {
  const terminal = await incidentOn({}, { TERM: 'dumb' });
  const said = await terminal.pty.until(/code=\d+\./);
  expect(said).toContain(FIRST_STEP);
  expect(said).not.toContain('\u001b');
});

test('NO_COLOR: the same picture without one colour', { timeout: 60_000 }, async () => {
  // oxlint-disable-next-line no-control-regex -- the escape is what is looked for
  const coloured = /\u001b\[[\d;]*(?:3[0-7]|4[0-7]|9[0-7]|38|48)[\d;]*m/;
  const plain = await incidentOn({}, { NO_COLOR: '1' });
  expect(await plain.pty.until(FIRST_STEP)).not.toMatch(coloured);
  const usual = await incidentOn();
  expect(await usual.pty.until(FIRST_STEP)).toMatch(coloured);
});
