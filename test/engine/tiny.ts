import { z } from 'zod';
import type { Action, Connector, Outside } from '../../src/connectors/connector.ts';
import { prepare } from '../../src/engine/prepare.ts';
import type { Prepared, Request } from '../../src/engine/prepare.ts';
import { recheck } from '../../src/engine/recheck.ts';
import { checkConfirmed, run } from '../../src/engine/run.ts';
import type { Confirmation, Engine, RunReport } from '../../src/engine/lines.ts';
import type { ItemFresh, Ledger } from '../../src/engine/ledger.ts';
import type { Definitions, World } from '../../src/engine/world.ts';
import { approvalOf } from '../../src/incident/approvals.ts';
import { nextTurn } from '../../src/io/clock.ts';
import { walledProcesses } from '../../src/io/process.ts';
import { drillSecrets } from '../../src/io/secrets.ts';
import type { Secrets } from '../../src/io/secrets.ts';
import type { Outcome, Preview, Proof, RetryClass } from '../../src/model/action.ts';
import type { Recorded, Fresh } from '../../src/model/event.ts';
import { itemRef } from '../../src/model/item.ts';
import type { PlannedStep } from '../../src/model/plan.ts';
import { fakeRandom } from '../fakes/random.ts';
import { act, story } from '../incident/story.ts';
import type { Story } from '../incident/story.ts';
import { fastClock } from '../rig/fast-clock.ts';
import type { FastClock } from '../rig/fast-clock.ts';

/** A system of switches in memory and a connector for it, so that the engine can be watched at every step. */

export type Switches = Map<string, 'on' | 'off'>;

/** What the connector is told to do next; what is not told goes well. */
export type Script = {
  run?: (name: string, outside: Outside) => Promise<Outcome>;
  verify?: (name: string) => Promise<Proof>;
  preview?: () => Promise<Preview | null>;
  undo?: (name: string) => Promise<Outcome>;
};

export type Tiny = Readonly<{
  switches: Switches;
  script: Script;
  clock: FastClock;
  told: Story;
  engine: Engine;
  /** How often something was told to the system, by name of the call and of the switch. */
  calls: readonly string[];
  durable: () => readonly Recorded[];
  request: (step: string, direction?: 'do' | 'undo') => Request;
  prepare: (step: string, direction?: 'do' | 'undo') => Promise<Prepared>;
  /** Prepares, confirms as asked for and runs. */
  act: (step: string, direction?: 'do' | 'undo') => Promise<RunReport>;
  confirm: (prepared: Prepared, confirmation: Confirmation, again?: Request) => Promise<RunReport>;
  recheck: (step?: string) => Promise<RunReport>;
}> & {
  /** Set by a test that lets the tool die. */
  revive?: () => void;
};

export type TinyOptions = Readonly<{
  steps?: readonly PlannedStep[];
  retry?: RetryClass;
  secrets?: Secrets;
  needs?: readonly string[];
  /** Only a person can do it. */
  noApi?: true;
  signal?: AbortSignal;
  /** Rows of the inventory beside the three that are always there. */
  items?: readonly string[];
}>;

const manual = { where: 'The panel', steps: ['Turn it off'], record: 'time' } as const;

const actionOf = (switches: Switches, script: Script, calls: string[], options: TinyOptions): Action => {
  const proof = (name: string): Proof =>
    switches.get(name) === 'off'
      ? { is: 'proved', how: 'the panel is dark' }
      : { is: 'refuted', how: 'the panel is lit' };
  return {
    title: 'Turn it off',
    effect: 'reversible',
    retry: options.retry ?? 'B',
    confidence: 'confirmed',
    scopes: [],
    secrets: options.needs ?? [],
    input: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    ...(options.noApi === undefined ? {} : { noApi: options.noApi }),
    byHand: manual,
    preview: async () => (await script.preview?.()) ?? { calls: [], breaks: [], now: 'active', warnings: [] },
    run: async (input, outside) => {
      const name = String(input['name']);
      calls.push(`run ${name}`);
      if (script.run !== undefined) return await script.run(name, outside);
      const before = switches.get(name) ?? 'on';
      await outside.keep({ was: before }, { was: 'off' });
      switches.set(name, 'off');
      return {
        result: before === 'off' ? 'already' : 'done',
        detail: 'turned',
        http: 200,
        receipt: { was: before },
        after: { was: 'off' },
      };
    },
    verify: async (input) => {
      const name = String(input['name']);
      calls.push(`verify ${name}`);
      return (await script.verify?.(name)) ?? proof(name);
    },
    undo: async (input, { receipt }) => {
      const name = String(input['name']);
      calls.push(`undo ${name}`);
      if (script.undo !== undefined) return await script.undo(name);
      switches.set(name, (receipt as { was: 'on' | 'off' }).was);
      return { result: 'done', detail: 'turned back' };
    },
  };
};

const connectorOf = (action: Action): Connector => ({
  title: 'Tiny',
  baseUrl: 'http://127.0.0.1:9',
  config: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  secrets: {},
  actions: { stop: action },
  health: () => Promise.resolve({ ok: true, detail: '' }),
  simulator: null,
});

