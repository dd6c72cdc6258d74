import type { ChildProcess } from 'node:child_process';
import { limits } from '../model/limits.ts';

/** Runs a program with an argument array. There is no shell and no string that one could read. */
export interface Processes {
  run(request: RunRequest): Promise<RunResult>;
}

export type RunRequest = Readonly<{
  file: string;
  args: readonly string[];
  /** Secrets go in here or through stdin, never through args. */
  env?: Readonly<Record<string, string>>;
  stdin?: string;
  timeoutMs?: number;
  signal?: AbortSignal;
  /** What it prints is kept as it is, up to so many bytes; else it is text without its last line end. */
  rawMax?: number;
}>;

/** `exit` is null when the program did not start or was ended; `started` is false only when nothing can have happened. */
export type RunResult = Readonly<{
  exit: number | null;
  started: boolean;
  stdout: string;
  stderr: string;
  timedOut: boolean;
  /** Its output byte for byte, where that was asked for; `stdout` is then empty. */
  raw?: Uint8Array;
  /** It printed more than was taken, and was ended for it. */
  cut?: true;
}>;

const notStarted = (stderr: string): RunResult => ({
  exit: null,
  started: false,
  stdout: '',
  stderr,
  timedOut: false,
});

/** What is printed, as it comes; up to so many bytes, then `over` is called and no more is taken. */
const gather = async (
  printed: AsyncIterable<Uint8Array>,
  max: number,
  { over, ended }: Readonly<{ over: () => void; ended: () => boolean }>,
): Promise<Pick<RunResult, 'raw' | 'cut'>> => {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of printed) {
      size += piece.byteLength;
      if (size > max) {
        over();
        return { raw: new Uint8Array(), cut: true };
      }
      pieces.push(piece);
    }
  } catch {
    // Somebody else still holds the output of a program that has ended: what it printed itself is here.
    if (!ended()) return { cut: true };
  }
  return { raw: new Uint8Array(Buffer.concat(pieces)) };
};

const run = async (
  request: RunRequest,
  env: Readonly<Record<string, string | undefined>>,
): Promise<RunResult> => {
  // execa would start the program and end it at once; in between it could act.
  if (request.signal?.aborted === true) return notStarted('given up before it was started');
  // Loaded when a program is first run: most commands run none, and it costs them a third of their start.
  const { execa } = await import('execa');
  const { rawMax } = request;
  const running = execa(request.file, [...request.args], {
    reject: false,
    extendEnv: false,
    env: { ...env, ...request.env },
    timeout: request.timeoutMs ?? limits.commandMs,
    maxBuffer: limits.commandOutputBytesMax,
    // Bytes are gathered here: put together there, they would be quoted whole in the message of a failure.
    buffer: { stdout: rawMax === undefined, stderr: true },
    ...(request.stdin === undefined ? { stdin: 'ignore' as const } : { input: request.stdin }),
    ...(request.signal === undefined ? {} : { cancelSignal: request.signal }),
  });
  const { byItself } = letGo(running.nodeChildProcess);
  const over = (): void => void running.kill('SIGKILL');
  const gathered = rawMax === undefined ? null : gather(running.stdout, rawMax, { over, ended: byItself });
  const [ran, kept] = await Promise.all([running, gathered]);
  const started = ran.exitCode !== undefined || ran.timedOut || ran.signal !== undefined;
  return {
    exit: ran.exitCode ?? null,
    started,
    stdout: ran.stdout ?? '',
    stderr: ran.stderr ?? '',
    timedOut: ran.timedOut && !byItself(),
    ...kept,
    ...(ran.isMaxBuffer ? { cut: true } : {}),
  };
};

/** What a program wrote before its end is read by then. */
const LINGER_MS = 1000;

/**
 * What a program leaves running behind it (an agent, a shared connection of ssh) holds its output open, for hours perhaps, and no time-out
 * ends that. The program itself has ended: its output is waited for a little, and no longer.
 */
export const letGo = (program: ChildProcess): Readonly<{ byItself: () => boolean }> => {
  let byItself = false;
  program.once('exit', () => {
    byItself = !program.killed;
    const timer = setTimeout(() => {
      program.stdout?.destroy();
      program.stderr?.destroy();
    }, LINGER_MS);
    program.once('close', () => clearTimeout(timer));
  });
  return { byItself: () => byItself };
};

/** The real thing. A vendor's tool needs its own configuration, so HOME and PATH are passed on and nothing else is. */
export const systemProcesses = (env: Readonly<Record<string, string | undefined>>): Processes => ({
  run: async (request) => await run(request, { PATH: env['PATH'], HOME: env['HOME'], LANG: 'C.UTF-8' }),
});

/** In a drill only a simulator's own executable runs, by its absolute path, with an emptied environment. */
export const walledProcesses = (allowed: ReadonlySet<string>): Processes => ({
  run: async (request) =>
    allowed.has(request.file)
      ? await run(request, { PATH: '' })
      : notStarted('a drill runs only its own simulators'),
});
