import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { instant, plus } from '../../src/base/instant.ts';
import type { App, OpenIncident, Prepared } from '../../src/app/contract.ts';
import type { LedgerHooks } from '../../src/app/ledger.ts';
import { catalogReader } from '../../src/app/wire.ts';
import { connectors } from '../../src/connectors/index.ts';
import { madeSecret } from '../../src/drill/secrets.ts';
import { startSystems } from '../../src/drill/systems.ts';
import type { Systems } from '../../src/drill/systems.ts';
import type { World } from '../../src/engine/world.ts';
import { systemClock } from '../../src/io/clock.ts';
import type { Clock } from '../../src/io/clock.ts';
import { systemFiles } from '../../src/io/files.ts';
import { walledProcesses } from '../../src/io/process.ts';
import type { Processes } from '../../src/io/process.ts';
import { systemRandom } from '../../src/io/random.ts';
import { drillSecrets } from '../../src/io/secrets.ts';
import { newHome, packageRoot, rigApp } from '../rig/app.ts';

/** A team with a workspace and live incidents, whose vendors happen to be simulators. */

const files = systemFiles();
export const readCatalog = catalogReader(packageRoot, files, () => '2026-11-20');

const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

export const folder = (): string => {
  const made = newHome();
  ends.push(() => {
    rmSync(made, { recursive: true, force: true });
  });
  return made;
};

/** A copy of the example company's files as a team's own. */
export const ownWorkspace = (): string => {
  const made = folder();
  cpSync(join(packageRoot, 'runbooks/_company'), made, { recursive: true });
  return made;
};

export type Company = Readonly<{
  home: string;
  workspace: string;
  world: World;
  systems: Systems;
  /** The value of a made-up secret: `lrh-prod-su` is the leaked token. */
  made: (name: string) => string;
  later: (ms: number) => void;
  /** Sets our own wall clock so many milliseconds ahead of the one that the systems go by. */
  setWrong: (ms: number) => void;
  app: (more?: Readonly<{ hooks?: LedgerHooks; actor?: string }>) => Promise<App>;
}>;

/** `drill`: whose systems they are, as that drill seeds them. */
type CompanyOptions = Readonly<{
  processes?: Processes;
  drill?: string;
  /** Where the mail server of the company answers; without it, nowhere. */
  mail?: () => string;
}>;

export const company = async (more: CompanyOptions = {}): Promise<Company> => {
  const home = folder();
  const workspace = ownWorkspace();
  const catalog = await readCatalog(null);
  const drill = catalog.drills.get(more.drill ?? 'leaked-whatsapp-token')?.value;
  if (drill === undefined) throw new Error('the drill ships');
  const made = madeSecret(3, drill);
  const machine = systemClock();
  let ahead = 0;
  let wrong = 0;
  const outside: Clock = {
    ...machine,
    now: () => instant(plus(machine.now(), ahead)),
    elapsed: () => machine.elapsed() + ahead,
  };
  const clock: Clock = { ...outside, now: () => instant(plus(outside.now(), wrong)) };
  const systems = await startSystems({
    folder: join(home, 'systems'),
    files,
    drill,
    company: catalog.company.value,
    connectors,
    scripts: catalog.simulatorScripts,
    made,
    clock: () => outside,
  });
  ends.push(async () => {
    await systems.close();
  });
  const world: World = {
    drill: false,
    clock,
    random: systemRandom(),
    processes: more.processes ?? walledProcesses(new Set()),
    secrets: drillSecrets(made),
    wall: 'loopback-only',
    baseUrl: (instance) =>
      instance === 'mail-notices' ? (more.mail?.() ?? null) : systems.baseUrl(instance),
  };
  return {
    home,
    workspace,
    world,
    systems,
    made,
    later: (ms) => {
      ahead += ms;
    },
    setWrong: (ms) => {
      wrong = ms;
    },
    app: async (options = {}) => {
      const app = await rigApp({ home, workspace, live: world, ...options });
      ends.push(async () => {
        await app.close();
      });
      return app;
    },
  };
};

/** Declared, the leaked token given, the evidence step done: ready to kill it. */
export const withToken = async (app: App, { made }: Pick<Company, 'made'>): Promise<OpenIncident> => {
  const incident = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token in a notebook' });
  await incident.act({
    do: 'answer',
    step: 'give-token',
    answer: { is: 'secret', credentials: [{ item: 'lrh-prod-su', value: made('lrh-prod-su') }] },
  });
  return incident;
};

export const confirmed = async (incident: OpenIncident, prepared: Prepared) =>
  await incident.run(prepared, { yes: true, typed: prepared.phrase, reason: 'Alone on call' });

/** The state of the fake Meta: what its console would show. */
export const meta = ({ systems }: Pick<Company, 'systems'>) =>
  systems.get('meta-lrh')?.state() as unknown as {
    subscribed_apps: readonly { active: boolean; app_id: string }[];
    tokens: readonly { name: string; valid: boolean }[];
  };
