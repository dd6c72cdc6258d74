import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OpenDrill } from '../../src/app/contract.ts';
import { makeApp } from '../../src/app/app.ts';
import type { Base } from '../../src/app/base.ts';
import { paths } from '../../src/app/base.ts';
import { connectors } from '../../src/connectors/index.ts';
import type { Connector, Outside } from '../../src/connectors/connector.ts';
import type { World } from '../../src/engine/world.ts';
import { systemClock } from '../../src/io/clock.ts';
import { systemFiles } from '../../src/io/files.ts';
import { systemHttp } from '../../src/io/http.ts';
import { systemRandom } from '../../src/io/random.ts';
import { drillSecrets } from '../../src/io/secrets.ts';
import { fontFolder, systemTypesetter } from '../../src/io/typeset.ts';
import { folder, readCatalog } from '../app/company.ts';
import { packageRoot } from '../rig/app.ts';

/** A drill can reach nothing that is real: not by accident, and not by a connector that tries. */

type Spied = Readonly<{ base: Base; touched: readonly string[]; outsides: readonly Outside[] }>;

/** A live world whose every part tells that it was touched, and connectors that show which outside they were handed. */
/** What no eye reads as it lies in the file. */
const PACKED = /\.(?:pdf|docx)$/;

const spied = (home: string): Spied => {
  const touched: string[] = [];
  const outsides: Outside[] = [];
  const made = drillSecrets(() => 'a live secret');
  const live: World = {
    drill: false,
    clock: systemClock(),
    random: systemRandom(),
    get processes() {
      touched.push('processes');
      return { run: () => Promise.reject(new Error('a live program was started')) };
    },
    get secrets() {
      touched.push('secrets');
      return made;
    },
    wall: 'open',
    baseUrl: (instance) => {
      touched.push(`address of ${instance}`);
      return 'https://live.example';
    },
  };
  const watching = Object.fromEntries(
    Object.entries(connectors).map(([name, entry]) => [
      name,
      {
        ...entry,
        load: async (): Promise<Connector> => {
          const connector = await entry.load();
          const bind = connector.bind?.bind(connector);
          const watched = (actions: Connector['actions']): Connector['actions'] =>
            Object.fromEntries(
              Object.entries(actions).map(([id, action]) => [
                id,
                {
                  ...action,
                  run: async (input, outside) => (outsides.push(outside), await action.run(input, outside)),
                } satisfies typeof action,
              ]),
            );
          return {
            ...connector,
            actions: watched(connector.actions),
            ...(bind === undefined ? {} : { bind: (recipe) => watched(bind(recipe)) }),
          };
        },
      },
    ]),
  );
  const files = systemFiles();
  for (const made of [home, paths(home).incidents, paths(home).drills]) files.privateDir(made);
  const base: Base = {
    packageRoot,
    home,
    workspace: null,
    actor: 'ada',
    zone: null,
    files,
    clock: systemClock(),
    random: systemRandom(),
    connectors: watching as Base['connectors'],
    readCatalog,
    live,
    typesetter: () => systemTypesetter(fontFolder(packageRoot)),
    tool: 'firebreak/test',
  };
  return { base, touched, outsides };
};

const played = async (runbook: string, seed: number, base: Base): Promise<OpenDrill> => {
  const app = makeApp(base, null);
  const drill = await app.drill(runbook, { seed, auto: true });
  await drill.auto(() => undefined);
  return drill;
};

