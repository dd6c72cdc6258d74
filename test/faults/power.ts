import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHere, hear, lostOf, noAcks, hashesIn, type Acks } from './acks.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import { StorageError } from '../../src/io/storage.ts';
import type { AppenderConfig } from './child/appender.ts';
import { together, type Found } from './report.ts';
import { chance, newFolder, pool, shard, timer, type Rig } from './rig.ts';
import { readTrace, record, straceMissing, type Traced } from './strace.ts';

/**
 * The power goes at every system call of an appending program. What the disk then holds is made from the calls it made: `keep`
 * every write, `drop` each that was not synced, `torn` any 512-byte sectors of those. New and removed names count as durable at
 * once, as on a journalling file system.
 */

const MODELS = ['keep', 'drop', 'torn'] as const;
export type Model = (typeof MODELS)[number];
const SECTOR = 512;

type Change = Extract<Traced, { is: 'write' | 'truncate' }>;

/** One file: what is surely on the disk, and what was written since. */
type Disk = { synced: Buffer; since: Change[] };

const changed = (before: Buffer, change: Change): Buffer => {
  if (change.is === 'truncate') {
    return change.size <= before.length
      ? Buffer.from(before.subarray(0, change.size))
      : Buffer.concat([before, Buffer.alloc(change.size - before.length)]);
  }
  const end = change.offset + change.data.length;
  const after =
    end > before.length ? Buffer.concat([before, Buffer.alloc(end - before.length)]) : Buffer.from(before);
  change.data.copy(after, change.offset);
  return after;
};

const sectorsOf = (change: Change, next: () => number): readonly Change[] => {
  if (change.is === 'truncate') return [change];
  const parts: Change[] = [];
  for (let at = 0; at < change.data.length;) {
    const size = Math.min(SECTOR - ((change.offset + at) % SECTOR), change.data.length - at);
    if (next() < 0.5)
      parts.push({ ...change, offset: change.offset + at, data: change.data.subarray(at, at + size) });
    at += size;
  }
  return parts;
};

const survives = ({ synced, since }: Disk, model: Model, next: () => number): Buffer => {
  const changes =
    model === 'keep' ? since : model === 'drop' ? [] : since.flatMap((one) => sectorsOf(one, next));
  return changes.reduce(changed, synced);
};

const step = (disks: Map<string, Disk>, event: Exclude<Traced, { is: 'said' | 'sent' }>): void => {
  if (event.is === 'unlink') return void disks.delete(event.file);
  const disk = disks.get(event.file) ?? { synced: Buffer.alloc(0), since: [] };
  disks.set(event.file, disk);
  if (event.is === 'sync') {
    disk.synced = disk.since.reduce(changed, disk.synced);
    disk.since = [];
  } else disk.since.push(event);
};

export type PowerTask = Readonly<{ trace: string; before: string; seed: number }>;

const NAME = 'journal.sqlite';

/** What a disk would hold of the journal had the power gone now. */
const fallen = (
  folder: string,
  disks: ReadonlyMap<string, Disk>,
  model: Model,
  next: () => number,
): string => {
  for (const file of [NAME, `${NAME}-wal`]) {
    const disk = disks.get(file);
    if (disk === undefined) rmSync(join(folder, file), { force: true });
    else writeFileSync(join(folder, file), survives(disk, model, next));
  }
  rmSync(join(folder, `${NAME}-shm`), { force: true });
  return join(folder, NAME);
};

/** Told of each call in turn, then judges the journal at `path` as it would be had the power gone then. */
export type Witness = Readonly<{
  heard: (event: Extract<Traced, { is: 'said' | 'sent' }>) => void;
  judge: (path: string, model: Model) => Found;
  /** Whether enough was seen. */
  over?: () => boolean;
}>;

