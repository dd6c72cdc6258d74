import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { AppenderConfig } from './child/appender.ts';
import { programOf, start, type Ended, type Rig } from './rig.ts';

/** Debian's strace: watches what a program writes, and makes its system calls fail. */

export const CALLS = ['pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'unlink'] as const;
export type Call = (typeof CALLS)[number];

/** Installs strace where it is missing. Null when it works here, else why not. */
export const straceMissing = (): string | null => {
  if (spawnSync('strace', ['--version']).status !== 0) {
    const install = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'strace'], {
      encoding: 'utf8',
    });
    if (install.status !== 0)
      return `strace is not installed, and apt-get install strace ended with ${String(install.status)}: ${install.stderr ?? ''}`;
  }
  const tried = spawnSync('strace', ['-qq', '-e', 'trace=none', 'true'], { encoding: 'utf8' });
  return tried.status === 0
    ? null
    : `this machine lets no program watch another one (ptrace): ${tried.stderr}`;
};

/** Runs the appender under strace with these of its options. */
export const straced = async (rig: Rig, options: readonly string[], config: AppenderConfig): Promise<Ended> =>
  await start('strace', [
    '-f',
    '-qq',
    '--seccomp-bpf',
    '-e',
    'signal=none',
    ...options,
    process.execPath,
    programOf(rig, 'appender'),
    JSON.stringify(config),
  ]).ended;

/** What a program did to the files of one journal and what it said meanwhile, in order. Files go by their last name. */
export type Traced =
  | Readonly<{ is: 'write'; file: string; offset: number; data: Buffer }>
  | Readonly<{ is: 'sync'; file: string }>
  | Readonly<{ is: 'truncate'; file: string; size: number }>
  | Readonly<{ is: 'unlink'; file: string }>
  | Readonly<{ is: 'said'; text: string }>;

export const record = async (rig: Rig, trace: string, config: AppenderConfig): Promise<Ended> =>
  await straced(
    rig,
    ['-xx', '-y', '-s', '1000000', '-e', `trace=${CALLS.join(',')},write`, '-o', trace],
    config,
  );

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
      return args.startsWith('1<') ? { is: 'said', text: textOf(/"([^"]*)"/.exec(args)?.[1] ?? '') } : null;
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