describe('in a drill', () => {
  test('no live secret, program or address is touched, and no variable or file that a secret is kept in is read', async () => {
    const home = folder();
    const canary = join(home, 'canary');
    writeFileSync(canary, 'live-canary-value', { mode: 0o600 });
    const names = ['FIREBREAK_META_TOKEN', 'FIREBREAK_PARLO_TOKEN', 'FIREBREAK_META_APP_SECRET'];
    for (const name of names) process.env[name] = 'live-canary-value';
    try {
      const { base, touched, outsides } = spied(home);
      const drill = await played('leaked-whatsapp-token', 5, base);
      expect(touched).toEqual([]);
      expect(outsides.length).toBeGreaterThan(5);
      for (const outside of outsides) expect(outside.baseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      const [one] = outsides;
      await expect(one?.http.fetch('https://graph.facebook.com/v25.0/me')).rejects.toThrow(
        /wall: host=graph.facebook.com/,
      );
      await expect(one?.http.fetch('http://169.254.169.254/latest/meta-data')).rejects.toThrow(/wall/);
      expect(await one?.processes.run({ file: process.execPath, args: ['--version'] })).toMatchObject({
        started: false,
        stderr: 'a drill runs only its own simulators',
      });
      for (const name of ['token', 'app_secret'])
        expect((await one?.secret(name))?.use()).not.toContain('canary');
      await drill.leave();
      for (const file of readdirSync(home, { recursive: true, encoding: 'utf8' })) {
        const path = join(home, file);
        if (path !== canary && statSync(path).isFile())
          expect(readFileSync(path).includes('live-canary-value'), `in ${file}`).toBe(false);
      }
    } finally {
      for (const name of names) Reflect.deleteProperty(process.env, name);
    }
  });

  test('evidence comes from loopback only, and no program of the machine is started for it', async () => {
    const { base } = spied(folder());
    const drill = await makeApp(base, null).drill('unknown-chat-breach', { seed: 5, auto: true });
    await expect(
      drill.addEvidence({ from: 'url', url: 'https://example.com/' }, { note: '' }),
    ).rejects.toThrow(/wall: host=example.com/);
    await expect(
      drill.addEvidence({ from: 'command', argv: [process.execPath, '--version'] }, { note: '' }),
    ).rejects.toThrow(/a drill runs only its own simulators/);
    await drill.leave();
  });

  test.each([
    'http://localhost.example.com/',
    'http://127.0.0.1.example.com/',
    'http://127.1.example/',
    'http://user@example.com/',
    'http://[::ffff:8.8.8.8]/',
    'http://0.0.0.0/',
  ])('%s is no loopback', async (url) => {
    const http = systemHttp({ clock: systemClock(), wall: 'loopback-only', secrets: () => [] });
    await expect(http.fetch(url)).rejects.toThrow(/wall|usage|invalid/i);
  });

  test('its journal, its keys and its exports lie apart, and every one of them says DRILL', async () => {
    const home = folder();
    const { base } = spied(home);
    const drill = await played('unknown-chat-breach', 5, base);
    const app = makeApp(base, null);
    expect(drill.id).toMatch(/^drill-/);
    expect(drill.view().state.drill).toBe(true);
    for (const { id } of app.formats()) {
      const written = await drill.export(id, null);
      expect(written, id).not.toEqual([]);
      for (const path of written) {
        expect(path.startsWith(join(home, 'drills', drill.id, 'exports', 'DRILL-')), `at ${path}`).toBe(true);
        // Pages and Word files are packed; that they say so is looked at where they are made.
        if (!PACKED.test(path)) expect(readFileSync(path, 'utf8')).toMatch(/drill/i);
      }
    }
    const letter = await drill.letter((await base.readCatalog(null)).letters.keys().next().value ?? '');
    expect(letter.markdown).toContain('DRILL');
    expect(app.incidents().map(({ id, drill: is }) => [id, is])).toEqual([[drill.id, true]]);
    expect(readdirSync(join(home, 'incidents'))).toEqual([]);
    expect(readdirSync(join(home, 'drills', drill.id)).toSorted()).toEqual(
      expect.arrayContaining(['keys', 'systems', 'exports', 'journal.sqlite']),
    );
    await drill.leave();
  });

  test('a world without any live part plays it as well, and refuses whatever would be live', async () => {
    const { base } = spied(folder());
    const app = makeApp({ ...base, live: null }, null);
    const drill = await app.drill('leaked-whatsapp-token', { seed: 5, auto: true });
    await expect(app.declare({ runbook: 'leaked-whatsapp-token', title: 'x' })).rejects.toThrow(
      /wall: host=every live system/,
    );
    await expect(app.contain('wa-webhooks', 'pause')).rejects.toThrow(/wall/);
    expect(drill.view().state.drill).toBe(true);
    await drill.leave();
  });

  test('the code that builds its world has no way to the live one', () => {
    const source = ['drills.ts', 'drill-door.ts', 'drill-setting.ts', 'own-drill.ts', 'drill-place.ts']
      .map((name) => readFileSync(join(packageRoot, 'src/app', name), 'utf8'))
      .join('\n');
    expect(source).not.toMatch(/\blive\b(?! system| secret)/);
    expect(source).not.toMatch(/systemSecrets|systemProcesses|systemKeychain|wire\.ts|liveOf/);
    const rooms = readdirSync(join(packageRoot, 'src/drill'), { recursive: true, encoding: 'utf8' });
    for (const name of rooms.filter((one) => one.endsWith('.ts'))) {
      expect(readFileSync(join(packageRoot, 'src/drill', name), 'utf8'), `in ${name}`).not.toMatch(
        /systemSecrets|systemProcesses|systemKeychain|process\.env|\.live\b/,
      );
    }
  });
});

test('the same seed plays the same drill: the same events at the same steps in the same order', async () => {
  const story = async (seed: number) => {
    const { base } = spied(folder());
    const drill = await played('malicious-instagram-integration', seed, base);
    const state = drill.view().state;
    const rows = drill.timeline().map(({ kind, step, occurredAt }) => [kind, step, occurredAt]);
    await drill.leave();
    return {
      rows,
      acts: [...state.acts.values()].map(({ target, action, result, proof, provedAt }) => [
        target,
        action,
        result,
        proof,
        provedAt,
      ]),
      facts: [...state.facts].map(([id, { value, at }]) => [id, value, at]),
    };
  };
  const first = await story(5);
  expect(first.rows.length).toBeGreaterThan(60);
  expect(await story(5)).toEqual(first);
});
