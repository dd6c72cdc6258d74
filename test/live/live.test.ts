import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningSimulator } from '../../src/connectors/simulator.ts';
import { firebreak, makeWorkspace, secrets, startMeta } from './workspace.ts';
import type { Ran } from '../rig/program.ts';
import type { Workspace } from './workspace.ts';

/** One live incident by the command line alone, as a responder without a screen would work it; each test goes on where the last ended. */

let meta: RunningSimulator;
let workspace: Workspace;
const run = async (args: readonly string[], stdin?: string): Promise<Ran> =>
  await firebreak(workspace, args, stdin);
const said: string[] = [];
const ran = async (args: readonly string[], code: number, stdin?: string): Promise<Ran> => {
  const one = await run(args, stdin);
  said.push(one.stdout, one.stderr);
  expect(one.code, `${args.join(' ')}\n${one.stdout}\n${one.stderr}`).toBe(code);
  return one;
};

type State = Readonly<{
  tokens: readonly Readonly<{ name: string; valid: boolean }>[];
  subscribed_apps: readonly Readonly<{ active: boolean }>[];
}>;
const state = (): State => meta.state() as unknown as State;
const alive = (name: string): boolean | undefined =>
  state().tokens.find((token) => token.name === name)?.valid;

beforeAll(async () => {
  meta = await startMeta();
  workspace = makeWorkspace(meta.url);
});
afterAll(async () => {
  await meta.close();
  rmSync(dirname(workspace.home), { recursive: true, force: true });
});

test('nothing is reached before a person has trusted the folder', async () => {
  const { stdout } = await run(['doctor']);
  expect(stdout).toContain('nobody has trusted the workspace');
  await ran(['trust'], 0);
});

test('an incident is declared with a title alone, and its clocks run provisionally', async () => {
  await ran(['declare', 'leaked-whatsapp-token', '--title', 'Token in a public notebook'], 0);
  const { stdout } = await ran(['clocks', '--json'], 0);
  const { clocks } = JSON.parse(stdout) as { clocks: readonly { duty: string; standing: string }[] };
  expect(clocks.find((clock) => clock.duty === 'gdpr.33-1')?.standing).toBe('provisional');
});

test('the leaked token is taken from standard input and shown nowhere', async () => {
  await ran(['done', 'record-report', '--answer', 'Scanner mail: live token in a notebook'], 0);
  await ran(['done', 'record-earliest', '--answer', '-20m'], 0);
  const given = await ran(['done', 'give-token', '--secrets-stdin'], 0, `lrh-prod-su=${secrets.prod}\n`);
  const status = await ran(['status', '--json'], 0);
  for (const { stdout, stderr } of [given, status]) expect(stdout + stderr).not.toContain(secrets.prod);
});

test('a kill without consent ends with 7 and sends nothing', async () => {
  await ran(['done', 'copy-token-record', 'Screenshot kept'], 0);
  const { stderr } = await ran(['run', 'revoke-token', '--yes'], 7);
  expect(stderr).toContain('--confirm');
  expect(alive('lrh-prod-su')).toBe(true);
});

test('the token is killed, and the system itself confirms it', async () => {
  const { stdout } = await ran(['run', 'revoke-token', '--confirm', 'lrh-prod-su'], 0);
  expect(stdout).toMatch(/proved/i);
  expect(alive('lrh-prod-su')).toBe(false);
  expect(alive('firebreak-su')).toBe(true);
});

test('webhooks are stopped, restored exactly, and stopped again', async () => {
  await ran(['run', 'stop-webhooks', '--yes'], 0);
  expect(state().subscribed_apps[0]?.active).toBe(false);
  await ran(['undo', 'stop-webhooks', '--yes'], 0);
  expect(state().subscribed_apps[0]?.active).toBe(true);
  await ran(['run', 'stop-webhooks', '--yes'], 0);
  expect(state().subscribed_apps[0]?.active).toBe(false);
});

test('somebody turning it back on is caught by asking again', async () => {
  meta.change(
    (before) =>
      ({
        ...(before as object),
        subscribed_apps: state().subscribed_apps.map((app) => ({ ...app, active: true })),
      }) as never,
  );
  const { stdout } = await run(['status', '--recheck']);
  said.push(stdout);
  expect(stdout).toMatch(/still answers|refuted|REFUTED/);
  // Another hand has done what the undo would do: nothing is sent, and the step is open again.
  const undone = await ran(['undo', 'stop-webhooks', '--yes'], 0);
  expect(undone.stdout).toContain('as it was before');
  await ran(['run', 'stop-webhooks', '--yes'], 0);
  expect(state().subscribed_apps[0]?.active).toBe(false);
});

test('a step whose secret is missing is shown by hand, with the name of the secret', async () => {
  const { stdout, stderr } = await run(['run', 'narrow-readers', '--yes']);
  said.push(stdout, stderr);
  expect(stdout + stderr).toContain('FIREBREAK_PARLO_TOKEN');
  await ran(['done', 'narrow-readers', 'Role setting changed in the Parlo console by T.'], 0);
});

test('a pause outside the runbook is looked at, proved, taken back and made again', async () => {
  await ran(['undo', 'stop-webhooks', '--yes'], 0);
  await ran(['pause', 'wa-webhooks', '--dry-run'], 0);
  expect(state().subscribed_apps[0]?.active).toBe(true);
  const { stdout } = await ran(['pause', 'wa-webhooks', '--yes'], 0);
  expect(stdout).toMatch(/proved/i);
  expect(state().subscribed_apps[0]?.active).toBe(false);
  await ran(['undo', 'wa-webhooks', '--yes'], 0);
  expect(state().subscribed_apps[0]?.active).toBe(true);
  await ran(['pause', 'wa-webhooks', '--yes'], 0);
  expect(state().subscribed_apps[0]?.active).toBe(false);
});

test('the brief is written, and nothing that was printed or stored holds a secret', async () => {
  const out = join(workspace.folder, 'brief.md');
  await ran(['export', '--format', 'brief', '--out', out], 0);
  expect(statSync(out).mode & 0o777).toBe(0o600);
  const { stdout } = await ran(['list', '--json'], 0);
  const id = (JSON.parse(stdout) as { incidents: readonly { id: string }[] }).incidents[0]?.id ?? '';
  const folder = join(workspace.home, 'incidents', id);
  const stored = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'));
  for (const secret of Object.values(secrets)) {
    for (const form of [
      secret,
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      Buffer.from(secret).toString('hex'),
    ]) {
      for (const text of [...said, ...stored, readFileSync(out, 'utf8')])
        expect(text.includes(form)).toBe(false);
    }
  }
});

test('verify passes, and fails with 9 after one byte of the database is changed', async () => {
  const { stdout } = await ran(['list', '--json'], 0);
  const id = (JSON.parse(stdout) as { incidents: readonly { id: string }[] }).incidents[0]?.id ?? '';
  await ran(['verify', id], 0);
  const db = new Database(join(workspace.home, 'incidents', id, 'journal.sqlite'));
  const triggers = db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all() as {
    name: string;
  }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER "${name}"`);
  const row = db.prepare('SELECT n, leaf FROM entry WHERE n = 12').get() as { n: number; leaf: Buffer };
  const changed = Buffer.from(row.leaf);
  changed[40] = (changed[40] ?? 0) ^ 1;
  db.prepare('UPDATE entry SET leaf = ? WHERE n = ?').run(changed, row.n);
  db.close();
  const { stdout: told, stderr } = await run(['verify', id]);
  expect((await run(['verify', id])).code, told + stderr).toBe(9);
  expect(told + stderr).toContain('#12');
});
