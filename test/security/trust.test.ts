import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../src/app/contract.ts';
import { makeGuard } from '../../src/app/trust.ts';
import { catalogReader, openApp } from '../../src/app/wire.ts';
import { systemFiles } from '../../src/io/files.ts';
import { listen } from '../../src/io/server.ts';
import type { Ask, Server } from '../../src/io/server.ts';
import { systemKeychain } from '../../src/io/keychain.ts';
import { systemSecrets } from '../../src/io/secrets.ts';
import { folder, ownWorkspace, readCatalog } from '../app/company.ts';
import { packageRoot } from '../rig/app.ts';

/** A folder that lies where somebody stands gets none of their secrets and reaches no address, until they have said so. */

const CANARY = `EAA${'c'.repeat(60)}`;
let asked: Ask[] = [];
let thief: Server;
beforeEach(async () => {
  asked = [];
  thief = await listen((ask) => {
    asked.push(ask);
    return { status: 200, body: '{}' };
  });
});
afterEach(async () => {
  await thief.close();
});

/** A workspace that would send the user's own variable to an address of its choice. */
const planted = (): string => {
  const workspace = ownWorkspace();
  const path = join(workspace, 'firebreak.yaml');
  const text = readFileSync(path, 'utf8').replace(
    '    uses: meta\n',
    `    uses: meta\n    base_url: ${thief.url}\n`,
  );
  writeFileSync(path, text.replace('env: FIREBREAK_META_TOKEN', 'env: ANY_TOKEN'));
  return workspace;
};

const open = async (home: string, cwd: string): Promise<App> =>
  await openApp({
    packageRoot,
    env: { FIREBREAK_HOME: home, ANY_TOKEN: CANARY, FIREBREAK_META_TOKEN: CANARY, PATH: process.env['PATH'] },
    cwd,
    as: 'ada',
    zone: null,
    definitions: 'now',
  });

const declared = async (home: string, cwd: string): Promise<string> => {
  const app = await open(home, cwd);
  const { id } = await app.declare({ runbook: 'leaked-whatsapp-token', title: 'Token' });
  await app.close();
  return id;
};

/** What a step says of its targets: where the way is shut, why. */
const looked = async (home: string, cwd: string, id: string): Promise<string> => {
  const app = await open(home, cwd);
  const incident = await app.open(id);
  const prepared = await incident.prepare('stop-webhooks');
  await app.close();
  return JSON.stringify(prepared);
};

describe('of a workspace that nobody has trusted', () => {
  test('no variable of the user reaches the address that it names, by doctor, by plan or by an incident', async () => {
    const home = folder();
    const workspace = planted();
    const app = await open(home, workspace);
    const findings = await app.doctor();
    const systems = findings.filter(({ what }) => what.startsWith('connector '));
    expect(systems.length).toBeGreaterThan(3);
    for (const { fix } of systems) expect(fix).toContain('firebreak trust');
    await app.plan('leaked-whatsapp-token');
    await app.close();
    const id = await declared(home, workspace);
    expect(await looked(home, workspace, id)).toContain('nobody has trusted');
    expect(asked).toEqual([]);
  });

  test('an incident that was declared in it reaches nothing from another folder either', async () => {
    const home = folder();
    const id = await declared(home, planted());
    expect(await looked(home, folder(), id)).toContain('nobody has trusted');
    expect(asked).toEqual([]);
  });

  test('nothing is reached after it was trusted and then changed, a recipe behind a link included', async () => {
    const home = folder();
    const workspace = planted();
    const recipe = join(workspace, 'connectors/kestrel.yaml');
    const elsewhere = join(folder(), 'kestrel.yaml');
    renameSync(recipe, elsewhere);
    symlinkSync(elsewhere, recipe);
    const app = await open(home, workspace);
    await app.trust();
    await app.close();
    writeFileSync(elsewhere, `${readFileSync(elsewhere, 'utf8')}\n# changed\n`);
    const id = await declared(home, workspace);
    expect(await looked(home, workspace, id)).toContain('nobody has trusted');
    expect(asked).toEqual([]);
  });
});

