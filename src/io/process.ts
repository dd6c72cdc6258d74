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
}>;

/** `exit` is null when the program did not start or was ended; `started` is false only when nothing can have happened. */
export type RunResult = Readonly<{
  exit: number | null;
  started: boolean;
  stdout: string;
  stderr: string;
  timedOut: boolean;
}>;

const notStarted = (stderr: string): RunResult => ({
  exit: null,
  started: false,
  stdout: '',
  stderr,
  timedOut: false,
});

const run = async (
  request: RunRequest,
  env: Readonly<Record<string, string | undefined>>,
): Promise<RunResult> => {
  // execa would start the program and end it at once; in between it could act.
  if (request.signal?.aborted === true) return notStarted('given up before it was started');
  // Loaded when a program is first run: most commands run none, and it costs them a third of their start.
  const { execa } = await import('execa');
  const ran = await execa(request.file, [...request.args], {
    reject: false,
    extendEnv: false,
    env: { ...env, ...request.env },
    timeout: request.timeoutMs ?? limits.commandMs,
    maxBuffer: limits.commandOutputBytesMax,
    ...(request.stdin === undefined ? { stdin: 'ignore' as const } : { input: request.stdin }),
    ...(request.signal === undefined ? {} : { cancelSignal: request.signal }),
  });
  const started = ran.exitCode !== undefined || ran.timedOut || ran.signal !== undefined;
  return {
    exit: ran.exitCode ?? null,
    started,
    stdout: ran.stdout,
    stderr: ran.stderr,
    timedOut: ran.timedOut,
  };
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
