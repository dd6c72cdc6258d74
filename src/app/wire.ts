import { join } from 'node:path';
import { formatUtc } from '../base/instant.ts';
import { maskSecrets } from '../base/mask.ts';
import { Problem } from '../base/problem.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { connectors } from '../connectors/index.ts';
import type { World } from '../engine/world.ts';
import { machineZone, systemClock } from '../io/clock.ts';
import { configFolder, dataFolder, systemEnvironment } from '../io/environment.ts';
import { systemFiles } from '../io/files.ts';
import type { Files } from '../io/files.ts';
import { systemHttp } from '../io/http.ts';
import { systemKeychain } from '../io/keychain.ts';
import { systemPlaces } from '../io/places.ts';
import { systemProcesses } from '../io/process.ts';
import type { Processes } from '../io/process.ts';
import { systemRandom } from '../io/random.ts';
import { systemSecrets } from '../io/secrets.ts';
import { fontFolder, systemTypesetter } from '../io/typeset.ts';
import { makeApp } from './app.ts';
import type { Base } from './base.ts';
import { paths } from './base.ts';
import type { App, OpenInput } from './contract.ts';
import { foldedBy } from './folded-by.ts';
import { makeKeyring } from './keyring.ts';
import { packSigners } from './packs.ts';
import { readKnowledge } from './shelf.ts';
import { makeGuard } from './trust.ts';
import type { Guard } from './trust.ts';

/** The only place where the real parts are put together. A drill gets its own world in `drills.ts`, from fakes alone. */

const HANDLE = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const handleOf = (name: string): string => {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40);
  return HANDLE.test(plain) ? plain : 'responder';
};

/** `--as`, else FIREBREAK_ACTOR, else what was stored, else the login name. */
const actorOf = (input: OpenInput, files: Files, home: string): string => {
  const stored = files.exists(paths(home).actor) ? files.readText(paths(home).actor, 200).trim() : '';
  const named = [input.as, input.env['FIREBREAK_ACTOR'], stored, input.env['USER'], input.env['LOGNAME']];
  const name = named.find((one) => one !== undefined && one !== null && one !== '') ?? 'responder';
  return handleOf(maskSecrets(name).text);
};

/** The current folder where it is a workspace, else the user's data folder where that is one. */
const workspaceOf = (input: OpenInput, files: Files, home: string): string | null =>
  [input.cwd, join(home, 'workspace')].find((folder) => files.exists(join(folder, 'firebreak.yaml'))) ?? null;

const liveWorld = (input: OpenInput, base: Pick<Base, 'clock' | 'random' | 'files'>, guard: Guard): World => {
  const { clock, random, files } = base;
  const processes = systemProcesses(input.env);
  const keychain = systemKeychain();
  const secrets = systemSecrets(input.env, keychain);
  const http = systemHttp({ clock, wall: 'open', secrets: () => secrets.known() });
  return {
    drill: false,
    clock,
    random,
    processes,
    secrets,
    places: systemPlaces({ files, processes, keychain, http }),
    wall: 'open',
    trusts: async (definitions) => await guard.allows(definitions),
    baseUrl: (_instance, fallback) => fallback,
  };
};

/** What `aws` and `vault` find their account and their server by. */
const SERVICE_VARIABLE = /^(AWS_|VAULT_|XDG_CONFIG_HOME$|HTTPS?_PROXY$|NO_PROXY$)/i;

const keyTools = (env: OpenInput['env']): Processes => {
  const processes = systemProcesses(env);
  const passed = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      SERVICE_VARIABLE.test(name) && value !== undefined ? [[name, value] as const] : [],
    ),
  );
  return { run: async (request) => await processes.run({ ...request, env: { ...passed, ...request.env } }) };
};

/** Names a file of age identities; what is in it is never in the environment. */
const identityOf = (env: OpenInput['env']): Readonly<{ identity?: string }> => {
  const path = env['FIREBREAK_AGE_IDENTITY_FILE'];
  return path === undefined || path === '' ? {} : { identity: path };
};

const foldIn = (fold: string | undefined): Pick<Base, 'fold'> => (fold === undefined ? {} : { fold });

