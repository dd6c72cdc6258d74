import { spawn, spawnSync } from 'node:child_process';
import { closeSync, constants, cpSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyJournal } from '../../src/journal/check.ts';
import { openPty, type Pty } from '../rig/pty.ts';
import type { Found } from './report.ts';
import { chance, newFolder, pool, shuffled, timer, type Rig } from './rig.ts';

/**
 * What becomes of the program that people use when its terminal is taken away, stopped, shrunk or full: on a real pseudo-terminal
 * with a shell, which finds the terminal as it was, an exit code, nothing running and a whole journal.
 */

const root = join(import.meta.dirname, '../..');
const PROGRAM = join(root, 'bin/firebreak.js');
const NODE = process.execPath;

type Home = Readonly<{ cwd: string; env: Readonly<Record<string, string>>; incident: string; path: string }>;

const envOf = (rig: Rig, cwd: string): Home['env'] => ({
  PATH: process.env['PATH'] ?? '',
  HOME: cwd,
  FIREBREAK_HOME: join(cwd, 'data'),
  FIREBREAK_ACTOR: 'ana',
  TERM: 'xterm-256color',
  LANG: 'C.UTF-8',
  NODE_COMPILE_CACHE: join(rig.folder, 'cache'),
});

/** A folder with one open incident; each case gets a copy. */
const declared = (rig: Rig): string => {
  const cwd = newFolder(rig, 'signals');
  const args = [PROGRAM, 'declare', 'leaked-whatsapp-token', '--title', 'x'];
  const ran = spawnSync(NODE, args, { cwd, env: envOf(rig, cwd), encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`no incident was declared: ${ran.stderr}`);
  return cwd;
};

const copyOf = (rig: Rig, from: string): Home => {
  const cwd = newFolder(rig, 'signals');
  cpSync(from, cwd, { recursive: true });
  const [incident = ''] = readdirSync(join(cwd, 'data/incidents'));
  const path = join(cwd, 'data/incidents', incident, 'journal.sqlite');
  return { cwd, env: envOf(rig, cwd), incident, path };
};

const pause = async (ms: number): Promise<void> => {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
};

const until = async (true_: () => boolean | Promise<boolean>, ms = 15_000): Promise<boolean> => {
  for (const over = performance.now() + ms; ;) {
    if (await true_()) return true;
    if (performance.now() > over) return false;
    await pause(25);
  }
};

const isThere = (pid: number): boolean => existsSync(`/proc/${pid}`);

/** The program on the incident's own screen, with what it runs as. */
const opened = async (pty: Pty, command: string): Promise<number> => {
  await pty.until('READY$');
  await pty.type(`${command}; echo code=$?.\r`);
  await pty.until('?1049h');
  await until(async () => (await pty.jobs()).length > 0 && !(await pty.modes()).lines);
  const [pid = -1] = await pty.jobs();
  return pid;
};

/** What of the terminal is not as the shell had left it. */
const leftOver = async (pty: Pty): Promise<readonly string[]> => {
  const bytes = await pty.bytes();
  const { echo, lines } = await pty.modes();
  return [
    ...(bytes.lastIndexOf('?1049l') > bytes.lastIndexOf('?1049h') ? [] : ['the main screen is not back']),
    ...(bytes.lastIndexOf('?25h') > bytes.lastIndexOf('?25l') ? [] : ['the cursor is hidden']),
    ...(echo && lines ? [] : ['the keyboard is still raw']),
  ];
};

const journalOf = (home: Home): readonly string[] => [
  ...verifyJournal(home.path).findings.map(({ says }) => says),
  ...(existsSync(join(home.cwd, 'data/crashes')) ? ['it wrote a crash note'] : []),
];

type Case = readonly [name: string, run: (home: Home) => Promise<readonly string[]>];

const resume = (home: Home): string => `${NODE} ${PROGRAM} resume ${home.incident}`;

const ended = (signal: NodeJS.Signals, code: number): Case => [
  signal,
  async (home) => {
    await using pty = openPty(home);
    const pid = await opened(pty, resume(home));
    process.kill(pid, signal);
    const seen = await pty.until(/code=\d+\./);
    return [
      ...(seen.includes(`code=${code}.`) ? [] : [`it ended with ${/code=\d+/.exec(seen)?.[0] ?? '?'}`]),
      ...(await leftOver(pty)),
      ...journalOf(home),
    ];
  },
];

/** Stopped in each way that there is, and continued: drawn again, with the keyboard in its hands. */
const stopped: Case = [
  'stopped and continued',
  async (home) => {
    await using pty = openPty(home);
    const pid = await opened(pty, resume(home));
    const wrong: string[] = [];
    const isStopped = (): boolean => readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[2] === 'T';
    const ways: Readonly<Record<string, () => Promise<void>>> = {
      'ctrl-z': async () => await pty.type('\u001A'),
      SIGTSTP: async () => void process.kill(pid, 'SIGTSTP'),
      SIGSTOP: async () => void process.kill(pid, 'SIGSTOP'),
    };
    for (const [name, stop] of Object.entries(ways)) {
      const told = (await pty.bytes()).length;
      await stop();
      if (!(await until(isStopped))) wrong.push(`${name} did not stop it`);
      // Nobody can tell a program of SIGSTOP, so there it has put nothing back.
      if (name !== 'SIGSTOP') wrong.push(...(await leftOver(pty)).map((one) => `${name}: ${one}`));
      await pty.until('Stopped', told);
      const before = (await pty.bytes()).length;
      // A line feed ends a line for the shell also where the keyboard was left raw.
      await pty.type('fg; echo code=$?.\n');
      const drawn = async (): Promise<boolean> =>
        (await pty.bytes()).slice(before).includes('?1049h') && !(await pty.modes()).lines;
      if (!(await until(drawn))) wrong.push(`${name}: it is not drawn again, or has no keyboard`);
    }
    process.kill(pid, 'SIGTERM');
    await pty.until(/code=143\./);
    return [...wrong, ...(await leftOver(pty)), ...journalOf(home)];
  },
];

const hungUp: Case = [
  'terminal closed',
  async (home) => {
    await using pty = openPty(home);
    const pid = await opened(pty, resume(home));
    await pty.hangUp();
    const gone = await until(() => !isThere(pid));
    return [...(gone ? [] : ['it is still running']), ...journalOf(home)];
  },
];

const SIZES: readonly (readonly [number, number])[] = [
  [120, 40],
  [60, 18],
  [20, 5],
  [21, 6],
  [200, 60],
  [40, 10],
];

const resized: Case = [
  'resized every 50 ms',
  async (home) => {
    await using pty = openPty(home);
    const pid = await opened(pty, resume(home));
    for (let i = 0; i < 30; i += 1) {
      const [columns, rows] = SIZES[i % SIZES.length] ?? [80, 24];
      await pty.resize(columns, rows);
      await pause(50);
    }
    const before = (await pty.bytes()).length;
    await pty.resize(80, 24);
    const drawn = await until(async () => (await pty.bytes()).length > before);
    const wrong = isThere(pid) ? [] : ['it did not survive'];
    process.kill(pid, 'SIGTERM');
    await pty.until(/code=143\./);
    return [...wrong, ...(drawn ? [] : ['it draws no more']), ...(await leftOver(pty)), ...journalOf(home)];
  },
];

/** Nobody reads the terminal, as on a connection that hangs; then it is closed. */
const unread: Case = [
  'terminal that nobody reads',
  async (home) => {
    await using pty = openPty(home);
    const pid = await opened(pty, resume(home));
    await pty.deaf(true);
    for (let i = 0; i < 20; i += 1) await pty.resize(...(SIZES[i % SIZES.length] ?? [80, 24]));
    await pty.hangUp();
    return [...((await until(() => !isThere(pid))) ? [] : ['it is still running']), ...journalOf(home)];
  },
];

const ticks = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ');
  return Number(fields[13]) + Number(fields[14]);
};