describe('once a person has trusted it', () => {
  test('an incident that was declared before reaches its systems, from any folder, and still after the files have changed', async () => {
    const home = folder();
    const workspace = planted();
    const id = await declared(home, workspace);
    const app = await open(home, workspace);
    await app.trust();
    await app.close();
    expect(await looked(home, workspace, id)).not.toContain('nobody has trusted');
    expect(JSON.stringify(asked)).toContain(CANARY);
    writeFileSync(
      join(workspace, 'firebreak.yaml'),
      readFileSync(join(workspace, 'firebreak.yaml'), 'utf8').replace('meta', 'meta '),
    );
    expect(await looked(home, folder(), id)).not.toContain('nobody has trusted');
  });

  test('a list of trusted folders that somebody has spoiled trusts nothing and stops nothing', async () => {
    const home = folder();
    const workspace = planted();
    const app = await open(home, workspace);
    await app.trust();
    await app.close();
    for (const text of ['', '[]', 'null', '{"workspaces":7,"definitions":{"length":1}}']) {
      writeFileSync(join(home, 'trust.json'), text);
      const id = await declared(home, workspace);
      expect(await looked(home, workspace, id)).toContain('nobody has trusted');
    }
    rmSync(join(home, 'trust.json'));
    expect(asked).toEqual([]);
  });
});

test('definitions that were not read from the texts that a person trusted are not taken for them', async () => {
  const home = folder();
  const workspace = planted();
  const app = await open(home, workspace);
  await app.trust();
  await app.close();
  const path = join(workspace, 'firebreak.yaml');
  const good = readFileSync(path, 'utf8');
  const catalog = await readCatalog(workspace);
  const guard = makeGuard({ files: systemFiles(), home, workspace, readAgain: () => Promise.resolve() });
  // Between two readings somebody changed the file and changed it back.
  writeFileSync(path, good.replace(thief.url, 'https://other.example'));
  const swapped = await catalogReader(packageRoot, systemFiles(), () => '2026-11-20')(workspace);
  writeFileSync(path, good);
  await guard.learn(swapped);
  expect(await guard.allows({ company: swapped.company.value, recipes: swapped.recipes })).toBe(false);
  await guard.learn(catalog);
  expect(await guard.allows({ company: catalog.company.value, recipes: catalog.recipes })).toBe(true);
});

test('a recipe with a number that no journal could hold stops nothing but itself', async () => {
  const home = folder();
  const workspace = planted();
  writeFileSync(join(workspace, 'connectors/odd.yaml'), 'title: Odd\nratio: 0.5\nhuge: .inf\n');
  const app = await open(home, workspace);
  await app.trust();
  await app.close();
  const id = await declared(home, workspace);
  expect(await looked(home, workspace, id)).not.toContain('nobody has trusted');
});

test('a connector whose kind is a word that every object knows is not one', async () => {
  const home = folder();
  const workspace = ownWorkspace();
  const path = join(workspace, 'firebreak.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('uses: meta\n', 'uses: constructor\n'));
  const app = await open(home, workspace);
  await app.trust();
  const findings = await app.doctor();
  expect(findings.some(({ detail }) => detail.includes('constructor'))).toBe(true);
  await app.close();
});

test('a secret in a pipe, in a device or in something huge is named as missing and never waited for', async () => {
  const secrets = systemSecrets({}, systemKeychain());
  const pipe = join(folder(), 'pipe');
  execFileSync('mkfifo', ['-m', '600', pipe]);
  const huge = join(folder(), 'huge');
  writeFileSync(huge, 'x'.repeat(1024 * 1024), { mode: 0o600 });
  for (const file of [pipe, '/dev/zero', huge]) {
    await expect(secrets.resolve({ file }, 'meta.token')).rejects.toMatchObject({ code: 'missing-secret' });
  }
});

test('a token is not sent to a vendor in the clear', async () => {
  const home = folder();
  const workspace = planted();
  const path = join(workspace, 'firebreak.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace(thief.url, 'http://graph.example'));
  const app = await open(home, workspace);
  await app.trust();
  const findings = await app.doctor();
  expect(findings.find(({ what }) => what === 'connector meta-lrh')).toMatchObject({
    state: 'broken',
    detail: 'the address of meta-lrh is http: its token could be read on the way',
  });
  await app.close();
});
