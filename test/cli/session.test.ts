import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { App } from '../../src/app/contract.ts';
import { Problem } from '../../src/base/problem.ts';
import { fakeApp, fakeIncident } from './fake-app.ts';
import { firebreak, send } from './rig.ts';

let box = '';
beforeEach(() => {
  box = mkdtempSync(join(tmpdir(), 'firebreak-cli-'));
});
afterEach(() => {
  rmSync(box, { recursive: true, force: true });
});

describe('where a person sits', () => {
  test('firebreak alone opens the app, and says on the normal screen how to go on', async () => {
    const { screens, stdout } = await firebreak([], { tty: true });
    expect(screens).toEqual(['home']);
    expect(stdout).toBe('Incident quiet-heron is open.\n');
  });

  test.each([
    ['resume', ['resume'], 'incident'],
    ['drill run', ['drill', 'run', 'leaked-token'], 'drill'],
  ])('%s opens its screen', async (_, argv, screen) => {
    expect((await firebreak(argv, { tty: true })).screens).toEqual([screen]);
  });

  test.each([
    ['--json', ['--json'], {}],
    ['--plain', ['--plain'], {}],
    ['--no-input', ['--no-input'], {}],
    ['a dumb terminal', [], { TERM: 'dumb' }],
  ])('%s gets lines instead', async (_, argv, env) => {
    const { screens, code } = await firebreak(argv, { tty: true, env });
    expect(screens).toEqual([]);
    expect(code).toBe(0);
  });
});

test('the app is closed after a command, and after one that failed', async () => {
  const close = vi.fn<App['close']>(async () => await Promise.resolve());
  await firebreak(['list'], { app: fakeApp({ close }) });
  expect(close).toHaveBeenCalledTimes(1);
  await firebreak(['list'], {
    app: fakeApp({
      close,
      incidents: () => {
        throw new Problem('no-incident');
      },
    }),
  });
  expect(close).toHaveBeenCalledTimes(2);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s leaves the incident in order and ends with %i', async (signal, code) => {
  const close = vi.fn<App['close']>(async () => await Promise.resolve());
  const app = fakeApp({ close, open: async () => await new Promise(() => send(signal)) });
  const exits: number[] = [];
  void firebreak(['next'], { app, exits });
  await vi.waitFor(() => {
    expect(exits).toEqual([code]);
  });
  expect(close).toHaveBeenCalledOnce();
});

test('commands that list no definitions do not wait for them', async () => {
  const wanted = async (argv: readonly string[]) =>
    (await firebreak(argv)).opened.map(({ definitions }) => definitions);
  expect(await wanted(['list', '--json'])).toEqual(['later']);
  expect(await wanted(['note', 'x'])).toEqual(['later']);
  expect(await wanted(['runbook', 'list'])).toEqual(['now']);
});

test('--as, --zone and --incident reach the app', async () => {
  const open = vi.fn<App['open']>(async () => await Promise.resolve(fakeIncident()));
  const { opened } = await firebreak(
    ['next', '--as', 'bea', '--zone', 'Europe/Paris', '--incident', 'inc-9'],
    { app: fakeApp({ open }) },
  );
  expect(opened[0]).toMatchObject({ as: 'bea', zone: 'Europe/Paris' });
  expect(open).toHaveBeenCalledWith('inc-9', { takeOver: false, readOnly: true });
});

test('what nobody foresaw is one sentence, and a private note with secrets masked', async () => {
  const token = `ghp_${'a1B2'.repeat(9)}`;
  const app = fakeApp({
    incidents: () => {
      throw new TypeError(`no method on ${token}`);
    },
  });
  const { code, stderr } = await firebreak(['list'], { app, env: { FIREBREAK_HOME: box } });
  expect(code).toBe(1);
  const [name = ''] = readdirSync(join(box, 'crashes'));
  const path = join(box, 'crashes', name);
  expect(stderr).toContain(path);
  expect(readFileSync(path, 'utf8')).toContain('TypeError');
  expect(stderr + readFileSync(path, 'utf8')).not.toContain(token);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a note says what was masked before it was saved', async () => {
  const incident = fakeIncident({});
  const { stdout, stderr } = await firebreak(['note', 'card', '4111111111111111'], {
    app: fakeApp({ open: async () => await Promise.resolve(incident) }),
  });
  expect(stdout).toBe('NOTED card 411111******1111\n');
  expect(stderr).toContain('masked before saving: 1 card number');
});

test('hostile words of an inventory are shown harmlessly, and JSON keeps its value without them', async () => {
  const title = '\u001B]0;owned\u0007 \u202Etxt';
  const app = fakeApp({
    runbooks: () => [{ id: 'x', title, summary: '', severity: 'low', words: [], steps: 1 }],
  });
  expect((await firebreak(['runbook', 'list'], { app })).stdout).toContain(
    '\\u{1b}]0;owned\\u{7} \\u{202e}txt',
  );
  const { stdout } = await firebreak(['runbook', 'list', '--json'], { app });
  for (const hidden of title.match(/[^ -~]/gu) ?? []) expect(stdout).not.toContain(hidden);
  expect(JSON.parse(stdout)).toMatchObject({ runbooks: [{ title }] });
});

test('init writes four private files, and never over what is there', async () => {
  const first = await firebreak(['init', 'team'], { cwd: box });
  expect(first.code).toBe(0);
  for (const name of ['firebreak.yaml', 'inventory.yaml', 'contacts.yaml', 'obligations.yaml']) {
    expect(statSync(join(box, 'team', name)).mode & 0o777).toBe(0o600);
  }
  const before = readFileSync(join(box, 'team', 'inventory.yaml'), 'utf8');
  rmSync(join(box, 'team', 'contacts.yaml'));
  const { stdout } = await firebreak(['init', 'team'], { cwd: box });
  expect(stdout.match(/^kept/gm)).toHaveLength(3);
  expect(stdout.match(/^wrote/gm)).toHaveLength(1);
  expect(readFileSync(join(box, 'team', 'inventory.yaml'), 'utf8')).toBe(before);
});

test('a pack that nobody known has signed says UNSIGNED, and verifying it ends with 3', async () => {
  const verified = await firebreak(['runbook', 'pack', 'verify', 'acme']);
  expect(verified.code).toBe(3);
  expect(verified.stdout).toContain('acme 1.0.0: UNSIGNED: it has no signature');
  const listed = await firebreak(['runbook', 'pack', 'list', '--json']);
  expect(JSON.parse(listed.stdout)).toMatchObject({
    schema: 'firebreak.pack-list/v1',
    packs: [{ signer: null }],
  });
  const added = await firebreak(['runbook', 'pack', 'add', 'acme']);
  expect(added.code).toBe(0);
  expect(added.stdout).toContain('UNSIGNED');
  const written = await firebreak(['runbook', 'pack', 'write', 'acme', 'acme', '1.0.0']);
  expect(written.stderr).toContain('ssh-keygen -Y sign -n firebreak-pack -f KEY /work/acme/pack.json');
});
