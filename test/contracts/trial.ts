import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../src/base/canonical.ts';
import type { Action, ActionInput, Connector, Outside, Undoable } from '../../src/connectors/connector.ts';
import { startSimulator } from '../../src/connectors/simulator.ts';
import type { RunningSimulator } from '../../src/connectors/simulator.ts';
import type { Clock } from '../../src/io/clock.ts';
import type { Exchange, Http } from '../../src/io/http.ts';
import { walledProcesses } from '../../src/io/process.ts';
import type { Processes } from '../../src/io/process.ts';
import type { Ask } from '../../src/io/server.ts';
import type { Outcome } from '../../src/model/action.ts';
import type { ConnectorCase } from '../fixtures/connectors/case.ts';
import { fastClock } from '../rig/fast-clock.ts';
import type { FastClock } from '../rig/fast-clock.ts';
import { rigOutside } from '../rig/outside.ts';

/** A small world for one case of one connector: its simulator, and what is needed to act on it. */

/** What `test/fixtures/connectors/<name>.ts` exports. */
export type Fixture = Readonly<{
  cases: readonly ConnectorCase[];
  /** How often the thing that a creating action makes is there; 1 is right. By the name of the action. */
  counts?: Readonly<Record<string, (state: Json) => number>>;
  /** For a connector that runs programs: the recipe for a tool that keeps its state as JSON in this file. */
  recipeFor?: (file: string) => Json;
}>;

export type Member = Readonly<{ name: string; connector: Connector; fixture: Fixture | null }>;

const root = join(import.meta.dirname, '../..');

/** Every connector whose folder has an index, with its cases. */
export const members = async (): Promise<readonly Member[]> => {
  const folder = join(root, 'src/connectors');
  const names = readdirSync(folder).filter(
    (name) => !name.startsWith('_') && existsSync(join(folder, name, 'index.ts')),
  );
  return await Promise.all(
    names.toSorted().map(async (name): Promise<Member> => {
      const { connector } = (await import(join(folder, name, 'index.ts'))) as { connector: Connector };
      const file = join(root, 'test/fixtures/connectors', `${name}.ts`);
      return { name, connector, fixture: existsSync(file) ? ((await import(file)) as Fixture) : null };
    }),
  );
};

const recipeOf = (member: Member, one: ConnectorCase, file: string): Json =>
  one.recipe ?? member.fixture?.recipeFor?.(file) ?? null;

type Actions = Readonly<Record<string, Action>>;

/** A recipe is read for every test that has it, and actions hold nothing of a world: by its text. */
const bound = new WeakMap<Connector, Map<string, Actions>>();
const boundOf = ({ connector }: Member, recipe: Json): Actions => {
  const known = bound.get(connector) ?? new Map<string, Actions>();
  bound.set(connector, known);
  const text = JSON.stringify(recipe);
  const actions = known.get(text) ?? connector.bind?.(recipe) ?? {};
  known.set(text, actions);
  return actions;
};

/** The actions of a connector, those of the case's recipe included. */
export const actionsOf = (member: Member, one: ConnectorCase, file = '/dev/null'): Actions => ({
  ...member.connector.actions,
  ...boundOf(member, recipeOf(member, one, file)),
});

export type Kept = Undoable & Readonly<{ writes: number }>;

type OutsideOptions = Readonly<{
  key?: string;
  signal?: AbortSignal;
  baseUrl?: string;
  /** What the journal does when it is asked to keep something. */
  keep?: () => Promise<void>;
  clock?: Clock;
  within?: Outside['within'];
  /** What stands between the action and its vendor. */
  through?: (fetch: Http['fetch']) => Http['fetch'];
  /** The new credential of a rotation, and what the journal does when one is handed out. */
  fresh?: string;
  made?: () => Promise<void>;
}>;

export type World = Readonly<{
  action: Action;
  input: ActionInput;
  clock: FastClock;
  url: string;
  state: () => Json;
  change: (next: (state: Json) => Json) => void;
  /** Null for a world of programs. */
  simulator: RunningSimulator | null;
  /** Requests that changed the state, in order. */
  writes: readonly Ask[];
  heard: readonly Exchange[];
  /** What actions kept before they wrote, with how many changing requests there had been by then. */
  kept: readonly Kept[];
  /** The new credentials that the action handed out, oldest first. */
  made: readonly Readonly<{ id: string; secret: string }>[];
  outside: (options?: OutsideOptions) => Outside;
  close: () => Promise<void>;
}>;

