import { copyFileSync, cpSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemClock } from '../../src/io/clock.ts';
import { systemFiles } from '../../src/io/files.ts';
import { systemRandom } from '../../src/io/random.ts';
import { verifyJournal } from '../../src/journal/check.ts';
import { EPOCH_ENTRIES } from '../../src/journal/epoch.ts';
import { epochKeysIn } from '../../src/journal/epoch-keys.ts';
import { createJournal } from '../../src/journal/store.ts';
import { hashesIn, hear, lostOf, noAcks } from './acks.ts';
import type { AppenderConfig } from './child/appender.ts';
import { CHANGE_STEPS, type ChangeStep } from './epoch-steps.ts';
import { keys } from './keys.ts';
import { together, type Found } from './report.ts';
import { newFolder, pool, startProgram, type Rig } from './rig.ts';

/**
 * The key that signs a journal is exchanged for the next one, and the program dies between each two steps of that. Whoever goes on has
 * the key that runs, no acknowledged entry is gone, the journal is whole, and of the old key nothing is left.
 */

const WRITERS = 8;

type Place = Readonly<{ path: string; folder: string }>;

/** A journal whose next entry begins an epoch. */
const makeFull = (rig: Rig): Place => {
  const path = join(newFolder(rig, 'epochs'), 'journal.sqlite');
  const folder = join(dirname(path), 'epochs');
  const journal = createJournal({
    path,
    incident: 'inc-01JFAULTS00000000000000000',
    drill: false,
    tool: 'firebreak/faults',
    actor: 'ana',
    clock: systemClock(),
    random: systemRandom(),
    keys: { ...keys, epochs: epochKeysIn(folder, systemFiles(), systemRandom()) },
  });
  journal.appendNow(
    Array.from({ length: EPOCH_ENTRIES }, (_, i) => ({ kind: 'note', actor: 'ana', pub: { i } })),
  );
  journal.close();
  return { path, folder };
};

const copied = (rig: Rig, from: Place): Place => {
  const to = newFolder(rig, 'epochs');
  copyFileSync(from.path, join(to, 'journal.sqlite'));
  cpSync(from.folder, join(to, 'epochs'), { recursive: true });
  return { path: join(to, 'journal.sqlite'), folder: join(to, 'epochs') };
};

type Way = Readonly<{ die: ChangeStep | null; order: 'safe' | 'erase-first'; count: number }>;

const append = async (rig: Rig, { path, folder }: Place, name: string, { count, ...how }: Way) => {
  const config: AppenderConfig = {
    path,
    name,
    count,
    bytes: 100,
    reopen: null,
    control: 'none',
    epochs: { folder, ...how },
  };
  return await startProgram(rig, 'appender', [JSON.stringify(config)]).ended;
};

/** Dies in one step, and two others go on at once. */
const dieIn = async (
  rig: Rig,
  full: Place,
  die: ChangeStep,
  order: Way['order'] = 'safe',
): Promise<Found> => {
  const place = copied(rig, full);
  const killed = await append(rig, place, 'killed', { die, order, count: 3 });
  const after = await Promise.all(
    ['one', 'other'].map(
      async (name) => await append(rig, place, name, { die: null, order: 'safe', count: 5 }),
    ),
  );
  const acks = noAcks();
  for (const { lines } of [killed, ...after]) hear(lines, acks);
  const { findings } = verifyJournal(place.path, { known: acks.notes.slice(-1) });
  const refused = after.flatMap(({ lines, stderr, code }) => [
    ...lines.filter((line) => line.startsWith('refused ')),
    ...(code === 0 ? [] : [stderr]),
  ]);
  const left = readdirSync(place.folder);
  return {
    kills: 1,
    lost: lostOf(hashesIn(place.path), acks),
    broken: [
      ...(killed.signal === 'SIGKILL' ? [] : [`epochs: nothing died ${die}: ${killed.stderr}`]),
      ...findings.map(({ says }) => `epochs: killed ${die}: ${says}`),
      ...refused.map((line) => `epochs: killed ${die}: ${line}`),
      ...(left.length === 1 ? [] : [`epochs: killed ${die}: ${left.join(' and ')} are left`]),
    ],
  };
};

/** Eight programs, over two changes of keys, and one that dies at each. */
const manyWriters = async (rig: Rig, full: Place): Promise<Found> => {
  const place = copied(rig, full);
  const ended = await Promise.all(
    Array.from({ length: WRITERS }, async (_, i) => {
      const die = i === 0 ? 'after the transaction' : i === 1 ? 'before the transaction ends' : null;
      return await append(rig, place, `writer-${i}`, { die, order: 'safe', count: rig.full ? 400 : 40 });
    }),
  );
  const acks = noAcks();
  for (const { lines } of ended) hear(lines, acks);
  const { findings, epochs } = verifyJournal(place.path, { known: acks.notes.slice(-1) });
  return {
    kills: ended.filter(({ signal }) => signal === 'SIGKILL').length,
    lost: lostOf(hashesIn(place.path), acks),
    broken: [
      ...findings.map(({ says }) => `epochs: ${WRITERS} programs: ${says}`),
      ...(epochs.keys >= 3 ? [] : [`epochs: ${WRITERS} programs signed with ${epochs.keys} keys`]),
      ...ended.flatMap(({ code, signal, stderr }) =>
        code === 0 || signal === 'SIGKILL' ? [] : [`epochs: ${stderr}`],
      ),
    ],
  };
};

export const epochs = async (rig: Rig): Promise<Found> => {
  const full = makeFull(rig);
  const found = await pool(CHANGE_STEPS, rig.workers, async (die) => await dieIn(rig, full, die));
  const many = await manyWriters(rig, full);
  const control = await dieIn(rig, full, 'before the transaction ends', 'erase-first');
  const lost = control.broken?.some((line) => line.includes('because the key before it was gone')) ?? false;
  return together([...found, many, { controls: { 'the old key overwritten first': lost } }]);
};
