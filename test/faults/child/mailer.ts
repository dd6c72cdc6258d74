/**
 * Sends the letters of a merged file as `letters send` does, over the real app, and can be killed at any row. It is told what to do by
 * a line of its input (JSON), says what it found in doubt when it opened (`doubt N`), each durable entry (`ack N HASH`), at its end
 * where the letters stand, and `end`. `no-row` turns the protection off: nothing is written down before a letter leaves.
 */
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import type { Base } from '../../../src/app/base.ts';
import type { IncidentLedger } from '../../../src/app/ledger.ts';
import { sendLetters } from '../../../src/app/sending.ts';
import { lettersAt, sentOf, settleLetters } from '../../../src/app/sent.ts';
import { openIncident } from '../../../src/app/store.ts';
import { connector as smtp } from '../../../src/connectors/smtp/index.ts';
import type { World } from '../../../src/engine/world.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { systemFiles } from '../../../src/io/files.ts';
import { walledProcesses } from '../../../src/io/process.ts';
import { systemRandom } from '../../../src/io/random.ts';
import { drillSecrets } from '../../../src/io/secrets.ts';
import type { EventKind } from '../../../src/model/event.ts';

export type MailerDie = Readonly<{
  at: EventKind | 'row.intent' | 'row.outcome';
  when: 'before' | 'after';
  nth: number;
}>;
export type MailerConfig = Readonly<{
  home: string;
  incident: string;
  mailing: string;
  file: string;
  port: number;
  die: MailerDie | null;
  mode: 'row-first' | 'no-row';
  /** What a person found in the log of the mail server, by the numbers of the letters. */
  looked: Readonly<{ taken: readonly number[]; lost: readonly number[] }>;
}>;

const say = (...words: readonly (string | number | null)[]): void =>
  void writeSync(1, `${words.join(' ')}\n`);

type DieAt = (when: MailerDie['when'], places: readonly string[]) => void;

const reaper = (die: MailerDie | null): DieAt => {
  let seen = 0;
  return (when, places) => {
    if (die === null || die.when !== when || !places.includes(die.at)) return;
    seen += 1;
    if (seen === die.nth) process.kill(process.pid, 'SIGKILL');
  };
};

/** No editor and no catalog: all that sending needs is frozen with the incident. */
const baseIn = ({ home }: MailerConfig, dieAt: DieAt): Base => ({
  packageRoot: home,
  home,
  workspace: null,
  actor: 'ada',
  zone: null,
  files: systemFiles(),
  clock: systemClock(),
  random: systemRandom(),
  // The one that carries letters: the others would only make each start longer.
  connectors: { smtp: { title: smtp.title, load: () => Promise.resolve(smtp) } },
  readCatalog: () => Promise.reject(new Error('sending reads no definitions of today')),
  live: null,
  tool: 'firebreak/faults',
  hooks: {
    before: (events) =>
      dieAt(
        'before',
        events.map(({ kind }) => kind),
      ),
    after: (written) => {
      for (const { n, hash } of written) say('ack', n, hash);
      dieAt(
        'after',
        written.map(({ kind }) => kind),
      );
    },
  },
});

const worldAt = (port: number): World => ({
  drill: false,
  clock: systemClock(),
  random: systemRandom(),
  processes: walledProcesses(new Set()),
  secrets: drillSecrets((name) => `made-${name}`),
  wall: 'loopback-only',
  baseUrl: (instance) => (instance === 'mail-notices' ? `smtp://127.0.0.1:${port}` : null),
});

const dyingLedger = (ledger: IncidentLedger, { mode }: MailerConfig, dieAt: DieAt): IncidentLedger => ({
  ...ledger,
  batches: {
    ...ledger.batches,
    write: async (batch, rows) => {
      const places = rows.map(({ kind }) => `row.${kind}`);
      dieAt('before', places);
      if (mode === 'row-first' || !places.includes('row.intent')) await ledger.batches.write(batch, rows);
      dieAt('after', places);
    },
  },
});

const begin = async (config: MailerConfig): Promise<void> => {
  const { home: _home, incident, mailing, file, port, die, looked } = config;
  const dieAt = reaper(die);
  const runtime = await openIncident(baseIn(config, dieAt), worldAt(port), incident);
  const parts = { ...runtime.parts, ledger: dyingLedger(runtime.parts.ledger, config, dieAt) };
  if (parts.readOnly) throw new Error('the lease of a dead process was not given');
  const standing = () => sentOf(parts).find((one) => one.mailing === mailing)?.stand;
  say('doubt', standing()?.unsure ?? 0);
  for (const [letters, taken] of [
    [looked.taken, true],
    [looked.lost, false],
  ] as const)
    if (letters.length > 0)
      await settleLetters(parts, { mailing, letters, taken, reason: 'the log of the server' });
  const way = { by: 'server', name: null, to: 'list' } as const;
  const { why } = await sendLetters(parts, { file, way }, () => undefined, new AbortController().signal);
  if (why !== null) say('why', why);
  for (const { letter, to } of lettersAt(parts, mailing, 'unsure')) say('unsure', letter, to);
  say('stand', JSON.stringify(standing()));
  await runtime.leave();
  say('end');
};

const [, , only] = process.argv;
if (only !== undefined) await begin(JSON.parse(only) as MailerConfig);
else
  for await (const line of createInterface({ input: process.stdin })) {
    await begin(JSON.parse(line) as MailerConfig);
    flushCompileCache();
  }