/** Hundredths of a second of work that a start takes at least. */
const STARTED_TICKS = 10;

/** A pipe that is full and that nobody reads: it waits without working, and ends when told to. */
const fullPipe: Case = [
  'full pipe',
  async (home) => {
    const fifo = join(home.cwd, 'fifo');
    spawnSync('mkfifo', [fifo]);
    // Both ends are held here, and nobody reads.
    const pipe = openSync(fifo, constants.O_RDWR);
    const script = `head -c 61440 /dev/zero; exec ${NODE} ${PROGRAM} runbook show leaked-whatsapp-token --json`;
    const child = spawn('/bin/sh', ['-c', script], { ...home, stdio: ['ignore', pipe, 'ignore'] });
    const out = new Promise<number | NodeJS.Signals | null>((resolve) => {
      child.on('exit', (code, signal) => resolve(code ?? signal));
    });
    const pid = child.pid ?? -1;
    const quiet = await until(async () => {
      const before = isThere(pid) ? ticks(pid) : 0;
      await pause(400);
      return before > STARTED_TICKS && isThere(pid) && ticks(pid) - before <= 1;
    });
    child.kill('SIGTERM');
    const how = await Promise.race([out, pause(10_000).then(() => 'still running' as const)]);
    closeSync(pipe);
    return [
      ...(quiet ? [] : ['it works although it waits']),
      ...(how === 'SIGTERM' || how === 143 ? [] : [`it ended with ${String(how)}`]),
    ];
  },
];

