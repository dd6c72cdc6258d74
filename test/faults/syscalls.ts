import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { StorageError } from '../../src/io/storage.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import { createHere, hear, hashesIn, lostOf, noAcks } from './acks.ts';
import type { AppenderConfig } from './child/appender.ts';
import { together, type Found } from './report.ts';
import { chance, newFolder, pool, shuffled, timer, type Rig } from './rig.ts';
import {
  CALLS,
  callsIn,
  cutShort,
  inject,
  readTrace,
  record,
  straceMissing,
  type Call,
  type Struck,
} from './strace.ts';

/** One system call of an appending program fails, at each place in turn: honestly, or with a lie, or with the program's death. */

type Fault = 'EIO' | 'ENOSPC' | 'EINTR' | 'nothing' | 'KILL' | 'lie';
/** `short`: the first write past so many bytes is cut there, and what comes after it has no room. */
type Case =
  | Readonly<{ call: Call; fault: Fault; when: number }>
  | Readonly<{ call: 'pwrite64'; fault: 'short'; limit: number }>;

const HONEST: readonly Fault[] = ['EIO', 'ENOSPC', 'EINTR', 'KILL'];

const config = (path: string, control: AppenderConfig['control'] = 'none'): AppenderConfig => ({
  path,
  name: 'ana',
  count: 9,
  bytes: 300,
  // Closing moves everything into the file: its calls are among those that fail.
  reopen: 5,
  control,
});

/** `nothing`: zero bytes were written, and it says so. `lie`: nothing was written, and it says that all was. */
const INJECTIONS: Readonly<Record<Fault, string>> = {
  EIO: 'error=EIO',
  ENOSPC: 'error=ENOSPC',
  EINTR: 'error=EINTR',
  KILL: 'signal=SIGKILL',
  nothing: 'retval=0',
  lie: 'retval=4096',
};

const strike = async (rig: Rig, path: string, it: Case, control?: 'early'): Promise<Struck> => {
  const trace = join(path, '../trace');
  if (it.fault === 'short') return await cutShort(rig, trace, it.limit, config(path, control));
  const injection = `${INJECTIONS[it.fault]}:when=${it.when}`;
  return await inject(rig, trace, { call: it.call, injection }, config(path, control));
};

const freshJournal = (rig: Rig, original: string): string => {
  const path = join(newFolder(rig, 'call'), 'journal.sqlite');
  copyFileSync(original, path);
  return path;
};

const nameOf = (it: Case): string =>
  it.fault === 'short' ? `${it.call} cut at ${it.limit}` : `${it.call} #${it.when} ${it.fault}`;

/** An append ends in one of two ways, unless the program died: told as durable, or refused with a reason. */
const unanswered = (lines: readonly string[], code: number | null, stderr: string): boolean => {
  const heard = new Set(lines.filter((line) => line.startsWith('refused')).map((_, i) => i)).size;
  const last = lines.findLast((line) => line.startsWith('ack '));
  return code === 0 ? lines.at(-1) !== 'end' : heard === 0 && last === undefined && stderr === '';
};

const look = (
  path: string,
  acks: ReturnType<typeof noAcks>,
): Readonly<{ lost: number; said: string | null }> => {
  try {
    const lost = lostOf(hashesIn(path, false), acks);
    const { findings } = verifyJournal(path, { known: acks.notes.slice(-1) });
    return { lost, said: findings[0]?.says ?? null };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { lost: acks.hashes.size, said: error.message };
  }
};

const one = async (rig: Rig, original: string, it: Case): Promise<Found> => {
  const path = freshJournal(rig, original);
  const { code, signal, lines, stderr, struck } = await strike(rig, path, it);
  if (!struck) return {};
  const acks = noAcks();
  hear(lines, acks);
  const { lost, said } = look(path, acks);
  if (it.fault === 'lie') {
    // Nobody can write what a disk throws away; but whoever asks next is told.
    const missed = lost > 0 && said === null ? 1 : 0;
    return {
      syscall_faults: 1,
      missed,
      broken: missed > 0 ? [`${nameOf(it)}: lost ${lost}, and nobody said so`] : [],
    };
  }
  const broken = [
    ...(said === null ? [] : [`${nameOf(it)}: ${said}`]),
    ...(it.fault !== 'KILL' && unanswered(lines, code, stderr)
      ? [`${nameOf(it)}: ended with ${code ?? signal} and said nothing`]
      : []),
  ];
  return { syscall_faults: 1, lost, broken };
};

