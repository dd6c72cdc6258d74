import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { makeApp } from '../../../src/app/app.ts';
import type { Base } from '../../../src/app/base.ts';
import { paths } from '../../../src/app/base.ts';
import type { App } from '../../../src/app/contract.ts';
import type { Catalog } from '../../../src/catalog/catalog.ts';
import { connectors } from '../../../src/connectors/index.ts';
import { madeSecret } from '../../../src/drill/secrets.ts';
import { startSystems } from '../../../src/drill/systems.ts';
import type { Systems } from '../../../src/drill/systems.ts';
import type { World } from '../../../src/engine/world.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { systemFiles } from '../../../src/io/files.ts';
import { systemProcesses } from '../../../src/io/process.ts';
import { systemRandom } from '../../../src/io/random.ts';
import { systemSecrets } from '../../../src/io/secrets.ts';
import { makeAuthority } from '../../../src/dev/outside/authority.ts';
import type { Company } from '../../../src/model/company.ts';
import { packageRoot } from '../../rig/app.ts';
import { folder, readCatalog } from '../../app/company.ts';
import { openOutside } from './outside.ts';
import type { Outside } from './outside.ts';

/**
 * One company in two worlds: what its definitions name lies outside, in earnest and in a drill alike. Only the worlds differ, and
 * the live one has every part as it is in earnest.
 */

const RUNBOOK = 'leaked-whatsapp-token';
const SEED = 3;

export type Scene = Readonly<{ outside: Outside; app: App }>;

/** Made once: an authority costs several programs. */
const authority = makeAuthority(join(mkdtempSync(join(tmpdir(), 'firebreak-doors-')), 'tsa'));

const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** What a door changes of the example company. */
export type Patch = (outside: Outside, company: Company, ca: string) => Partial<Company>;

/** Every system of the company answers outside, by a simulator: the fake of a vendor that a live call reaches. */
const vendors = async (home: string, catalog: Catalog, made: (name: string) => string): Promise<Systems> => {
  const drill = catalog.drills.get(RUNBOOK)?.value;
  if (drill === undefined) throw new Error('the drill ships');
  const systems = await startSystems({
    folder: join(home, 'vendors'),
    files: systemFiles(),
    drill,
    company: catalog.company.value,
    connectors,
    scripts: catalog.simulatorScripts,
    made,
    clock: systemClock,
  });
  ends.push(async () => {
    await systems.close();
  });
  return systems;
};

/** The web outside: an authority for time stamps, a store, a collector, a page, and the vendors by the name of their instance. */
const webOf = (
  systems: Systems,
  answerTsa: (request: Uint8Array) => Buffer,
): Parameters<typeof openOutside>[1] => {
  const store = new Map<string, Buffer>();
  return async (method, path, body, headers) => {
    if (path === '/tsr') return { status: 200, body: answerTsa(body), type: 'application/timestamp-reply' };
    if (path.startsWith('/store/')) {
      if (method === 'PUT') store.set(path, body);
      const found = store.get(path);
      return found === undefined ? { status: 404, body: '' } : { status: 200, body: found };
    }
    const [, instance = '', rest = ''] = /^\/([a-z-]+)(\/.*)$/.exec(path) ?? [];
    const vendor = systems.baseUrl(instance);
    if (vendor === null) return { status: 200, body: '{}' };
    const { host: _host, connection: _connection, ...sent } = headers;
    const answer = await fetch(vendor + rest, {
      method,
      headers: sent as Record<string, string>,
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
    });
    return { status: answer.status, body: await answer.text() };
  };
};

const variable = (instance: string, secret: string): string =>
  `${instance}_${secret}`.replaceAll('-', '_').toUpperCase();

/** The company as it would be configured in earnest: each system at its address outside, each secret in a variable. */
const configured = (company: Company, outside: Outside): Company['connectors'] =>
  Object.fromEntries(
    Object.entries(company.connectors).map(([name, one]) => [
      name,
      {
        ...one,
        base_url: `${outside.https}/${name}`,
        secrets: Object.fromEntries(
          Object.keys(one.secrets ?? {}).map((secret) => [secret, { env: variable(name, secret) }]),
        ),
      },
    ]),
  );

export const scene = async (patch: Patch): Promise<Scene> => {
  const home = folder();
  const catalog = await readCatalog(null);
  const made = madeSecret(SEED, catalog.drills.get(RUNBOOK)?.value ?? never());
  const systems = await vendors(home, catalog, made);
  const outside = await openOutside(home, webOf(systems, authority.answer));
  ends.push(async () => {
    await outside.close();
  });
  const example = { ...catalog.company.value, connectors: configured(catalog.company.value, outside) };
  const company = { ...example, ...patch(outside, example, authority.caPath) };
  const told: Catalog = { ...catalog, company: { ...catalog.company, value: company } };
  const env = Object.fromEntries(
    Object.entries(company.connectors).flatMap(([name, one]) =>
      Object.keys(one.secrets ?? {}).map((secret) => [variable(name, secret), made(`${name}.${secret}`)]),
    ),
  );
  const live: World = {
    drill: false,
    clock: systemClock(),
    random: systemRandom(),
    processes: systemProcesses({ PATH: outside.bin }),
    secrets: systemSecrets(env, outside.keychain),
    wall: 'open',
    baseUrl: (_instance, fallback) => fallback,
  };
  const files = systemFiles();
  for (const made of [home, paths(home).incidents, paths(home).drills]) files.privateDir(made);
  const base: Base = {
    packageRoot,
    home,
    workspace: join(home, 'workspace'),
    actor: 'orla',
    zone: null,
    files,
    clock: systemClock(),
    random: systemRandom(),
    connectors,
    readCatalog: async () => await Promise.resolve(told),
    live,
    keychain: outside.keychain,
    tool: 'firebreak/test',
  };
  const app = makeApp(base, null);
  ends.push(async () => {
    await app.close();
  });
  return { outside, app };
};

const never = (): never => {
  throw new Error('the drill ships');
};
export const liveIncident = async ({ app }: Scene) =>
  await app.declare({ runbook: RUNBOOK, title: 'Token in a notebook' });
export const drillIncident = async ({ app }: Scene) => await app.drill(RUNBOOK, { seed: SEED, auto: true });