type Doors = Pick<World, 'url' | 'state' | 'change' | 'simulator' | 'close'> &
  Readonly<{ processes?: Processes; recipe: Json; actions: Readonly<Record<string, Action>> }>;

/** A world of programs: a tool of the fixture, which keeps its state in a file. */
const openTool = (member: Member, one: ConnectorCase, seed: Json): Doors => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-tool-'));
  const file = join(folder, 'state.json');
  const state = (): Json => JSON.parse(readFileSync(file, 'utf8')) as Json;
  const write = (next: Json): void => {
    writeFileSync(file, JSON.stringify(next));
  };
  write(seed);
  return {
    url: 'http://127.0.0.1:9',
    state,
    change: (next) => {
      write(next(state()));
    },
    simulator: null,
    processes: walledProcesses(new Set([process.execPath])),
    recipe: recipeOf(member, one, file),
    actions: actionsOf(member, one, file),
    close: () => {
      rmSync(folder, { recursive: true });
      return Promise.resolve();
    },
  };
};

const openDoors = async (
  member: Member,
  one: ConnectorCase,
  seed: Json,
  clock: FastClock,
  writes: Ask[],
): Promise<Doors> => {
  const { simulator } = member.connector;
  if (simulator === null) return openTool(member, one, seed);
  let changing = false;
  const running: { host: RunningSimulator | null } = { host: null };
  const host = await startSimulator({
    simulator,
    seed,
    recipe: one.script ?? one.recipe ?? null,
    now: () => clock.now(),
    persist: () => {
      const ask = running.host?.seen().at(-1);
      if (ask !== undefined && !changing) writes.push(ask);
    },
  });
  running.host = host;
  const change = (next: (state: Json) => Json): void => {
    changing = true;
    host.change(next);
    changing = false;
  };
  const close = async (): Promise<void> => {
    await host.close();
  };
  const doors = { url: host.url, state: () => host.state(), change, simulator: host, close };
  return { ...doors, recipe: one.recipe ?? null, actions: actionsOf(member, one) };
};

export const openWorld = async (
  member: Member,
  one: ConnectorCase,
  seed: Json = one.seed,
): Promise<World> => {
  const clock = fastClock();
  const writes: Ask[] = [];
  const heard: Exchange[] = [];
  const kept: Kept[] = [];
  const made: { id: string; secret: string }[] = [];
  const doors = await openDoors(member, one, seed, clock, writes);
  const config = member.connector.config.parse(one.config ?? {});
  const action = doors.actions[one.action];
  if (action === undefined) throw new Error(`${member.name} has no action ${one.action}`);
  return {
    ...doors,
    action,
    input: action.input.parse(one.input),
    clock,
    writes,
    heard,
    kept,
    made,
    outside: (options = {}) => {
      const fresh = options.fresh ?? one.fresh;
      const { processes } = doors;
      const rig = rigOutside({
        baseUrl: options.baseUrl ?? doors.url,
        config,
        secrets: one.secrets,
        suspects: one.suspects ?? [],
        recipe: doors.recipe,
        clock: options.clock ?? clock,
        keep: async (receipt, after) => {
          kept.push({ ...throughJson({ receipt, after }), writes: writes.length });
          await options.keep?.();
        },
        made: async (id, secret) => {
          made.push({ id, secret: secret.use() });
          await options.made?.();
        },
        ...(fresh === undefined ? {} : { fresh }),
        ...(options.key === undefined ? {} : { key: options.key }),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
        ...(processes === undefined ? {} : { processes }),
        ...(options.within === undefined ? {} : { within: options.within }),
      });
      const listening: Http['fetch'] = async (input, init) => {
        const before = rig.heard.length;
        try {
          return await rig.outside.http.fetch(input, init);
        } finally {
          heard.push(...rig.heard.slice(before));
        }
      };
      return { ...rig.outside, http: { fetch: options.through?.(listening) ?? listening } };
    },
  };
};

/** What undo gets of an outcome, as the journal would hand it back: through JSON. */
export const undoable = ({ receipt = null, after = null }: Outcome): Undoable =>
  throughJson({ receipt, after });

const throughJson = (done: Undoable): Undoable => JSON.parse(JSON.stringify(done)) as Undoable;
