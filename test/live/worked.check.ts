import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot, rigApp } from '../rig/app.ts';
import { ended, startMailServer, type MailServer } from './mail.ts';

/**
 * One incident worked through from the first fact to the last letter, by the built program, in the drill of cards that were skimmed in
 * the chat widget: clocks, a severity, a decision, four letters, and a mailing to a real mail server that is killed in the middle.
 * FIREBREAK_WORKED says to how many people.
 */

const PEOPLE = Number(process.env['FIREBREAK_WORKED'] ?? 10_000);
let server: MailServer;
let box = '';
let drill = '';

const env = (): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: box,
  FIREBREAK_HOME: join(box, 'home'),
  FIREBREAK_ACTOR: 'orla',
  FIREBREAK_DRILL_MAIL: `smtp://127.0.0.1:${server.port}`,
  NO_COLOR: '1',
});
const program = join(packageRoot, 'bin/firebreak.js');
const at = (...args: readonly string[]): readonly string[] => [program, '--incident', drill, ...args];

const run = (...args: readonly string[]): Readonly<{ out: string; status: number | null }> => {
  const { stdout, stderr, status } = spawnSync(process.execPath, at(...args), {
    cwd: box,
    env: env(),
    encoding: 'utf8',
  });
  return { out: args.includes('--json') ? stdout : `${stdout}${stderr}`, status };
};
const must = (...args: readonly string[]): string => {
  const { out, status } = run(...args);
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${out}`);
  return out;
};
const json = <T>(...args: readonly string[]): T => JSON.parse(run(...args, '--json').out) as T;

const agreed = (asked: string): void => {
  const n = /entry #?(\d+)/.exec(asked)?.[1];
  if (n === undefined) throw new Error(`no request is named: ${asked}`);
  // Whoever plays a drill also plays those who agree: their keys are made up, so any will do.
  for (const person of ['priya', 'jonas']) run('approve', n, '--by', person, '--key', 'of-the-drill');
};

const FACTS: readonly (readonly string[])[] = [
  ['report', 'The change detection of the payment page reported an altered script.'],
  ['aware', '-30m'],
  ['cardholder-data-suspected', '-25m'],
  ['pfi-required', '-10m'],
  ['platform-data', 'no'],
  ['personal-data', 'yes'],
  ['uk-people', 'yes'],
  [
    'nature',
    'A script that we did not place was in the chat widget of our checkout page. It could read what was typed into the payment form.',
  ],
  ['consequences', 'Somebody may use your card number, or write to you and pretend to be us.'],
  [
    'measures',
    'We look into how the script came there. Watch your card statements and ask your bank for a new card.',
  ],
  ['data-categories', 'Your name, your card number, its expiry date and security code.'],
  ['subject-categories', 'Customers who paid on the website'],
  ['subjects-count', '340,310,420', '--why', 'payments completed on the page in the window'],
  ['records-count', '360,320,450', '--why', 'payments completed on the page in the window'],
  ['card-exposure', 'From 21 October 2026, 21:40 UTC to 23 October 2026, 15:31 UTC'],
  ['card-brands', 'Visa, Mastercard'],
  ['cards-count', '340,310,420', '--why', 'payments completed on the page in the window'],
  ['merchant-ids', 'MID 0000-EXAMPLE-01'],
  ['not-touched', 'Payments by telephone and in shops: other systems, no connection to the page'],
  ['financial', 'yes'],
  ['special-category', 'no'],
  ['vulnerable', 'no'],
  ['exfiltration', 'yes'],
  ['data-unintelligible', 'no'],
  ['pci-status', 'Self-assessment SAQ A of March 2026, merchant level 4'],
];

const list = (name: string, addresses: readonly string[]): string => {
  const path = join(box, `${name}.csv`);
  writeFileSync(path, `address,name\n${addresses.map((one, i) => `${one},Reader ${i}`).join('\n')}\n`);
  const out = join(box, `DRILL-${name}.jsonl`);
  must('letters', 'merge', 'gdpr-art34', '--recipients', path, '--out', out);
  return out;
};

beforeAll(async () => {
  server = await startMailServer('plain');
  box = mkdtempSync(join(tmpdir(), 'firebreak-worked-'));
  const app = await rigApp({ home: join(box, 'home') });
  const begun = await app.drill('widget-card-skimming', { seed: 7 });
  drill = begun.id;
  await app.close();
  for (const fact of FACTS) must('fact', ...fact);
}, 180_000);
afterAll(async () => {
  await server.stop();
});

type Clock = Readonly<{ duty: string; standing: string }>;
/** Elapsed hours, calendar days, working days, and "without undue delay", which never gets a number. */
const KINDS = ['gdpr.33-1', 'pci.visa-notify', 'pci.visa-pfi-contract', 'gdpr.34'];

test('eight clocks of four kinds run', () => {
  const { clocks } = json<{ clocks: readonly Clock[] }>('clocks');
  const running = clocks.filter(({ standing }) => standing === 'running' || standing === 'provisional');
  expect(running.length).toBeGreaterThanOrEqual(8);
  const ids = running.map(({ duty }) => duty);
  expect(ids).toEqual(expect.arrayContaining(KINDS));
  process.stdout.write(must('clocks'));
});

test('the rules advise with their reasons and a severity, and a named person decides', () => {
  const advice = must('decide', 'decide-risk', '--advice');
  process.stdout.write(advice);
  expect(advice).toMatch(/NOTIFY the authority \(GDPR 33\): YES/);
  expect(advice).toMatch(/severity after ENISA \d\.\d\d of 6/);
  expect(advice.match(/^ {2}because /gm)?.length).toBeGreaterThanOrEqual(2);
  const why = 'Card numbers were read as they were typed.';
  must('decide', 'decide-risk', '--option', 'no', '--why', why, '--decider', 'jonas');
  must('decide', 'decide-high-risk', '--option', 'yes', '--why', why, '--decider', 'jonas');
  const register = join(box, 'DRILL-register.md');
  must('export', '--format', 'register', '--out', register);
});

test('four letters are complete, element by element', () => {
  for (const letter of ['pci-acquirer', 'card-brand', 'gdpr-art33', 'gdpr-art34']) {
    const { out, status } = run('letters', 'check', letter);
    process.stdout.write(out);
    expect(out).toContain('Nothing that the law asks for is missing.');
    expect({ letter, status }).toEqual({ letter, status: 0 });
  }
});

test(`${PEOPLE} letters reach a real mail server, killed in the middle, and nobody has two`, async () => {
  agreed(must('approve', '--ask', 'send-art34'));
  must('letters', 'release', 'gdpr-art34');
  expect(run('letters', 'send', list('seed', ['orla@notices.lrh.example']), '--seed').out).toContain(
    'SENT 1 letters',
  );
  const people = Array.from({ length: PEOPLE }, (_, i) => `p${i}@example.org`);
  const file = list('all', people);
  agreed(run('letters', 'send', file, '--ask').out);
  const child = spawn(process.execPath, at('letters', 'send', file, '--yes'), {
    cwd: box,
    env: env(),
    stdio: 'ignore',
  });
  while (server.taken().length < PEOPLE / 2 && child.exitCode === null) await pause(5);
  expect(child.exitCode).toBeNull();
  child.kill('SIGKILL');
  await ended(child);
  run('letters', 'send', file, '--yes');

  type Sent = Readonly<{ to: string; mailing: string; stand: Readonly<Record<string, number>> }>;
  const one = json<{ mailings: readonly Sent[] }>('letters', 'sent').mailings.find(({ to }) => to === 'list');
  const mailing = one?.mailing ?? '';
  const doubts = json<{ unsureLetters: readonly { letter: number; messageId: string }[] }>(
    'letters',
    'sent',
    mailing,
  );
  const log = new Set(server.taken().map(({ id }) => id));
  for (const { letter, messageId } of doubts.unsureLetters) {
    const result = log.has(messageId) ? 'taken' : 'not-taken';
    must(
      'letters',
      'settle',
      mailing,
      String(letter),
      '--result',
      result,
      '--why',
      'the log of the mail server',
    );
  }
  run('letters', 'send', file, '--yes');
  const to = server.taken().flatMap(({ to: reader }) => (reader.endsWith('@example.org') ? [reader] : []));
  expect(to).toHaveLength(PEOPLE);
  expect(new Set(to).size).toBe(PEOPLE);
  expect(
    execFileSync(process.execPath, [program, 'verify', drill], { cwd: box, env: env(), encoding: 'utf8' }),
  ).toMatch(/^VERIFIED/);
}, 1_200_000);