const shell = (name: string, script: string, wanted: string): Case => [
  name,
  (home) => {
    const { stdout, stderr } = spawnSync(
      '/bin/bash',
      ['-c', script.replaceAll('firebreak', `${NODE} ${PROGRAM}`)],
      {
        ...home,
        encoding: 'utf8',
        timeout: 20_000,
      },
    );
    const wrong = stdout.includes(wanted) ? [] : [`it said ${JSON.stringify(stdout + stderr).slice(0, 300)}`];
    return Promise.resolve([...wrong, ...journalOf(home)]);
  },
];

const CASES: readonly Case[] = [
  ended('SIGTERM', 143),
  ended('SIGHUP', 129),
  ended('SIGINT', 130),
  stopped,
  hungUp,
  resized,
  unread,
  fullPipe,
  shell('reader that leaves', 'firebreak runbook list | head -1 >/dev/null; echo "${PIPESTATUS[0]}."', '0.'),
  shell(
    'full disk below stdout',
    'firebreak note kept; firebreak status >/dev/full 2>said; echo "$?.$(wc -l <said).$(grep -c "could not be written: the disk is full" said)."',
    '13.5.1.',
  ),
  shell('closed stdout', '(firebreak note kept >&-); echo "$?."', '0.'),
  shell('closed stdin', 'firebreak note kept <&- >/dev/null; echo "$?."', '0.'),
];

/** A program that puts nothing back must be seen to. */
const careless = async (home: Home): Promise<boolean> => {
  await using pty = openPty(home);
  const draw = String.raw`process.stdin.setRawMode(true);process.stdout.write("\u001b[?1049h\u001b[?25l");setInterval(()=>{},99)`;
  const pid = await opened(pty, `${NODE} -e '${draw}'`);
  process.kill(pid, 'SIGKILL');
  await pty.until(/code=\d+\./);
  return (await leftOver(pty)).length === 3;
};

export const signals = async (rig: Rig): Promise<Found> => {
  if (spawnSync('python3', ['-c', 'import pty']).status !== 0)
    return { broken: ['signals: a pseudo-terminal is made with python3 (apt-get install python3)'] };
  const home = declared(rig);
  const seen = await careless(copyOf(rig, home));
  const one = async ([name, run]: Case): Promise<readonly string[]> => {
    const wrong = await run(copyOf(rig, home)).catch((error: unknown) => [String(error)]);
    return wrong.map((says) => `signals, ${name}: ${says}`);
  };
  const cases = shuffled(chance(rig.seed), CASES);
  const found = await pool(cases, rig.workers, one, timer(rig, 'signals', 12));
  return { broken: found.flat(), controls: { 'a program that leaves the terminal as it was': seen } };
};
