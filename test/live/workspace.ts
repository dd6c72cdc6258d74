import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../src/base/canonical.ts';
import { instant } from '../../src/base/instant.ts';
import { connectors } from '../../src/connectors/index.ts';
import { startSimulator } from '../../src/connectors/simulator.ts';
import type { RunningSimulator } from '../../src/connectors/simulator.ts';
import { newHome, packageRoot } from '../rig/app.ts';
import { envOf, ranProgram, type Ran } from '../rig/program.ts';

/**
 * A team's own workspace, live: the built program as a child process, its connectors pointed at servers on this machine that
 * answer as the vendors do. Nothing of the drill machinery is in it.
 */

export const secrets = {
  token: `EAA${'k'.repeat(60)}`,
  app_secret: 'a1'.repeat(16),
  verify_token: 'verify-me-please-17',
  page_token: `EAA${'p'.repeat(60)}`,
  prod: `EAA${'x'.repeat(60)}`,
  legacy: `EAA${'z'.repeat(60)}`,
} as const;

const metaSeed: Json = {
  app_id: '840021',
  app_secret: secrets.app_secret,
  verify_token: secrets.verify_token,
  tokens: [
    { name: 'firebreak-su', token: secrets.token, user_id: '900001' },
    { name: 'page', token: secrets.page_token, user_id: '700001' },
    { name: 'lrh-prod-su', token: secrets.prod, user_id: '900002' },
    { name: 'lrh-legacy-su', token: secrets.legacy, user_id: '900003' },
  ],
  wabas: [{ id: '102290129340398', name: 'LRH WhatsApp', business_id: '550001' }],
  subscribed_apps: [
    {
      waba: '102290129340398',
      app_id: '840021',
      name: 'LRH Chat',
      active: true,
      override_callback_uri: null,
    },
  ],
};

export const startMeta = async (): Promise<RunningSimulator> => {
  const { simulator } = await connectors.meta.load();
  if (simulator === null) throw new Error('meta has a simulator');
  return await startSimulator({
    simulator,
    seed: metaSeed,
    recipe: null,
    now: () => instant(Date.now()),
    persist: () => undefined,
  });
};

export type Workspace = Readonly<{ folder: string; home: string; env: Readonly<Record<string, string>> }>;

/** The example company as a team's own folder, its Meta connector at `metaUrl`; every other secret stays unset. */
export const makeWorkspace = (metaUrl: string): Workspace => {
  const root = newHome();
  const folder = join(root, 'team');
  mkdirSync(folder);
  for (const name of ['inventory.yaml', 'contacts.yaml', 'connectors']) {
    cpSync(join(packageRoot, 'runbooks/_company', name), join(folder, name), { recursive: true });
  }
  const company = readFileSync(join(packageRoot, 'runbooks/_company/firebreak.yaml'), 'utf8');
  writeFileSync(
    join(folder, 'firebreak.yaml'),
    company.replace('    uses: meta\n', `    uses: meta\n    base_url: ${metaUrl}\n`),
  );
  const env = {
    ...envOf(root),
    FIREBREAK_META_TOKEN: secrets.token,
    FIREBREAK_META_APP_SECRET: secrets.app_secret,
    FIREBREAK_META_VERIFY_TOKEN: secrets.verify_token,
    FIREBREAK_META_PAGE_TOKEN: secrets.page_token,
  };
  return { folder, home: join(root, 'data'), env };
};

export const firebreak = async (
  { folder, env }: Workspace,
  args: readonly string[],
  stdin = '',
): Promise<Ran> => await ranProgram({ cwd: folder, env, stdin }, args);
