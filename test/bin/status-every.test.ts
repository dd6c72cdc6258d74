import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { instant } from '../../src/base/instant.ts';
import { connectors } from '../../src/connectors/index.ts';
import { startSimulator, type RunningSimulator } from '../../src/connectors/simulator.ts';
import { newHome, packageRoot } from '../rig/app.ts';
import { changedProgram } from '../rig/changed-program.ts';
import { envOf, ranProgram, type Ran } from '../rig/program.ts';

// `status --every` as a process: it goes on telling, survives a place that goes away, and ends when it is asked to.

/** The program with minutes of a third of a second, and nothing else about it. */
const HURRIED = {
  'src/cli/commands/status-every.ts': [
    ["(unit === 'h' ? HOUR : MINUTE)", "(unit === 'h' ? HOUR : 300)"],
    ['ms < MINUTE', 'ms < 300'],
  ],
  'src/app/bulletins.ts': [['minutes * MINUTE', 'minutes * 60']],
  'src/model/limits.ts': [['bulletinLookMs: 10_000', 'bulletinLookMs: 100']],
} as const;

const TOKEN = 'xoxb-simulated-slack';
const SLOW = 240_000;
const PATIENCE = { timeout: 60_000, interval: 20 } as const;
/** One line of ours, whole, and nothing else. */
const WHOLE =
  /^firebreak: one line an incident\. [^\n]*\n[a-z]+-[a-z]+, [^\n]*(?:Next line by \d\d:\d\d|No line follows)\.\n$/;

let program = '';
let slack: RunningSimulator;
let home = '';
let share = '';
const file = (): string => join(share, 'managers.txt');

const startSlack = async (): Promise<RunningSimulator> => {
  const { simulator } = await connectors.slack.load();
  if (simulator === null) throw new Error('Slack has a simulator');
  const channels = [{ id: 'C0000000099', name: 'managers', members: ['U0FIREBREAK'] }];
  const seed = { tokens: [{ token: TOKEN }], channels };
  const rest = { recipe: null, now: () => instant(Date.now()), persist: () => undefined };
  return await startSimulator({ simulator, seed, ...rest });
};

const run = async (...args: readonly string[]): Promise<Ran> => {
  const ran = await ranProgram({ cwd: home, env: envOf(home) }, args);
  expect(ran, ran.stderr).toMatchObject({ code: 0 });
  return ran;
};

beforeAll(async () => {
  [program, slack] = await Promise.all([changedProgram(HURRIED), startSlack()]);
}, SLOW);
afterAll(async () => {
  await slack.close();
  rmSync(program, { recursive: true, force: true });
});

/** Ends what a test that failed has left running. */
const running = new Set<() => void>();
afterEach(() => {
  for (const end of running) end();
  running.clear();
  rmSync(home, { recursive: true, force: true });
});

/** A home with one open incident, and a folder that managers can read. */
const declared = async (): Promise<void> => {
  home = newHome();
  share = join(home, 'share');
  mkdirSync(share);
  await run('declare', 'leaked-whatsapp-token', '--title', 'Odd mail');
};

/** The same of a team whose managers have a channel. */
const declaredWithChannel = async (): Promise<void> => {
  home = newHome();
  const from = join(packageRoot, 'runbooks/_company');
  for (const name of ['inventory.yaml', 'contacts.yaml', 'connectors'])
    cpSync(join(from, name), join(home, name), { recursive: true });
  const ours = `    uses: slack\n    base_url: ${slack.url}\n    secrets:\n      token: { env: SLACK_TOKEN }\n`;
  const text = readFileSync(join(from, 'firebreak.yaml'), 'utf8').replace(
    / {4}uses: slack\n {4}title: .*\n {4}secrets:\n {6}token: .*\n/,
    ours,
  );
  expect(text).toContain(slack.url);
  const bulletin = 'bulletin: { every_minutes: 5, slack: { connector: slack-lrh, channel: "#managers" } }';
  writeFileSync(join(home, 'firebreak.yaml'), `${text}\n${bulletin}\n`);
  await run('trust');
  await run('declare', 'leaked-whatsapp-token', '--title', 'Odd mail');
};

