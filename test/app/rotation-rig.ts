import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { App, OpenIncident, RunLine } from '../../src/app/contract.ts';
import type { LedgerHooks } from '../../src/app/ledger.ts';
import { startSimulator } from '../../src/connectors/simulator.ts';
import type { RunningSimulator } from '../../src/connectors/simulator.ts';
import { twilioSimulator } from '../../src/connectors/twilio/simulator.ts';
import { MAIN, worldSchema } from '../../src/connectors/twilio/world.ts';
import type { World as Twilio } from '../../src/connectors/twilio/world.ts';
import type { World } from '../../src/engine/world.ts';
import { systemFiles } from '../../src/io/files.ts';
import { systemHttp } from '../../src/io/http.ts';
import { systemPlaces } from '../../src/io/places.ts';
import type { Places } from '../../src/io/places.ts';
import { walledProcesses } from '../../src/io/process.ts';
import { systemRandom } from '../../src/io/random.ts';
import { listen } from '../../src/io/server.ts';
import { drillSecrets } from '../../src/io/secrets.ts';
import { fastClock } from '../rig/fast-clock.ts';
import type { FastClock } from '../rig/fast-clock.ts';
import { newHome, rigApp } from '../rig/app.ts';
import { readCatalog } from './company.ts';

/** A team whose order service uses a Twilio key out of a file: the vendor is a simulator, the service a real server beside it. */

const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const sid = (last: number): string => `SK${String(last).padStart(32, '0')}`;
export const OLD = 'sim-old-key-secret';
const OWN = 'sim-own-key-secret';

const company = (service: string, file: string, more: string): string => `
organisation: { name: Small Shop, country: IE, zone: UTC, acts_as: controller, takes_cards: false }
connectors:
  twilio-main:
    uses: twilio
    config: { account: ${MAIN}, key: ${sid(1)} }
    secrets: { password: { env: TWILIO_PASSWORD } }
places:
  orders:
    title: Key of the order service
    put: { file: ${file} }
    check: { url: '${service}/health' }
    minutes: 5
${more}`;

const inventory = (row: string): string => `
channels: []
integrations: []
credentials:
  - id: orders-key
    title: Twilio key of the order service
    kind: API key
    opens: []
    connector: twilio-main
    params: { key: ${sid(2)} }
    stops: order updates by SMS
    owner: Platform
    revoke: twilio.delete-key
${row}
`;

const READY = '    make: twilio.make-key\n    place: orders';

export type Shop = Readonly<{
  home: string;
  workspace: string;
  vendor: RunningSimulator;
  clock: FastClock;
  /** The file that the service reads. */
  file: string;
  /** What the service uses now. */
  used: () => string;
  /** A service that is broken does not come up with any key. */
  service: { broken: boolean };
  twilio: () => Twilio;
  app: (hooks?: LedgerHooks) => Promise<App>;
}>;

export const shop = async (
  more: Readonly<{ row?: string; company?: string; places?: (real: Places) => Places }> = {},
): Promise<Shop> => {
  const home = newHome();
  const workspace = newHome();
  ends.push(() => {
    for (const one of [home, workspace]) rmSync(one, { recursive: true, force: true });
  });
  const clock = fastClock();
  const vendor = await startSimulator({
    simulator: twilioSimulator,
    seed: {
      keys: [
        { sid: sid(1), secret: OWN },
        { sid: sid(2), secret: OLD, friendly_name: 'orders' },
      ],
    },
    recipe: null,
    now: () => clock.now(),
    persist: () => undefined,
  });
  ends.push(async () => {
    await vendor.close();
  });
  const file = join(workspace, 'orders.key');
  writeFileSync(file, `${sid(2)}:${OLD}`, { mode: 0o600 });
  const service = { broken: false };
  const used = (): string => readFileSync(file, 'utf8');
  const server = await listen(async () => {
    const authorization = `Basic ${Buffer.from(used()).toString('base64')}`;
    const path = `/2010-04-01/Accounts/${MAIN}/IncomingPhoneNumbers.json`;
    const { ok } = await fetch(vendor.url + path, { headers: { authorization } });
    return { status: ok && !service.broken ? 200 : 503, body: '' };
  });
  ends.push(async () => {
    await server.close();
  });
  writeFileSync(join(workspace, 'firebreak.yaml'), company(server.url, file, more.company ?? ''));
  writeFileSync(join(workspace, 'inventory.yaml'), inventory(more.row ?? READY));
  writeFileSync(join(workspace, 'contacts.yaml'), 'contacts: []\n');
  const secrets = drillSecrets(() => OWN);
  const http = systemHttp({ clock, wall: 'loopback-only', secrets: () => secrets.known() });
  const keychain = {
    read: async () => await Promise.reject(new Error('no keychain here')),
    write: async () => await Promise.reject(new Error('no keychain here')),
    remove: async () => await Promise.reject(new Error('no keychain here')),
  };
  const processes = walledProcesses(new Set([process.execPath]));
  const real = systemPlaces({ files: systemFiles(), processes, keychain, http });
  const world: World = {
    drill: false,
    clock,
    random: systemRandom(),
    processes,
    secrets,
    places: more.places?.(real) ?? real,
    wall: 'loopback-only',
    baseUrl: () => vendor.url,
  };
  return {
    home,
    workspace,
    vendor,
    clock,
    file,
    used,
    service,
    twilio: () => worldSchema.parse(vendor.state()),
    app: async (hooks) => {
      const app = await rigApp({
        home,
        workspace,
        live: world,
        readCatalog,
        ...(hooks === undefined ? {} : { hooks }),
      });
      ends.push(async () => {
        await app.close();
      });
      return app;
    },
  };
};

/** The keys beside the tool's own. */
export const keysOf = (one: Shop): readonly string[] =>
  one
    .twilio()
    .keys.slice(1)
    .map((key) => `${key.sid}:${key.secret}`);

export const oldLives = (one: Shop): boolean => keysOf(one).some((key) => key.endsWith(OLD));

/** Agreed to as asked for, and run. */
export const rotated = async (
  incident: OpenIncident,
  given: Parameters<OpenIncident['rotate']>[2] = {},
  heard?: (line: RunLine) => void,
) => {
  const plan = await incident.prepareRotation('orders-key', null);
  return await incident.rotate(plan, { typed: plan.kill.phrase }, given, heard);
};
