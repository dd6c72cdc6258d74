import type { Json } from '../../src/base/canonical.ts';
import { instant } from '../../src/base/instant.ts';
import { Problem } from '../../src/base/problem.ts';
import type { Action, Connector, Outside } from '../../src/connectors/connector.ts';
import { startSimulator } from '../../src/connectors/simulator.ts';
import type { RunningSimulator } from '../../src/connectors/simulator.ts';
import { systemHttp } from '../../src/io/http.ts';
import type { Exchange } from '../../src/io/http.ts';
import type { Processes } from '../../src/io/process.ts';
import { Secret } from '../../src/io/secrets.ts';
import { assert } from '../../src/base/assert.ts';

/** One connector before its own simulator, over real HTTP; waiting costs nothing. */

export type World = Readonly<{
  outside: Outside;
  simulator: RunningSimulator;
  heard: readonly Exchange[];
  action: (id: string) => Action;
}>;

export type WorldOptions = Readonly<{
  connector: Connector;
  seed?: Json;
  config?: Outside['config'];
  secrets?: Readonly<Record<string, string>>;
  suspects?: readonly string[];
  recipe?: Json;
  script?: Json;
}>;

const noProcesses: Processes = {
  run: () => Promise.reject(new Error('no program is run here')),
};

const now = instant(Date.UTC(2026, 9, 12, 2, 14));
const clock = {
  now: () => now,
  stamp: () => ({ boot: 'test', mono: '0', wall: '' }),
  sleep: () => Promise.resolve(),
};

export const open = async (options: WorldOptions): Promise<World> => {
  const {
    connector,
    seed = {},
    config = {},
    secrets = {},
    suspects = [],
    recipe = null,
    script = null,
  } = options;
  assert(connector.simulator !== null, 'this connector is tried against its simulator');
  const simulator = await startSimulator({
    simulator: connector.simulator,
    seed,
    recipe: script,
    now: () => now,
    persist: () => undefined,
  });
  const heard: Exchange[] = [];
  const known = [...Object.values(secrets), ...suspects];
  const http = systemHttp({
    clock,
    wall: 'loopback-only',
    secrets: () => known,
    heard: (one) => void heard.push(one),
  });
  const outside: Outside = {
    http,
    clock,
    processes: noProcesses,
    random: { bytes: (length) => new Uint8Array(length) },
    baseUrl: simulator.url,
    config,
    secret: (name) => {
      const value = secrets[name];
      return value === undefined
        ? Promise.reject(new Problem('missing-secret', { name }))
        : Promise.resolve(new Secret(value));
    },
    suspects: suspects.map((one) => new Secret(one)),
    key: 'key-1',
    signal: new AbortController().signal,
    recipe,
  };
  const actions = connector.bind === undefined ? connector.actions : connector.bind(recipe);
  const action = (id: string): Action => {
    const found = actions[id];
    assert(found !== undefined, `the connector has no action ${id}`);
    return found;
  };
  return { outside, simulator, heard, action };
};

/** Parses the input as the engine does, and runs. */
export const parsed = (action: Action, input: Readonly<Record<string, string | number | boolean>>) =>
  action.input.parse(input);
