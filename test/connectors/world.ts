import type { Json } from '../../src/base/canonical.ts';
import type { Action, Connector, Outside, Undoable } from '../../src/connectors/connector.ts';
import { startSimulator } from '../../src/connectors/simulator.ts';
import type { RunningSimulator } from '../../src/connectors/simulator.ts';
import type { Exchange } from '../../src/io/http.ts';
import { assert } from '../../src/base/assert.ts';
import { fastClock } from '../rig/fast-clock.ts';
import { rigOutside } from '../rig/outside.ts';

/** One connector before its own simulator, over real HTTP; waiting costs nothing. */

export type World = Readonly<{
  outside: Outside;
  simulator: RunningSimulator;
  heard: readonly Exchange[];
  kept: readonly Undoable[];
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
  const clock = fastClock();
  const simulator = await startSimulator({
    simulator: connector.simulator,
    seed,
    recipe: script,
    now: () => clock.now(),
    persist: () => undefined,
  });
  const { outside, heard, kept } = rigOutside({
    baseUrl: simulator.url,
    config,
    secrets,
    suspects,
    recipe,
    clock,
  });
  const actions = connector.bind === undefined ? connector.actions : connector.bind(recipe);
  const action = (id: string): Action => {
    const found = actions[id];
    assert(found !== undefined, `the connector has no action ${id}`);
    return found;
  };
  return { outside, simulator, heard, kept, action };
};

/** Parses the input as the engine does, and runs. */
export const parsed = (action: Action, input: Readonly<Record<string, string | number | boolean>>) =>
  action.input.parse(input);
