import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/io/clock.ts';
import { systemFiles } from '../../src/io/files.ts';
import { systemRandom } from '../../src/io/random.ts';
import { StorageError } from '../../src/io/storage.ts';
import { fileBallast, type Ballast } from '../../src/journal/ballast.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import type { Draft } from '../../src/journal/draft.ts';
import { openJournal, type Journal } from '../../src/journal/store.ts';
import { createHere, hear, noAcks, standingOf } from './acks.ts';
import { keys } from './keys.ts';
import { together, type Found } from './report.ts';
import { newFolder, programOf, start, type Rig } from './rig.ts';

/** A disk that fills up under the journal: small file systems in memory; without the right to mount them, a limit on the file. */

const MIB = 1_048_576;

const draft = (kind: string, bytes: number): Draft => ({
  kind,
  actor: 'ana',
  pub: {},
  priv: { text: { class: 'staff', value: 'x'.repeat(bytes) } },
});

/** The number of the entry, or the code of the refusal. */
const tried = (journal: Journal, one: Draft): number | string => {
  try {
    return journal.appendNow([one])[0]?.n ?? -1;
  } catch (error) {
    if (error instanceof StorageError) return error.code;
    throw error;
  }
};

const openOn = (path: string, ballast: Ballast): Journal =>
  openJournal({ path, clock: systemClock(), random: systemRandom(), keys, ballast });

/** Fills the disk with intents, ends what is under way, makes room and goes on. */
const fill = (disk: string, mib: number, grow: () => void, withBallast: boolean): Found => {
  const path = join(disk, 'journal.sqlite');
  const none: Ballast = { ensure: () => true, drop: () => undefined };
  // As in the program, but for disks that are smaller than what it keeps back.
  const bytes = Math.min(8 * MIB, Math.floor((mib * MIB) / 4));
  const ballast = withBallast
    ? fileBallast(join(disk, 'ballast'), systemFiles(), systemRandom(), bytes)
    : none;
  createHere(path).close();
  const journal = openOn(path, ballast);
  const size = Math.floor((mib * MIB) / 160);
  const acknowledged = new Map<number, string>();
  const keep = (kind: string, bytesOf: number): number | string => {
    const n = tried(journal, draft(kind, bytesOf));
    if (typeof n === 'number') acknowledged.set(n, kind);
    return n;
  };
  let refused: number | string = 0;
  for (let i = 0; i < 2000 && typeof refused === 'number'; i += 1) refused = keep('act.intent', size);
  const later = keep('act.intent', 10);
  const outcomes = Array.from({ length: 5 }, () => keep('act.outcome', 60));
  const kinds = (): readonly string[] => [...journal.entries()].map(({ kind }) => kind);
  const recorded = kinds().includes('disk.full');
  grow();
  const again = keep('act.intent', size);
  journal.close();
  const reopened = openOn(path, ballast);
  const there = [...reopened.entries()].map(({ kind }) => kind);
  reopened.close();
  const lost = [...acknowledged].filter(([n, kind]) => there[n] !== kind).length;
  const name = `disk of ${mib} MiB`;
  const broken = [
    ...(refused === 'full' ? [] : [`${name}: it answered ${refused}, not full`]),
    ...(later === 'full' ? [] : [`${name}: an intent was taken on a full disk`]),
    ...(outcomes.every((n) => typeof n === 'number') ? [] : [`${name}: an outcome could not be recorded`]),
    ...(recorded ? [] : [`${name}: it is not recorded that the disk was full`]),
    ...(typeof again === 'number' ? [] : [`${name}: with room again it still answered ${again}`]),
    ...verifyJournal(path).findings.map(({ says }) => `${name}: ${says}`),
  ];
  return { lost, broken };
};

const mounted = (rig: Rig, mib: number): string | null => {
  const disk = join(newFolder(rig, 'disk'), 'disk');
  mkdirSync(disk);
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mib}m,mode=700`, 'tmpfs', disk]);
  return made.status === 0 ? disk : null;
};

const onDisk = (rig: Rig, mib: number, withBallast: boolean): Found | null => {
  const disk = mounted(rig, mib);
  if (disk === null) return null;
  try {
    const grow = (): void => void spawnSync('mount', ['-o', `remount,size=${mib * 2 + 16}m`, disk]);
    return fill(disk, mib, grow, withBallast);
  } finally {
    spawnSync('umount', [disk]);
  }
};

/** The file may not grow past a limit: what is refused is told, what was told is there. */
const limited = async (rig: Rig, kib: number): Promise<Found> => {
  const path = join(newFolder(rig, 'limit'), 'journal.sqlite');
  createHere(path).close();
  const config = { path, name: 'ana', count: 60, bytes: 20_000, reopen: null, control: 'none' };
  const program = programOf(rig, 'appender');
  const script = `trap '' XFSZ; ulimit -f ${kib}; exec "$0" "$@"`;
  const { lines, stderr } = await start('bash', [
    '-c',
    script,
    process.execPath,
    program,
    JSON.stringify(config),
  ]).ended;
  const acks = noAcks();
  hear(lines, acks);
  const { lost, findings } = standingOf(path, acks);
  const told = lines.some((line) => line.startsWith('refused ')) || stderr !== '';
  return {
    lost,
    broken: [
      ...(told ? [] : [`file limit of ${kib} KiB: nothing was refused`]),
      ...findings.map((says) => `file limit of ${kib} KiB: ${says}`),
    ],
  };
};

export const disk = async (rig: Rig): Promise<Found> => {
  const sizes = rig.full ? Array.from({ length: 50 }, (_, i) => 1 + Math.round((i * 63) / 49)) : [1, 8, 64];
  const found: Found[] = [];
  for (const kib of [150, 300]) found.push(await limited(rig, kib));
  for (const mib of sizes) {
    const one = onDisk(rig, mib, true);
    if (one === null) {
      rig.say(
        '  LOUDLY: no small file system could be mounted (that needs root): only the file limit was tried',
      );
      return together(found);
    }
    found.push(one);
  }
  const control = onDisk(rig, 1, false);
  return { ...together(found), controls: { 'no ballast': (control?.broken ?? []).length > 0 } };
};
