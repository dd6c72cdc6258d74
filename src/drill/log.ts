import type { Instant } from '../base/instant.ts';
import type { TrapKind } from '../model/scenario.ts';
import { isAboutDrill } from '../incident/drilled.ts';
import type { DrillEntry } from '../incident/drilled.ts';
import type { Recorded } from '../model/event.ts';

/** What a drill's own entries say so far; the director starts from this after a crash. */
export type DrillLog = Readonly<{
  acknowledged: Instant | null;
  arrived: ReadonlyMap<string, Instant>;
  sprung: ReadonlyMap<string, Readonly<{ at: Instant; n: number; kind: TrapKind; points: number }>>;
  attacked: ReadonlyMap<string, Attacked>;
  /** Messages that a facilitator holds back, and those that never come. */
  held: ReadonlySet<string>;
  skipped: ReadonlySet<string>;
  /** Messages that a facilitator sent whether they were due or not. */
  fired: ReadonlySet<string>;
  /** As a facilitator last set it; null where nobody did. */
  speed: number | null;
  paused: boolean;
  stopped: string | null;
  /** Who ended it before its end. */
  ended: 'facilitator' | 'real-event' | null;
  assists: number;
  lost: ReadonlySet<string>;
  /** Milliseconds of the machine's time that nobody was awake for. */
  sleptMs: number;
}>;

/** `refusedAt`: since when nothing got in any more; null while it does. */
export type Attacked = Readonly<{ getsIn: boolean; refusedAt: Instant | null; tries: number; taken: number }>;

/** Why somebody ended it; null while nobody has. */
export const endedWords = ({ ended }: DrillLog): string | null => {
  switch (ended) {
    case null:
      return null;
    case 'facilitator':
      return 'The facilitator ended it.';
    case 'real-event':
      return 'Something real happened, and the people were needed there.';
  }
};

/** What players must know of the drill itself, in a word or two each. */
export const noticesOf = ({ paused, lost, ended }: DrillLog): readonly string[] => [
  ...(ended === 'real-event' ? ['REAL EVENT: ! declares it'] : []),
  ...(paused ? ['TIME STANDS STILL'] : []),
  ...[...lost].map((instance) => `GONE, go on by hand: ${instance}`),
];

export const emptyLog: DrillLog = {
  acknowledged: null,
  arrived: new Map(),
  sprung: new Map(),
  attacked: new Map(),
  held: new Set(),
  skipped: new Set(),
  fired: new Set(),
  speed: null,
  paused: false,
  stopped: null,
  ended: null,
  assists: 0,
  lost: new Set(),
  sleptMs: 0,
};

const put = <V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> =>
  new Map(map).set(key, value);
const added = (set: ReadonlySet<string>, one: string): ReadonlySet<string> => new Set(set).add(one);
const removed = (set: ReadonlySet<string>, one: string): ReadonlySet<string> =>
  new Set([...set].filter((other) => other !== one));

const directed = (log: DrillLog, entry: Extract<DrillEntry, { kind: 'drill.directed' }>): DrillLog => {
  const { what, inject, speed } = entry.pub;
  if (what === 'compress') return { ...log, speed };
  if (what === 'pause' || what === 'go-on') return { ...log, paused: what === 'pause' };
  if (what === 'assist') return { ...log, assists: log.assists + 1 };
  if (what === 'end' || what === 'real-event')
    return {
      ...log,
      ended: log.ended === 'real-event' || what === 'real-event' ? 'real-event' : 'facilitator',
    };
  if (inject === null) return log;
  if (what === 'hold') return { ...log, held: added(log.held, inject) };
  if (what === 'skip') return { ...log, skipped: added(log.skipped, inject) };
  if (what === 'fire')
    return {
      ...log,
      fired: added(log.fired, inject),
      held: removed(log.held, inject),
      skipped: removed(log.skipped, inject),
    };
  return log;
};

export const logged = (log: DrillLog, entry: Recorded): DrillLog => {
  if (!isAboutDrill(entry)) return log;
  const at = entry.recorded_at;
  switch (entry.kind) {
    case 'drill.injected':
      return { ...log, arrived: put(log.arrived, entry.pub.inject, at) };
    case 'drill.acknowledged':
      return { ...log, acknowledged: log.acknowledged ?? entry.pub.at };
    case 'drill.sprung':
      return {
        ...log,
        sprung: put(log.sprung, entry.pub.trap, {
          at,
          n: entry.n,
          kind: entry.pub.kind,
          points: entry.pub.points,
        }),
      };
    case 'drill.attacked': {
      const { attacker, gets_in, tries, taken } = entry.pub;
      return {
        ...log,
        attacked: put(log.attacked, attacker, {
          getsIn: gets_in,
          refusedAt: gets_in ? null : (log.attacked.get(attacker)?.refusedAt ?? at),
          tries,
          taken,
        }),
      };
    }
    case 'drill.directed':
      return directed(log, entry);
    case 'drill.stopped':
      return { ...log, stopped: entry.pub.rule };
    case 'drill.lost':
      return { ...log, lost: added(log.lost, entry.pub.instance) };
    case 'drill.slept':
      return { ...log, sleptMs: log.sleptMs + entry.pub.ms };
    case 'drill.begun':
    case 'drill.consented':
    case 'drill.paged':
    case 'drill.called':
    case 'drill.scored':
      return log;
  }
};

/** Reads on from where it was: a turn a second must not read a long journal again. */
export const logReader = (entries: (from: number) => Iterable<Recorded>): (() => DrillLog) => {
  let log = emptyLog;
  let next = 0;
  return () => {
    for (const entry of entries(next)) {
      log = logged(log, entry);
      next = entry.n + 1;
    }
    return log;
  };
};
