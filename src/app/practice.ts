import { join } from 'node:path';
import { assert } from '../base/assert.ts';
import { formatUtc, instant, parseInstant } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { readDefinition } from '../catalog/load.ts';
import { connectors } from '../connectors/index.ts';
import { shiftedClock } from '../drill/clock.ts';
import { startReceiver } from '../drill/receiver.ts';
import { madeSecret } from '../drill/secrets.ts';
import { startSystems } from '../drill/systems.ts';
import type { World } from '../engine/world.ts';
import { systemClock } from '../io/clock.ts';
import { systemFiles } from '../io/files.ts';
import { walledProcesses } from '../io/process.ts';
import { systemRandom } from '../io/random.ts';
import { makeScratch } from '../io/scratch.ts';
import { drillSecrets } from '../io/secrets.ts';
import type { Secrets } from '../io/secrets.ts';
import { fontFolder, systemTypesetter } from '../io/typeset.ts';
import type { Company } from '../model/company.ts';
import { practiceSchema } from '../model/drill.ts';
import type { PracticeSource } from '../model/drill.ts';
import type { Inventory } from '../model/inventory.ts';
import { makeApp } from './app.ts';
import type { Base } from './base.ts';
import { paths } from './base.ts';
import type { App, OpenInput } from './contract.ts';
import { readKnowledge } from './shelf.ts';
import { catalogReader } from './wire.ts';

/**
 * The example company as if it were one's own workspace, on simulators that live as long as the command: what looks at live
 * systems can be tried, and learned, before anything is set up. Nothing of the user is read, and nothing is kept.
 */

const EXAMPLE = 'runbooks/_company';
const SEED = 1;
/** One of the example company's people: whoever practises plays her. */
const PLAYED = 'orla';

const read = (files: Base['files'], packageRoot: string): PracticeSource => {
  const found = readDefinition<PracticeSource>(
    files,
    packageRoot,
    `${EXAMPLE}/practice.yaml`,
    practiceSchema,
  );
  if (found.ok) return found.loaded.value;
  const [first] = found.issues;
  throw new Problem('invalid-file', {
    file: `${EXAMPLE}/practice.yaml`,
    why: first?.message ?? 'unreadable',
  });
};

/** Things to be ended, the newest first; what is begun is ended even where a later one did not begin. */
const makeEnds = () => {
  const ends: (() => void | Promise<void>)[] = [];
  return {
    add: (end: () => void | Promise<void>): void => void ends.push(end),
    all: async (): Promise<void> => {
      for (const end of ends.splice(0).toReversed()) await end();
    },
  };
};
type Ends = ReturnType<typeof makeEnds>;

/** As made up for a drill, without those that the company has forgotten to set. */
const withGaps = (secrets: Secrets, missing: readonly string[]): Secrets => ({
  ...secrets,
  resolve: async (ref, name) => {
    if (missing.includes(name))
      throw new Problem('missing-secret', { name, ref: refWords(ref), why: 'it is not set' });
    return await secrets.resolve(ref, name);
  },
});
const refWords = (ref: object): string =>
  Object.entries(ref)
    .map(([kind, what]) => `${kind} ${Array.isArray(what) ? String(what[0]) : String(what)}`)
    .join();

type Scene = Readonly<{
  base: Pick<Base, 'files' | 'clock' | 'random'>;
  practice: PracticeSource;
  company: Company;
  inventory: Inventory;
  scripts: Parameters<typeof startSystems>[0]['scripts'];
}>;

const worldOf = async (
  { base, practice, company, inventory, scripts }: Scene,
  ends: Ends,
): Promise<World> => {
  const { files, clock, random } = base;
  const made = madeSecret(SEED, practice);
  const systems = await startSystems({
    folder: null,
    files,
    drill: practice,
    company,
    connectors,
    scripts,
    made,
    clock: () => clock,
  });
  ends.add(async () => {
    await systems.close();
  });
  const receivers = new Map<string, string>();
  for (const { id, connector, secret, verify_token: token } of inventory.receivers ?? []) {
    const server = await startReceiver({
      takes: practice.receivers[id]?.takes ?? [],
      key: made(`${connector ?? ''}.${secret ?? ''}`),
      verifyToken: made(`${connector ?? ''}.${token ?? ''}`),
    });
    ends.add(async () => {
      await server.close();
    });
    receivers.set(id, server.url);
  }
  return {
    drill: true,
    clock,
    random,
    processes: walledProcesses(new Set()),
    secrets: withGaps(drillSecrets(made), practice.missing),
    wall: 'loopback-only',
    baseUrl: (instance) => systems.baseUrl(instance),
    receiverUrl: (id) => receivers.get(id) ?? null,
  };
};

/** @throws Problem `invalid-file` where the program's own files are damaged */
export const openPractice = async ({ packageRoot, zone }: OpenInput): Promise<App> => {
  const files = systemFiles();
  const practice = read(files, packageRoot);
  const start = parseInstant(practice.now);
  assert(start !== null, 'a test reads the moment of the practice');
  const machine = systemClock();
  const clock = shiftedClock(machine, start, instant(machine.now()), 1);
  const workspace = join(packageRoot, EXAMPLE);
  const readCatalog = catalogReader(packageRoot, files, () => formatUtc(clock.now()).slice(0, 10));
  const { company, inventory, simulatorScripts } = await readCatalog(workspace);
  const ends = makeEnds();
  try {
    const scratch = makeScratch('firebreak-practice');
    ends.add(scratch.remove);
    for (const folder of [paths(scratch.path).incidents, paths(scratch.path).drills])
      files.privateDir(folder);
    const parts = { files, clock, random: systemRandom() };
    const live = await worldOf(
      {
        base: parts,
        practice,
        company: company.value,
        inventory: inventory.value,
        scripts: simulatorScripts,
      },
      ends,
    );
    const base: Base = {
      ...parts,
      packageRoot,
      home: scratch.path,
      workspace,
      actor: PLAYED,
      zone,
      connectors,
      readCatalog,
      live,
      typesetter: () => systemTypesetter(fontFolder(packageRoot)),
      tool: 'firebreak/practice',
    };
    return ended(makeApp(base, await readKnowledge(base, workspace)), ends);
  } catch (error) {
    await ends.all();
    throw error;
  }
};

const keepsNothing = (): never => {
  throw new Problem('usage', { why: 'practice keeps nothing, so there is no file to write to' });
};

/** The app that ends its world with it, and that writes into no file of the program. */
const ended = (app: App, ends: Ends): App => ({
  ...app,
  audits: async () => ({
    ...(await app.audits()),
    draft: keepsNothing,
    write: keepsNothing,
    save: keepsNothing,
  }),
  close: async () => {
    await app.close();
    await ends.all();
  },
});