type Undisturbed = Readonly<{ counts: ReadonlyMap<Call, number>; limits: readonly number[] }>;

/** How often the undisturbed program makes each call, and the limits at which a write of it is cut in two. */
const undisturbed = async (rig: Rig, original: string): Promise<Undisturbed> => {
  const path = freshJournal(rig, original);
  const trace = join(path, '../trace');
  await record(rig, trace, { program: 'appender', config: config(path) });
  const limits: number[] = [];
  let end = 0;
  for (const event of readTrace(trace)) {
    if (event.is !== 'write') continue;
    const half = event.offset + Math.floor(event.data.length / 2);
    if (half > end && half > SHARED_INDEX) limits.push(half);
    end = Math.max(end, event.offset + event.data.length);
  }
  return { counts: callsIn(trace), limits };
};

/** Bytes of the index of the -wal file, which must have room before anything is written at all. */
const SHARED_INDEX = 32_768;

/** All of them, or so many evenly spread. */
const spread = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most
    ? all
    : all.filter((_, i) => Math.floor((i * most) / all.length) !== Math.floor(((i + 1) * most) / all.length));

const casesOf = ({ counts, limits }: Undisturbed, full: boolean): readonly Case[] => {
  const injected = CALLS.flatMap((call) => {
    const faults: readonly Fault[] = call === 'pwrite64' ? [...HONEST, 'nothing', 'lie'] : HONEST;
    const most = full ? Infinity : call === 'pwrite64' ? 10 : 6;
    const places = Array.from({ length: counts.get(call) ?? 0 }, (_, i) => i + 1);
    return faults.flatMap((fault) => spread(places, most).map((when): Case => ({ call, fault, when })));
  });
  const short = spread(limits, full ? Infinity : 10).map((limit): Case => ({
    call: 'pwrite64',
    fault: 'short',
    limit,
  }));
  return [...injected, ...short];
};

/** A program that says "durable" before it is: killed at one write after another, until it has lost what it said. */
const earlyLoses = async (rig: Rig, original: string, writes: number): Promise<boolean> => {
  for (const when of spread(
    Array.from({ length: writes }, (_, i) => i + 1),
    8,
  )) {
    const path = freshJournal(rig, original);
    const { struck, lines } = await strike(rig, path, { call: 'pwrite64', fault: 'KILL', when }, 'early');
    const acks = noAcks();
    hear(lines, acks);
    if (struck && look(path, acks).lost > 0) return true;
  }
  return false;
};

export const syscalls = async (rig: Rig): Promise<Found> => {
  const why = straceMissing();
  if (why !== null) {
    const line = `no system call was made to fail: ${why}`;
    rig.say(`  LOUDLY: ${line}`);
    return rig.withoutPtrace ? {} : { broken: [`${line}; --without-ptrace goes on all the same`] };
  }
  const original = join(newFolder(rig, 'call'), 'journal.sqlite');
  createHere(original).close();
  const places = await undisturbed(rig, original);
  const cases = shuffled(chance(rig.seed), casesOf(places, rig.full));
  const over = timer(rig, 'system calls', 35);
  const all = await pool(
    cases,
    rig.workers,
    async (it) => ({ it, found: await one(rig, original, it) }),
    over,
  );
  const struck = all.filter(({ found }) => (found.syscall_faults ?? 0) > 0);
  const faults = [...new Set(cases.map(({ fault }) => fault))];
  const counts = faults.map((fault) => `${fault} ${struck.filter(({ it }) => it.fault === fault).length}`);
  rig.say(`  ${struck.length} of ${cases.length} struck: ${counts.join(', ')}`);
  const early = await earlyLoses(rig, original, places.counts.get('pwrite64') ?? 0);
  return {
    ...together(all.map(({ found }) => found)),
    controls: { 'an acknowledgement before COMMIT': early },
  };
};