const definitionsOf = (action: Action, options: TinyOptions): Definitions => ({
  company: {
    organisation: {
      name: 'Small Shop',
      country: 'IE',
      zone: 'UTC',
      acts_as: 'controller',
      takes_cards: false,
    },
    connectors: {
      tiny: {
        uses: 'tiny',
        secrets: Object.fromEntries(
          (options.needs ?? []).map((name) => [name, { env: `TINY_${name.toUpperCase()}` }]),
        ),
      },
    },
  },
  inventory: {
    channels: [],
    integrations: ['bridge', 'token', 'hook', ...(options.items ?? [])].map((id) => ({
      id,
      title: `The ${id}`,
      connector: 'tiny',
      params: { name: id },
      stops: 'messages',
      owner: 'platform',
    })),
    credentials: [],
  },
  recipes: new Map(),
  connectors: { tiny: { title: 'Tiny', load: () => Promise.resolve(connectorOf(action)) } },
});

/** A journal in memory: what was appended counts a turn of the event loop later, as on a disk. */
const ledgerOf = (told: Story): Ledger & Readonly<{ sealed: Map<string, string> }> => {
  const sealed = new Map<string, string>();
  const rows = new Map<number, ItemFresh[]>();
  const take = (batch: number, more: readonly ItemFresh[]): void => {
    rows.set(batch, [...(rows.get(batch) ?? []), ...more]);
    for (const { item, priv = {} } of more)
      for (const [name, { value }] of Object.entries(priv))
        sealed.set(`${itemRef(batch, item)}/${name}`, String(value));
  };
  return {
    sealed,
    batches: {
      begin: async (kind, pub, items) => {
        await nextTurn();
        const batch = told.happens({
          kind,
          pub: { ...pub, rows: items.length, rows_root: '' },
        } as unknown as Fresh);
        take(batch, items);
        return batch;
      },
      write: async (batch, more) => {
        await nextTurn();
        take(batch, more);
      },
      rows: (batch) => rows.get(batch) ?? [],
      end: async (kind, pub) => {
        await nextTurn();
        told.happens({ kind, pub: { ...pub, rows: 0, rows_root: '' } } as unknown as Fresh);
      },
    },
    state: () => told.state(),
    append: async (events) => {
      await nextTurn();
      const first = told.happens(...events);
      for (const [i, { priv }] of events.entries()) {
        for (const [name, { value }] of Object.entries(priv ?? {}))
          sealed.set(`${first + i}/${name}`, String(value));
      }
      return told.entries().slice(first);
    },
    reveal: ({ n, name }) => sealed.get(`${n}/${name}`) ?? null,
  };
};

export const tiny = (options: TinyOptions = {}): Tiny => {
  const switches: Switches = new Map([
    ['bridge', 'on'],
    ['token', 'on'],
    ['hook', 'on'],
  ]);
  const script: Script = {};
  const calls: string[] = [];
  const clock = fastClock('2026-11-20T06:40:00Z');
  const told = story(options.steps ?? [act('stop', ['bridge', 'token'])], undefined, () => clock.stamp());
  const action = actionOf(switches, script, calls, options);
  const world: World = {
    drill: false,
    clock,
    random: fakeRandom(),
    processes: walledProcesses(new Set()),
    secrets: options.secrets ?? drillSecrets((name) => `made-${name}`),
    wall: 'loopback-only',
    baseUrl: (_instance, fallback) => fallback,
  };
  const engine: Engine = {
    world,
    definitions: definitionsOf(action, options),
    ledger: ledgerOf(told),
    signal: options.signal ?? new AbortController().signal,
  };

  const request = (id: string, direction: 'do' | 'undo' = 'do'): Request => {
    const { step, targets } = told.step(id);
    if (step.kind !== 'act') throw new Error(`${id} does not act`);
    const { title, input, friction, reversible, effect, fallback } = step;
    const planSha256 = told.state().planSha256;
    return {
      step: id,
      title,
      direction,
      targets,
      input,
      friction,
      reversible,
      unconfirmed: false,
      effect,
      fallback,
      approval: direction === 'undo' ? null : approvalOf(told.state(), step, clock.now(), 'ada'),
      preserve: [],
      planSha256,
    };
  };
  const look = async (id: string, direction: 'do' | 'undo' = 'do'): Promise<Prepared> =>
    await prepare(world, engine.definitions, request(id, direction), () => []);
  const confirm: Tiny['confirm'] = async (prepared, confirmation, again = prepared.request) => {
    checkConfirmed(prepared, again, confirmation, clock.elapsed());
    return await run(engine, { ...prepared, request: again }, confirmation, () => undefined);
  };
  return {
    switches,
    script,
    clock,
    told,
    engine,
    calls,
    request,
    confirm,
    durable: () => told.entries(),
    prepare: look,
    act: async (id, direction = 'do') => {
      const prepared = await look(id, direction);
      return await confirm(prepared, { yes: true, typed: prepared.phrase, reason: 'Alone on call' });
    },
    recheck: async (id) => await recheck(engine, id, () => undefined),
  };
};
