import { join } from 'node:path';
import { openSqlite } from '../../src/io/sqlite.ts';
import { createHere, hear, noAcks, standingOf } from './acks.ts';
import type { AppenderConfig } from './child/appender.ts';
import type { Found } from './report.ts';
import { newFolder, startProgram, type Ended, type Rig } from './rig.ts';

/** Eight programs append to one journal while a reader holds on to an old moment of it. */

const WRITERS = 8;

const appendTogether = async (
  rig: Rig,
  path: string,
  count: number,
  control: AppenderConfig['control'],
): Promise<readonly Ended[]> =>
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, i) => {
      const config: AppenderConfig = { path, name: `writer-${i}`, count, bytes: 200, reopen: null, control };
      return await startProgram(rig, 'appender', [JSON.stringify(config)]).ended;
    }),
  );

const refusals = (ended: readonly Ended[]): readonly string[] =>
  ended.flatMap(({ lines }) => lines.filter((line) => line.startsWith('refused ')));

export const writers = async (rig: Rig): Promise<Found> => {
  const count = rig.full ? 1000 : 250;
  const path = join(newFolder(rig, 'writers'), 'journal.sqlite');
  createHere(path).close();
  const reader = openSqlite(path, { mode: 'read' });
  reader.exec('BEGIN');
  const seen = reader.get('SELECT count(*) AS n FROM entry')?.['n'];
  const ended = await appendTogether(rig, path, count, 'none');
  const still = reader.get('SELECT count(*) AS n FROM entry')?.['n'];
  reader.exec('COMMIT');
  reader.close();
  const acks = noAcks();
  for (const { lines } of ended) hear(lines, acks);
  const { lost, findings } = standingOf(path, acks);
  // Every fifth append brings two neighbours.
  const wanted = WRITERS * (count + 2 * Math.ceil(count / 5));
  const broken = [
    ...refusals(ended).map((line) => `writers: ${line}`),
    ...ended.filter(({ code }) => code !== 0).map(({ stderr }) => `writers: one failed: ${stderr}`),
    ...(acks.hashes.size === wanted
      ? []
      : [`writers: ${acks.hashes.size} of ${wanted} were told as durable`]),
    ...(seen === still ? [] : ['writers: a reader saw its moment change']),
    ...findings.map((says) => `writers: ${says}`),
  ];
  const other = join(newFolder(rig, 'writers'), 'journal.sqlite');
  createHere(other).close();
  const control = await appendTogether(rig, other, 40, 'deferred');
  return { lost, broken, controls: { 'BEGIN without IMMEDIATE': refusals(control).length > 0 } };
};