const keymapIn = (folder: string | null): Pick<Base, 'keymapFile'> =>
  folder === null ? {} : { keymapFile: join(folder, 'keymap.yaml') };

/** A shorter id stands for all below it: `gdpr:33.1` is served by whoever serves `gdpr:33`. */
const wholes = (item: string): readonly string[] => {
  const parts = item.split('.');
  return parts.map((_part, index) => parts.slice(0, index + 1).join('.'));
};

/** Each company's definitions are read once, and late: parsing and checking them costs more than most commands. */
export const catalogReader = (
  packageRoot: string,
  files: Files,
  today: () => string,
  signers: () => string = () => '',
): Base['readCatalog'] => {
  const read = new Map<string | null, Promise<Catalog>>();
  const load = async (workspace: string | null): Promise<Catalog> => {
    const [{ loadCatalog }, { regulations }, { builtDefinitions }] = await Promise.all([
      import('../catalog/catalog.ts'),
      import('../regulations/index.ts'),
      import('../catalog/built.ts'),
    ]);
    // From the sources nothing that was built is used: it may be of other sources.
    const built = foldedBy() === undefined ? {} : builtDefinitions(files, packageRoot);
    const law = {
      duties: new Set(Object.values(regulations).flatMap((one) => one.obligations.map((duty) => duty.id))),
      items: new Set(
        Object.values(regulations).flatMap((one) => one.items.flatMap((item) => wholes(item.id))),
      ),
    };
    return await loadCatalog({
      files: { ...files, ...built },
      packageRoot,
      workspace,
      connectors,
      today: today(),
      law,
      packs: { files, signers: signers() },
    });
  };
  return async (workspace, again = false) => {
    const reading = (again ? undefined : read.get(workspace)) ?? load(workspace);
    read.set(workspace, reading);
    return await reading;
  };
};

/** Said by a person, because what listens on this machine might forward. */
const DRILL_MAIL = 'FIREBREAK_DRILL_MAIL';

export const openApp = async (input: OpenInput): Promise<App> => {
  if (input.practice === true) return await (await import('./practice.ts')).openPractice(input);
  const { platform } = systemEnvironment();
  const home = dataFolder(input.env, platform);
  if (home === null) throw new Problem('usage', { why: 'no home folder is known: set FIREBREAK_HOME' });
  const files = systemFiles();
  const made = input.untouched === true ? [] : [home, paths(home).incidents, paths(home).drills];
  for (const folder of made) files.privateDir(folder);
  const clock = systemClock();
  const random = systemRandom();
  const workspace = workspaceOf(input, files, home);
  const keyring = makeKeyring({
    folder: paths(home).keys,
    files,
    random,
    keychain: systemKeychain(),
    processes: keyTools(input.env),
    ...identityOf(input.env),
    ...(input.passphrase === undefined ? {} : { ask: input.passphrase }),
    ...(input.heard === undefined ? {} : { heard: input.heard }),
  });
  const today = (): string => formatUtc(clock.now()).slice(0, 10);
  const readAny = catalogReader(input.packageRoot, files, today, () => packSigners(files, home));
  const readCatalog = async (folder: string | null, again = false): Promise<Catalog> => {
    const catalog = await readAny(folder, again);
    if (folder !== null && folder === workspace) await guard.learn(catalog);
    return catalog;
  };
  const guard = makeGuard({ files, home, workspace, readAgain: async () => await readCatalog(workspace) });
  const base: Base = {
    packageRoot: input.packageRoot,
    home,
    workspace,
    actor: actorOf(input, files, home),
    zone: input.zone,
    machineZone,
    files,
    clock,
    random,
    connectors,
    readCatalog,
    live: input.drillOnly === true ? null : liveWorld(input, { clock, random, files }, guard),
    keyring,
    keychain: systemKeychain(),
    ...keymapIn(configFolder(input.env, platform)),
    typesetter: () => systemTypesetter(fontFolder(input.packageRoot)),
    ...(input.env[DRILL_MAIL] === undefined ? {} : { drillMail: input.env[DRILL_MAIL] }),
    ...foldIn(foldedBy()),
    tool: 'firebreak/0.1.0',
  };
  const knowledge = input.definitions === 'later' ? null : await readKnowledge(base, base.workspace);
  return makeApp(base, knowledge);
};
