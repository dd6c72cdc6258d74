import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { AppenderConfig } from './child/appender.ts';
import type { MailerConfig } from './child/mailer.ts';
import { cacheOf, programOf, start, type Ended, type Rig } from './rig.ts';
import { missing } from './tools.ts';

/** Debian's strace: watches what a program writes, and makes its system calls fail. */

export const CALLS = ['pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'unlink'] as const;
export type Call = (typeof CALLS)[number];

/** Installs strace where it is missing. Null when it works here, else why not. */
export const straceMissing = (): string | null => {
  const why = missing('strace', ['--version', 'strace']);
  if (why !== null) return why;
  const tried = spawnSync('strace', ['-qq', '-e', 'trace=none', 'true'], { encoding: 'utf8' });
  return tried.status === 0
    ? null
    : `this machine lets no program watch another one (ptrace): ${tried.stderr}`;
};

/** A program of ours and what it is told. */
type Job = Readonly<
  { program: 'appender'; config: AppenderConfig } | { program: 'mailer'; config: MailerConfig }
>;

/** Runs it under strace with these of its options, and, where told, with a limit on the size of what it writes. */
const straced = async (
  rig: Rig,
  options: readonly string[],
  { program, config }: Job,
  limit: number | null = null,
): Promise<Ended> =>
  await start(
    'strace',
    [
      '-f',
      '-qq',
      '-e',
      'signal=none',
      ...options,
      ...(limit === null ? [] : ['prlimit', `--fsize=${limit}`]),
      process.execPath,
      programOf(rig, program),
      JSON.stringify(config),
    ],
    { NODE_COMPILE_CACHE: cacheOf(rig) },
  ).ended;

/** What a program did to the files of one journal and what it said meanwhile, in order. Files go by their last name. */
export type Traced =
  | Readonly<{ is: 'write'; file: string; offset: number; data: Buffer }>
  | Readonly<{ is: 'sync'; file: string }>
  | Readonly<{ is: 'truncate'; file: string; size: number }>
  | Readonly<{ is: 'unlink'; file: string }>
  | Readonly<{ is: 'said'; text: string }>
  /** To another program, over a socket. */
  | Readonly<{ is: 'sent'; text: string }>;

// What strace passes over, the kernel then passes over too. A signal cannot be injected that way: it is dropped.
const FAST = '--seccomp-bpf';

export const record = async (rig: Rig, trace: string, job: Job): Promise<Ended> =>
  await straced(
    rig,
    [FAST, '-xx', '-y', '-s', '1000000', '-e', `trace=${CALLS.join(',')},write,writev`, '-o', trace],
    job,
  );

/** `struck`: the call failed as was asked for, instead of never having been reached. */
export type Struck = Ended & Readonly<{ struck: boolean }>;

/** Lets one call of the appender fail. */
export const inject = async (
  rig: Rig,
  trace: string,
  { call, injection }: Readonly<{ call: Call; injection: string }>,
  config: AppenderConfig,
): Promise<Struck> => {
  const ended = await straced(
    rig,
    ['-e', `trace=${call}`, '-e', `inject=${call}:${injection}`, '-o', trace],
    { program: 'appender', config },
  );
  const told = readFileSync(trace, 'latin1').includes('(INJECTED)');
  return { ...ended, struck: told || ended.signal === 'SIGKILL' };
};

const SHORT = /pwrite64\(.*, (\d+), \d+\) += (\d+)$/;

/** No file grows past the limit: the kernel writes what fits of the call that would, and says so. */
export const cutShort = async (
  rig: Rig,
  trace: string,
  limit: number,
  config: AppenderConfig,
): Promise<Struck> => {
  const job = { program: 'appender', config } as const;
  const ended = await straced(rig, [FAST, '-e', 'trace=pwrite64', '-o', trace], job, limit);
  const struck = readFileSync(trace, 'latin1')
    .split('\n')
    .some((line) => {
      const [, asked, written] = SHORT.exec(line) ?? [];
      return asked !== undefined && Number(written) < Number(asked);
    });
  return { ...ended, struck };
};

const bytesOf = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex');
const textOf = (hex: string): string => bytesOf(hex).toString('utf8');

const LINE = /^\d+ +(\w+)\((.*)\) += (-?\d+)/;

const tracedOf = (call: string, args: string): Traced | null => {
  const file = basename(textOf(/^\d+<([^>]*)>/.exec(args)?.[1] ?? ''));
  switch (call) {
    case 'pwrite64': {
      const [, hex = '', offset = ''] = /"([^"]*)", \d+, (\d+)$/.exec(args) ?? [];
      return { is: 'write', file, offset: Number(offset), data: bytesOf(hex) };
    }
    case 'fsync':
    case 'fdatasync':
      return { is: 'sync', file };
    case 'ftruncate':
      return { is: 'truncate', file, size: Number(/, (\d+)$/.exec(args)?.[1]) };
    case 'unlink':
      return { is: 'unlink', file: basename(textOf(/^"([^"]*)"/.exec(args)?.[1] ?? '')) };
    case 'write':
    case 'writev': {
      const text = textOf([...args.matchAll(/"([^"]*)"/g)].map(([, part = '']) => part).join(''));
      if (args.startsWith('1<')) return { is: 'said', text };
      return !args.startsWith('2<') && file.startsWith('socket:') ? { is: 'sent', text } : null;
    }
    default:
      return null;
  }
};

/** A call that another thread's cut in two is put together again. */
const whole = (trace: string): readonly string[] => {
  const open = new Map<string, string>();
  const lines: string[] = [];
  for (const line of trace.split('\n')) {
    const pid = line.slice(0, line.indexOf(' '));
    const resumed = /^\d+ +<\.\.\. \w+ resumed>(.*)$/.exec(line);
    if (line.endsWith(' <unfinished ...>')) open.set(pid, line.slice(0, -' <unfinished ...>'.length));
    else if (resumed !== null) lines.push(`${open.get(pid) ?? ''}${resumed[1] ?? ''}`);
    else lines.push(line);
  }
  return lines;
};

export const readTrace = (trace: string): readonly Traced[] =>
  whole(readFileSync(trace, 'latin1')).flatMap((line) => {
    const [, call = '', args = '', result = '-1'] = LINE.exec(line) ?? [];
    const traced = Number(result) < 0 ? null : tracedOf(call, args);
    // The index of the -wal file is memory that is shared, made anew after every start of the machine.
    return traced === null || ('file' in traced && traced.file.endsWith('-shm')) ? [] : [traced];
  });

/** How often a traced program made each call. */
export const callsIn = (trace: string): ReadonlyMap<Call, number> => {
  const names = whole(readFileSync(trace, 'latin1')).map((line) => LINE.exec(line)?.[1]);
  return new Map(CALLS.map((call) => [call, names.filter((name) => name === call).length]));
};
