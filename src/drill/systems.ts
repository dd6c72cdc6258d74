import { join } from 'node:path';
import { conditionName } from '../base/condition.ts';
import type { Json } from '../base/canonical.ts';
import type { ConnectorEntry } from '../connectors/connector.ts';
import type { Clock } from '../io/clock.ts';
import type { Files } from '../io/files.ts';
import { startSimulator } from '../connectors/simulator.ts';
import type { RunningSimulator } from '../connectors/simulator.ts';
import { limits } from '../model/limits.ts';
import type { Scenery } from '../model/drill.ts';
import { withSecrets } from './secrets.ts';

/** The systems of a fake world: one simulator an instance. */
export interface Systems {
  baseUrl(instance: string): string | null;
  /** The whole truth, by instance name with underscores, as the end checks read it. */
  truth(): Readonly<Record<string, Json>>;
  get(instance: string): RunningSimulator | null;
  /** Those that were there and answer no more. */
  gone(): readonly string[];
  close(): Promise<void>;
}

export type SystemsInput = Readonly<{
  /** Where their state is kept, so that a crash revives nothing; null: it ends with them. */
  folder: string | null;
  files: Files;
  drill: Pick<Scenery, 'systems'>;
  company: Readonly<{
    connectors: Readonly<Record<string, Readonly<{ uses: string; recipe?: string | undefined }>>>;
  }>;
  connectors: Readonly<Record<string, ConnectorEntry>>;
  /** How the systems of generic connectors behave, by recipe. */
  scripts: ReadonlyMap<string, Json>;
  made: (name: string) => string;
  clock: () => Clock;
}>;

const startOne = async (input: SystemsInput, name: string): Promise<RunningSimulator | null> => {
  const instance = input.company.connectors[name];
  const connector = instance === undefined ? undefined : await input.connectors[instance.uses]?.load();
  if (instance === undefined || connector === undefined || connector.simulator === null) return null;
  if (instance.recipe !== undefined && !input.scripts.has(instance.recipe)) return null;
  const { folder, files } = input;
  const path = folder === null ? null : join(folder, `${name}.json`);
  const kept =
    path !== null && files.exists(path)
      ? (JSON.parse(files.readText(path, limits.answerBytesMax)) as Json)
      : null;
  return await startSimulator({
    simulator: connector.simulator,
    seed: kept ?? withSecrets(input.drill.systems[name] ?? {}, input.made),
    recipe: instance.recipe === undefined ? null : (input.scripts.get(instance.recipe) ?? null),
    now: () => input.clock().now(),
    persist: (state) => {
      if (path !== null) files.writeAtomic(path, JSON.stringify(state));
    },
  });
};

export const startSystems = async (input: SystemsInput): Promise<Systems> => {
  if (input.folder !== null) input.files.privateDir(input.folder);
  const running = new Map<string, RunningSimulator>();
  for (const name of Object.keys(input.drill.systems)) {
    const one = await startOne(input, name);
    if (one !== null) running.set(name, one);
  }
  return {
    baseUrl: (instance) => running.get(instance)?.url ?? null,
    truth: () => Object.fromEntries([...running].map(([name, one]) => [conditionName(name), one.state()])),
    get: (instance) => running.get(instance) ?? null,
    gone: () => [...running].flatMap(([name, one]) => (one.alive() ? [] : [name])),
    close: async () => {
      await Promise.all(
        [...running.values()].map(async (one) => {
          await one.close();
        }),
      );
    },
  };
};
