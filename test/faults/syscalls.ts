import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { StorageError } from '../../src/io/storage.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import { createHere, hear, hashesIn, lostOf, noAcks } from './acks.ts';
import type { AppenderConfig } from './child/appender.ts';
import { together, type Found } from './report.ts';
import { chance, newFolder, pool, shuffled, timer, type Rig } from './rig.ts';
import { CALLS, readTrace, record, straced, straceMissing, type Call } from './strace.ts';

/** One system call of an appending program fails, at each place in turn: honestly, or with a lie, or with the program's death. */

type Fault = 'EIO' | 'ENOSPC' | 'EINTR' | 'nothing' | 'KILL' | 'lie';
type Case = Readonly<{ call: Call; fault: Fault; when: number }>;

const HONEST: readonly Fault[] = ['EIO', 'ENOSPC', 'EINTR', 'KILL'];

const config = (path: string): AppenderConfig => ({
  path,
  name: 'ana',
  count: 9,
  bytes: 300,
  // Closing moves everything into the file: its calls are among those that fail.
  reopen: 5,
  control: 'none',
});

/** `nothing`: zero bytes were written, and it says so. `lie`: nothing was written, and it says that all was. */
const injection = ({ call, fault, when }: Case): string => {
  const what =
    fault === 'KILL'
      ? 'signal=SIGKILL'
      : fault === 'nothing'
        ? 'retval=0'
        : fault === 'lie'
          ? 'retval=4096'
          : `error=${fault}`;
  return `inject=${call}:${what}:when=${when}`;
};

const freshJournal = (rig: Rig, original: string): string => {
  const path = join(newFolder(rig, 'call'), 'journal.sqlite');
  copyFileSync(original, path);
  return path;
};

const nameOf = ({ call, fault, when }: Case): string => `${call} #${when} ${fault}`;

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
  const options = ['-e', `trace=${it.call}`, '-e', injection(it), '-o', '/dev/null'];
  const { code, signal, lines, stderr } = await straced(rig, options, config(path));
  const acks = noAcks();
  hear(lines, acks);
  const { lost, said } = look(path, acks);
  const killed = it.fault === 'KILL' && (signal === 'SIGKILL' || code === 137);
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
    ...(!killed && unanswered(lines, code, stderr)
      ? [`${nameOf(it)}: ended with ${code ?? signal} and said nothing`]
      : []),
  ];
  return { syscall_faults: 1, lost, broken };
};

/** How often the undisturbed program makes each call. */
const counted = async (rig: Rig, original: string): Promise<ReadonlyMap<Call, number>> => {
  const path = freshJournal(rig, original);
  const trace = join(path, '../trace');
  await record(rig, trace, config(path));
  const events = readTrace(trace);
  const count = (is: string): number => events.filter((event) => event.is === is).length;
  // Two pages of the shared index are written too, before the first of the others.
  return new Map<Call, number>([
    ['pwrite64', count('write') + 8],
    ['fsync', count('sync')],
    ['fdatasync', 0],
    ['ftruncate', count('truncate') + 2],
    ['unlink', count('unlink') + 2],
  ]);
};

/** All of them, or so many evenly spread. */
const spread = (count: number, most: number): readonly number[] => {
  const all = Array.from({ length: count }, (_, i) => i + 1);
  return count <= most
    ? all
    : all.filter((_, i) => Math.floor((i * most) / count) !== Math.floor(((i + 1) * most) / count));
};

const casesOf = (counts: ReadonlyMap<Call, number>, full: boolean): readonly Case[] =>
  CALLS.flatMap((call) => {
    const faults: readonly Fault[] = call === 'pwrite64' ? [...HONEST, 'nothing', 'lie'] : HONEST;
    const most = full ? Infinity : call === 'pwrite64' ? 11 : 7;
    return faults.flatMap((fault) =>
      spread(counts.get(call) ?? 0, most).map((when) => ({ call, fault, when })),
    );
  });

export const syscalls = async (rig: Rig): Promise<Found> => {
  const why = straceMissing();
  if (why !== null) {
    const line = `no system call was made to fail: ${why}`;
    rig.say(`  LOUDLY: ${line}`);
    return rig.withoutPtrace ? {} : { broken: [`${line}; --without-ptrace goes on all the same`] };
  }
  const original = join(newFolder(rig, 'call'), 'journal.sqlite');
  createHere(original).close();
  const cases = shuffled(chance(rig.seed), casesOf(await counted(rig, original), rig.full));
  const over = timer(rig, 'system calls', 40);
  const found = together(await pool(cases, rig.workers, async (it) => await one(rig, original, it), over));
  const chances = Array.from({ length: 12 }, (_, i) => 8 + i * 5);
  const early = await pool(chances, rig.workers, async (when) => {
    const path = freshJournal(rig, original);
    const options = [
      '-e',
      'trace=pwrite64',
      '-e',
      injection({ call: 'pwrite64', fault: 'KILL', when }),
      '-o',
      '/dev/null',
    ];
    const acks = noAcks();
    hear((await straced(rig, options, { ...config(path), control: 'early' })).lines, acks);
    return look(path, acks).lost;
  });
  return { ...found, controls: { 'an acknowledgement before COMMIT': early.some((lost) => lost > 0) } };
};