/** Cuts the power behind every call of a recorded program. */
export const replay = (
  { trace, before, seed }: PowerTask,
  { heard, judge, over = () => false }: Witness,
): Found => {
  // Many small files, whose own durability is of no interest: in memory where there is some.
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'firebreak-power-'));
  try {
    const disks = new Map<string, Disk>([[NAME, { synced: readFileSync(before), since: [] }]]);
    const next = chance(seed);
    const found: Found[] = [];
    for (const event of readTrace(trace)) {
      if (over()) break;
      if (event.is === 'said' || event.is === 'sent') heard(event);
      else if (event.file.startsWith(NAME)) step(disks, event);
      for (const model of MODELS) found.push(judge(fallen(folder, disks, model, next), model));
    }
    return together(found);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** What was acknowledged is there, and the journal is whole. */
const judged = (path: string, model: Model, acks: Acks): Found => {
  try {
    const lost = lostOf(hashesIn(path, false), acks);
    const { ok, findings } = verifyJournal(path, { known: lost === 0 ? acks.notes.slice(-1) : [] });
    return { power_points: 1, lost, broken: ok ? [] : [`power cut (${model}): ${findings[0]?.says ?? ''}`] };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { power_points: 1, lost: acks.hashes.size, broken: [`power cut (${model}): ${error.message}`] };
  }
};

export const powerShard = (task: PowerTask): Found => {
  const acks = noAcks();
  return replay(task, {
    heard: ({ text }) => hear(text.split('\n'), acks),
    judge: (path, model) => judged(path, model, acks),
  });
};

const KINDS: readonly Pick<AppenderConfig, 'count' | 'bytes' | 'reopen'>[] = [
  { count: 26, bytes: 200, reopen: null },
  { count: 22, bytes: 9000, reopen: 9 },
  { count: 30, bytes: 60, reopen: 11 },
  { count: 18, bytes: 24_000, reopen: null },
];

type Program = Omit<AppenderConfig, 'path' | 'name'>;

/** Records one appending program, and replays it in a process of its own. */
const recorded = async (rig: Rig, config: Program, index: number): Promise<Found> => {
  const folder = newFolder(rig, 'power');
  const path = join(folder, 'journal.sqlite');
  createHere(path).close();
  const before = join(folder, 'before');
  copyFileSync(path, before);
  const trace = join(folder, 'trace');
  const { code, stderr } = await record(rig, trace, {
    program: 'appender',
    config: { ...config, path, name: `power-${index}` },
  });
  if (code !== 0) throw new Error(`the recorded program ended with ${String(code)}: ${stderr}`);
  const task: PowerTask = { trace, before, seed: rig.seed + index };
  return (await shard(rig, 'power', task)) as Found;
};

/** Programs enough to have so many points, each of which has some hundred. */
const POINTS_OF_ONE = 100;

export const power = async (rig: Rig): Promise<Found> => {
  const why = straceMissing();
  if (why !== null) {
    const line = `no power cut was simulated: ${why}`;
    rig.say(`  LOUDLY: ${line}`);
    return rig.withoutPtrace ? {} : { broken: [`${line}; --without-ptrace goes on all the same`] };
  }
  const wanted = rig.full ? 60_000 : 5000;
  const over = timer(rig, 'power cuts', 50);
  let points = 0;
  // The control first, so that it is among what is begun in time.
  const programs: readonly Program[] = [
    { ...KINDS[2]!, control: 'normal' },
    ...Array.from({ length: wanted / POINTS_OF_ONE }, (_, i): Program => ({
      ...KINDS[i % KINDS.length]!,
      control: 'none',
    })),
  ];
  const one = async (program: Program, i: number): Promise<Found> => {
    const found = await recorded(rig, program, i);
    if (program.control === 'none') points += found.power_points ?? 0;
    return found;
  };
  const [control, ...found] = await pool(programs, rig.workers, one, () => points >= wanted || over());
  return { ...together(found), controls: { 'synchronous=NORMAL': (control?.lost ?? 0) > 0 } };
};
