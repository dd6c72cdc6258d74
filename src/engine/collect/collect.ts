import type { Instant } from '../../base/instant.ts';
import type { Log, Window } from '../../connectors/connector.ts';
import { collectionOf } from '../../incident/collections.ts';
import type { CollectionState } from '../../incident/state.ts';
import { makeGate } from '../batch/pace.ts';
import { paceOf } from '../batch/run.ts';
import { openDoor } from '../door.ts';
import type { Door } from '../door.ts';
import type { Engine } from '../lines.ts';
import { entryOf, instanceOf } from '../world.ts';
import type { CollectLine, CollectReport, Reading } from './lines.ts';
import { notRead, readLog } from './read.ts';
import type { Collection } from './read.ts';

/**
 * Reads the logs of the systems for a window into evidence, before they fall out of the vendors' memory. The systems beside each
 * other, each at its own pace, the logs of one after another. What cannot be had is named and never stops the rest.
 */
export type Asked = Readonly<{
  /** Null: every configured system. */
  instances: readonly string[] | null;
  window: Window;
  step: string | null;
  collector: string;
}>;

export const collectLogs = async (
  engine: Engine,
  asked: Asked,
  heard: (line: CollectLine | Reading) => void,
): Promise<CollectReport> => {
  const { definitions } = engine;
  const names = asked.instances ?? Object.keys(definitions.company.connectors);
  const read = await Promise.all(names.map(async (name) => await ofSystem(engine, asked, name, heard)));
  const lines = read.flatMap((one) => one ?? []);
  const without = names.filter((_name, place) => read[place] === null);
  return { window: asked.window, lines, without, state: stateOf(lines, isStopped(engine)) };
};

const isStopped = ({ signal, stop }: Engine): boolean => signal.aborted || stop?.aborted === true;

const stateOf = (lines: readonly CollectLine[], stopped: boolean): CollectReport['state'] => {
  if (stopped) return 'stopped';
  if (lines.length === 0) return 'nothing';
  if (lines.every(({ is }) => is === 'whole' || is === 'already')) return 'whole';
  return lines.some(({ is }) => is !== 'none') ? 'partial' : 'none';
};

/** Null for a system that keeps no log that can be fetched. */
const ofSystem = async (
  engine: Engine,
  asked: Asked,
  name: string,
  heard: (line: CollectLine | Reading) => void,
): Promise<readonly CollectLine[] | null> => {
  const { world, definitions } = engine;
  const instance = instanceOf(definitions, name);
  const logs = instance === null ? undefined : (await entryOf(definitions, instance.uses)?.load())?.logs;
  if (instance === null || logs === undefined) return null;
  const door = await openDoor(world, definitions, name);
  const pace = await paceOf(engine, name);
  const gate = makeGate(pace, world.clock, engine.signal);
  const lines: CollectLine[] = [];
  for (const log of logs) {
    if (isStopped(engine)) break;
    const line = await ofLog(
      engine,
      asked,
      { name, connector: instance.uses, log, door },
      (outside) => gate.through(outside),
      heard,
    );
    heard(line);
    lines.push(line);
  }
  return lines;
};

type Of = Readonly<{ name: string; connector: string; log: Log; door: Door }>;

const ofLog = async (
  engine: Engine,
  asked: Asked,
  { name, connector, log, door }: Of,
  through: Parameters<typeof readLog>[2]['through'],
  heard: (line: Reading) => void,
): Promise<CollectLine> => {
  const { from, to } = asked.window;
  const of: Collection = {
    instance: name,
    connector,
    log: log.name,
    since: from as Instant,
    until: to as Instant,
    step: asked.step,
  };
  const before = collectionOf(engine.ledger.state(), of);
  if (before?.ended?.ended === 'whole') return hadAlready(before, asked.window);
  const { collector } = asked;
  if (door.is === 'shut')
    return await notRead(engine, { of, log, before: null, collector }, { is: 'forbidden', says: door.why });
  return await readLog(
    engine,
    { of, log, before, collector },
    {
      door,
      through,
      heard: (records, bytes) => heard({ is: 'reading', instance: name, log: log.name, records, bytes }),
    },
  );
};

const hadAlready = ({ instance, log, parts }: CollectionState, got: Window): CollectLine => ({
  is: 'already',
  instance,
  log,
  parts: parts.length,
  records: parts.reduce((sum, part) => sum + part.records, 0),
  bytes: parts.reduce((sum, part) => sum + part.size, 0),
  got,
  gaps: [],
  manual: null,
});