const begin = (...args: readonly string[]) => {
  const child = spawn(process.execPath, [join(program, 'bin/firebreak.js'), 'status', '--every', ...args], {
    cwd: home,
    env: { ...envOf(home), SLACK_TOKEN: TOKEN },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (bytes: Buffer) => void (said.stdout += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => void (said.stderr += bytes.toString()));
  running.add(() => child.kill('SIGKILL'));
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  return {
    child,
    said,
    ended,
    lines: (): number => said.stdout.split('\n').length - 1,
    times: (words: string): number => said.stderr.split(words).length - 1,
  };
};

test.each([
  ['SIGINT', 0],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)(
  'it tells again and again until %s, whose code is %i; whoever reads the file finds a whole line each time',
  { timeout: SLOW },
  async (signal, code) => {
    await declared();
    for (const after of [0, 70, 140, 210]) {
      const one = begin('1m', '--to', file());
      await expect.poll(one.lines, PATIENCE).toBeGreaterThan(2);
      const inodes = new Set<number>();
      const began = one.lines();
      while (one.lines() < began + 3) {
        expect(readFileSync(file(), 'utf8')).toMatch(WHOLE);
        inodes.add(statSync(file()).ino);
        await pause(1);
      }
      // It was replaced while it was read, and never written over.
      expect(inodes.size).toBeGreaterThan(1);
      await pause(after);
      one.child.kill(signal);
      expect(await one.ended).toEqual([code, null]);
      expect(readFileSync(file(), 'utf8')).toMatch(WHOLE);
      expect(statSync(file()).mode & 0o777).toBe(0o600);
      expect(readdirSync(share)).toEqual(['managers.txt']);
      expect(one.said.stderr.replace(/Stopping after what is under way.*\n/, '')).toBe('');
    }
    const [incident = ''] = readdirSync(join(home, 'data/incidents'));
    await run('verify', incident);
  },
);

test(
  'a place that goes away is said once, and gets the line again once it is back',
  { timeout: SLOW },
  async () => {
    await declared();
    // A line a day: what brings it back is not that another one is due.
    const one = begin('24h', '--to', file());
    const often = begin('1m', '--to', file());
    await expect.poll(() => one.lines() * often.lines(), PATIENCE).toBeGreaterThan(0);
    const away = `${share}-away`;
    renameSync(share, away);
    const LOST = `The line does not get into ${file()}: there is no ${share}: is it mounted?`;
    await expect.poll(() => often.times(LOST), PATIENCE).toBe(1);
    const before = often.lines();
    await expect.poll(often.lines, PATIENCE).toBeGreaterThan(before + 3);
    expect(often.times(LOST)).toBe(1);
    renameSync(away, share);
    const BACK = `The line gets into ${file()} again.`;
    await expect.poll(() => often.times(BACK), PATIENCE).toBe(1);
    rmSync(file());
    await expect.poll(() => readdirSync(share), PATIENCE).toEqual(['managers.txt']);
    expect(readFileSync(file(), 'utf8')).toMatch(WHOLE);
    expect([often.times(LOST), often.times(BACK)]).toEqual([1, 1]);
    expect(one.said.stderr).toBe('');
  },
);

test(
  'what is lost when the last line is due is tried at each look, not at the next line',
  { timeout: SLOW },
  async () => {
    await declared();
    const one = begin('20m', '--to', file());
    await expect.poll(one.lines, PATIENCE).toBe(1);
    // Somebody else's words where ours were: they are left alone, and ours come back when these are gone.
    writeFileSync(file(), 'my notes\n');
    await expect.poll(() => one.times('firebreak did not write'), PATIENCE).toBe(1);
    expect(readFileSync(file(), 'utf8')).toBe('my notes\n');
    const lost = performance.now();
    rmSync(file());
    await expect.poll(() => one.times('again.'), PATIENCE).toBe(1);
    // A line is due every six seconds.
    expect(performance.now() - lost).toBeLessThan(4000);
    expect(readFileSync(file(), 'utf8')).toMatch(WHOLE);
  },
);

test.each([
  ['a folder that is not there', () => join(home, 'nowhere', 'x.txt'), 'there is no'],
  ['a folder', () => share, 'did not write'],
  ['a file of somebody else', () => join(home, 'notes.txt'), 'did not write'],
])('%s is refused before anything is told', { timeout: SLOW }, async (_what, path, why) => {
  await declared();
  writeFileSync(join(home, 'notes.txt'), 'my notes\n');
  const one = begin('1m', '--to', path());
  expect(await one.ended).toEqual([2, null]);
  expect(one.said.stderr).toContain(why);
  expect(one.said.stdout).toBe('');
  expect(readFileSync(join(home, 'notes.txt'), 'utf8')).toBe('my notes\n');
});

test(
  'it ends by itself once another process has closed the incident, with a line that says so',
  { timeout: SLOW },
  async () => {
    await declared();
    const one = begin('24h', '--to', file());
    await expect.poll(one.lines, PATIENCE).toBe(1);
    await run('close', '--not-an-incident', '--summary', 'A false alarm');
    expect(await one.ended).toEqual([0, null]);
    expect(one.said.stdout.match(/: CLOSED\. /g)).toHaveLength(1);
    expect(readFileSync(file(), 'utf8')).toMatch(/: CLOSED\. .*No line follows\.\n$/);
  },
);

test(
  'whoever stops reading does not end it, and it still ends when it is asked to',
  { timeout: SLOW },
  async () => {
    await declared();
    const one = begin('1m', '--to', file());
    await expect.poll(one.lines, PATIENCE).toBeGreaterThan(0);
    one.child.stdout.destroy();
    const written = (): number => statSync(file()).ino;
    for (let i = 0; i < 3; i += 1) {
      const before = written();
      await expect.poll(written, PATIENCE).not.toBe(before);
    }
    one.child.kill('SIGTERM');
    expect(await one.ended).toEqual([143, null]);
    expect(one.said.stderr).toBe('');
  },
);

test(
  'a channel gets the lines too; one that refuses is said once, and once that it takes them again',
  { timeout: SLOW },
  async () => {
    await declaredWithChannel();
    const posted = (): readonly string[] =>
      (slack.state() as unknown as { messages: readonly { text: string }[] }).messages.map(
        ({ text }) => text,
      );
    const one = begin('24h');
    await expect.poll(() => posted().length, PATIENCE).toBeGreaterThan(2);
    for (const line of posted()) expect(line).toMatch(/^[a-z]+-[a-z]+, .*Next line by \d\d:\d\d\.$/);
    for (let i = 0; i < 3; i += 1) slack.fault({ is: 'status', status: 403, path: 'chat.postMessage' });
    await expect.poll(() => one.times('does not get out by Slack'), PATIENCE).toBe(1);
    await expect.poll(() => one.times('gets out by Slack again'), PATIENCE).toBe(1);
    const before = posted().length;
    await expect.poll(() => posted().length, PATIENCE).toBeGreaterThan(before + 1);
    one.child.kill('SIGTERM');
    expect(await one.ended).toEqual([143, null]);
    const after = posted().length;
    await pause(1000);
    expect(posted()).toHaveLength(after);
    expect([one.times('does not get out'), one.times('out by Slack again')]).toEqual([1, 1]);
  },
);
