import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemMail } from '../../src/io/mail.ts';
import { ended, office, startMailServer, type MailServer, type Office } from './mail.ts';

/**
 * The built program and a real mail server (aiosmtpd, TLS, a login): a mailing that is killed in the middle, again and again. Nobody may get
 * two letters, and nobody may be left out without the program saying so.
 */

const PEOPLE = 800;
let server: MailServer;
let desk: Office;

const must = (...args: readonly string[]): string => {
  const { out, status } = desk.run(...args);
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${out}`);
  return out;
};
const agreed = (asked: string): void => {
  const n = /entry #?(\d+)/.exec(asked)?.[1];
  if (n === undefined) throw new Error(`no request is named: ${asked}`);
  for (const person of ['ben', 'cleo']) must('approve', n, '--by', person, '--key', join(desk.box, person));
};
const list = (name: string, addresses: readonly string[]): string => {
  const path = join(desk.box, `${name}.csv`);
  writeFileSync(path, `address,name\n${addresses.map((one, i) => `${one},Reader ${i}`).join('\n')}\n`);
  const out = join(desk.box, `${name}.jsonl`);
  must('letters', 'merge', 'gdpr-art34', '--recipients', path, '--out', out);
  return out;
};

beforeAll(async () => {
  server = await startMailServer();
  desk = office(server);
  must('trust');
  must('declare', 'leaked-whatsapp-token', '--title', 'A token leaked');
  must('fact', 'aware', 'now');
  must('fact', 'nature', 'A key of ours was published by mistake.');
  must('fact', 'consequences', 'Somebody may write to you and pretend to be us.');
  must('fact', 'measures', 'We look into who could use it.');
  must('fact', 'data-categories', 'Your name and your messages.');
  agreed(must('approve', '--ask', 'send-art34'));
  must('letters', 'release', 'gdpr-art34');
}, 120_000);
afterAll(async () => {
  await server.stop();
});

test(`${PEOPLE} letters, killed again and again: each reader once, and what is in doubt is said`, async () => {
  const seed = list('seed', ['orla@notices.lrh.example']);
  expect(desk.run('letters', 'send', seed, '--seed').out).toContain('SENT 1 letters');
  const people = Array.from({ length: PEOPLE }, (_, i) => `p${i}@example.org`);
  const file = list('all', people);
  const asked = desk.run('letters', 'send', file, '--ask');
  expect(asked.status).toBe(4);
  agreed(asked.out);
  const refused = people.slice(10, 15);
  server.breaks({ refuse: refused, cut: people.slice(400, 402) });

  let kills = 0;
  for (const share of [0.2, 0.7]) {
    const child = desk.start('letters', 'send', file, '--yes');
    while (server.taken().length < PEOPLE * share && child.exitCode === null) await pause(10);
    if (child.exitCode !== null) break;
    child.kill('SIGKILL');
    await ended(child);
    kills += 1;
  }
  // Without a kill that struck it there is nothing to be seen here.
  expect(kills).toBe(2);
  server.breaks({});
  const last = desk.run('letters', 'send', file, '--yes', '--json');
  expect(last.status).toBe(6);

  const to = server
    .taken()
    .map((one) => one.to)
    .filter((one) => one.endsWith('@example.org'));
  expect(new Set(to).size).toBe(to.length);
  const { mailings } = JSON.parse(desk.run('letters', 'sent', '--json').out) as {
    mailings: { to: string; mailing: string; stand: Record<string, number> }[];
  };
  const one = mailings.find((mailing) => mailing.to === 'list');
  const { taken = 0, unsure = 0, refused: never = 0, open = 0, later = 0 } = one?.stand ?? {};
  expect({ open, later, never }).toEqual({ open: 0, later: 0, never: refused.length });
  expect(taken + unsure + never).toBe(PEOPLE);
  // Two whose line was cut behind the letter, and at each kill no more than there are connections.
  expect(unsure).toBeGreaterThanOrEqual(2);
  expect(unsure).toBeLessThanOrEqual(2 + kills * 4);

  // A person looks each of them up by its name in the log of the server, and says what it says.
  const mailing = one?.mailing ?? '';
  const doubts = JSON.parse(desk.run('letters', 'sent', mailing, '--json').out) as {
    unsureLetters: { letter: number; messageId: string }[];
  };
  expect(doubts.unsureLetters).toHaveLength(unsure);
  const log = new Set(server.taken().map(({ id }) => id));
  const [had, had_not] = [true, false].map((there) =>
    doubts.unsureLetters
      .filter(({ messageId }) => log.has(messageId) === there)
      .map(({ letter }) => String(letter)),
  );
  for (const [numbers = [], result] of [
    [had, 'taken'],
    [had_not, 'not-taken'],
  ] as const)
    if (numbers.length > 0)
      must(
        'letters',
        'settle',
        mailing.slice(0, 12),
        ...numbers,
        '--result',
        result,
        '--why',
        'the log of the server',
      );
  desk.run('letters', 'send', file, '--yes');
  const all = server
    .taken()
    .map(({ to: reader }) => reader)
    .filter((reader) => reader.endsWith('@example.org'));
  expect(all.toSorted()).toEqual(people.filter((reader) => !refused.includes(reader)).toSorted());
  expect(
    must('verify', (JSON.parse(desk.run('status', '--json').out) as { incident: string }).incident),
  ).toMatch(/whole|intact|verif/i);
}, 240_000);

test('a wrong password, and a server whose certificate nobody vouches for, send nothing and say why', async () => {
  const file = list('more', ['q1@notices.lrh.example']);
  const before = server.taken().length;
  const { out, status } = desk.runWith(
    { FIREBREAK_MAIL_PASSWORD: 'wrong-wrong-wrong' },
    'letters',
    'send',
    file,
    '--seed',
  );
  expect(status).toBe(5);
  expect(out).toMatch(/mail server mail-notices refused or did not answer: 535/);
  expect(out).not.toContain('wrong-wrong');
  const stranger = {
    host: '127.0.0.1',
    port: server.port,
    security: 'tls',
    caFile: null,
    login: null,
  } as const;
  await expect(systemMail('open').connect(stranger)).rejects.toMatchObject({ asks: true });
  expect(server.taken()).toHaveLength(before);
});
