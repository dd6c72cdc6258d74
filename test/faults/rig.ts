import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

/** What every scenario is handed: a folder on a disk, the programs to torment, chance with a seed, and the time it may take. */
export type Rig = Readonly<{
  /** On a real file system, not in memory. */
  folder: string;
  /** In memory where there is some: for what no disk has a part in. */
  memory: string;
  full: boolean;
  /** Where the system calls of a program cannot be watched: told so by the caller, who knows what is left out. */
  withoutPtrace: boolean;
  workers: number;
  seed: number;
  say: (line: string) => void;
}>;

const root = join(import.meta.dirname, '../..');

/** Stays beside the programs: native, or never asked for by most of them. */
const OUTSIDE = ['better-sqlite3', '@napi-rs/keyring', 'esbuild', 'execa'];

const CHILDREN = ['appender', 'driver', 'mailer', 'shard'] as const;
export type Child = (typeof CHILDREN)[number];

export const programOf = (rig: Pick<Rig, 'folder'>, name: Child): string =>
  join(rig.folder, 'programs', `${name}.mjs`);

/** One file a program, so that starting one costs little: a kill costs a start. */
export const openRig = async (
  options: Pick<Rig, 'full' | 'withoutPtrace' | 'seed' | 'say'>,
): Promise<Rig & Disposable> => {
  // Loaded here alone: the programs share this file, and have no use for a bundler.
  const [{ build }, { seldomAtFirstUse, zodInEnglish }, { builtinsAsked }] = await Promise.all([
    import('esbuild'),
    import('../../src/dev/patches.ts'),
    import('../../src/dev/chunks.ts'),
  ]);
  // Beside the packages, so that the database's native part is found; /tmp may be memory, where nothing is ever lost.
  const folder = mkdtempSync(join(root, 'node_modules/.faults-'));
  const memory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'firebreak-faults-'));
  await build({
    absWorkingDir: root,
    entryPoints: CHILDREN.map((name) => `test/faults/child/${name}.ts`),
    outdir: join(folder, 'programs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: OUTSIDE,
    banner: { js: `const require=process.getBuiltinModule('module').createRequire(import.meta.url);` },
    outExtension: { '.js': '.mjs' },
    minify: true,
    plugins: [seldomAtFirstUse, zodInEnglish, builtinsAsked(OUTSIDE)],
    logLevel: 'error',
  });
  return {
    ...options,
    folder,
    memory,
    workers: Math.max(2, Math.min(4, availableParallelism())),
    [Symbol.dispose]: () => {
      for (const one of [folder, memory]) rmSync(one, { recursive: true, force: true });
    },
  };
};

export const newFolder = (rig: Pick<Rig, 'folder'>, name: string): string => {
  const parent = join(rig.folder, 'runs');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, `${name}-`));
};

export const newFolderInMemory = (rig: Pick<Rig, 'memory'>, name: string): string =>
  mkdtempSync(join(rig.memory, `${name}-`));

/** A generator whose seed is printed, so that a failure can be run again. */
export const chance = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
};

export const below = (next: () => number, bound: number): number => Math.floor(next() * bound);

export const pick = <T>(next: () => number, from: readonly T[]): T => {
  const found = from[below(next, from.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

/** Runs the jobs, so many at a time; answers in their order. Once it is `over`, no further one is begun. */
export const pool = async <J, R>(
  jobs: readonly J[],
  workers: number,
  work: (job: J, index: number) => Promise<R>,
  over: () => boolean = () => false,
): Promise<readonly R[]> => {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < jobs.length && !over(); i = next++) results[i] = await work(jobs[i] as J, i);
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return results.filter((_, i) => i in results);
};

/** When a bounded run has had its time: a slow machine does fewer, and says how many, instead of holding everybody up. */
export const timer = (
  { full, say }: Pick<Rig, 'full' | 'say'>,
  what: string,
  seconds: number,
): (() => boolean) => {
  const ends = performance.now() + seconds * 1000;
  let told = false;
  return () => {
    const over = !full && performance.now() > ends;
    if (over && !told) say(`  ${what}: not all were begun within ${seconds} s on this machine`);
    told ||= over;
    return over;
  };
};

/** In an order of chance, so that what is left out for want of time is not always the same. */
export const shuffled = <T>(next: () => number, from: readonly T[]): readonly T[] =>
  from
    .map((one) => ({ one, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);

export type Ended = Readonly<{
  code: number | null;
  signal: NodeJS.Signals | null;
  lines: readonly string[];
  stderr: string;
}>;

export type Running = Readonly<{
  child: ChildProcess;
  lines: () => readonly string[];
  ended: Promise<Ended>;
}>;

const DEADLINE_MS = 120_000;
/** A part of a scenario works for a minute where the machine is quiet, and need not say anything before its end. */
const SHARD_MS = 900_000;

/** Starts a program and keeps what it says; a line that was cut off was not said. One that hangs is ended, and seen as such. */
export const start = (
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  deadlineMs = DEADLINE_MS,
): Running => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (bytes: Buffer) => void (stdout += bytes.toString('utf8')));
  child.stderr.on('data', (bytes: Buffer) => void (stderr += bytes.toString('utf8')));
  const lines = (): readonly string[] => stdout.split('\n').slice(0, -1);
  const deadline = setTimeout(() => {
    stderr += `\nended after ${deadlineMs} ms without an end of its own`;
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 2000).unref();
  }, deadlineMs);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(deadline);
      resolve({ code, signal, lines: lines(), stderr });
    });
  });
  return { child, lines, ended };
};

/** Where the programs keep what was compiled of them. */
export const cacheOf = (rig: Pick<Rig, 'folder'>): string => join(rig.folder, 'cache');

export const startProgram = (
  rig: Pick<Rig, 'folder'>,
  name: Child,
  args: readonly string[],
  deadlineMs = DEADLINE_MS,
): Running =>
  start(process.execPath, [programOf(rig, name), ...args], { NODE_COMPILE_CACHE: cacheOf(rig) }, deadlineMs);

/** One JSON answer of a part of a scenario that keeps a core busy, run in a process of its own. */
export const shard = async (rig: Rig, scenario: string, task: unknown): Promise<unknown> => {
  const running = startProgram(rig, 'shard', [scenario, JSON.stringify(task)], SHARD_MS);
  const { code, signal, lines, stderr } = await running.ended;
  const last = lines.at(-1);
  if (code !== 0 || last === undefined) {
    throw new Error(`${scenario} ended with ${code ?? signal}: ${stderr}`);
  }
  return JSON.parse(last) as unknown;
};
