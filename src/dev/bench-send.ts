import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { CONNECTIONS, mailingOf, type Mailing } from './bench/send/mailing.ts';
import { takeArguments } from './arguments.ts';

// Merged letters handed to a mail server on this machine, each written down before it leaves and after its answer, against what one
// would script: python3 with smtplib, as many connections, a line of a log made durable for each letter. In turns in one run.

const { letters: LETTERS, rounds: ROUNDS } = takeArguments({
  command: 'npm run bench:send',
  about: 'Merged letters handed to a mail server on this machine, against smtplib of python3.',
  takes: {
    letters: { is: 'number', otherwise: 20_000, least: 100, says: 'how many letters' },
    rounds: { is: 'number', otherwise: 3, says: 'how often each is measured' },
  },
});
const FEW = Math.max(100, Math.round(LETTERS / 10));
const here = join(import.meta.dirname, 'bench/send');

type Ran = Readonly<{ ms: number; taken: number; rssMiB: number; cpuMs: number; bytes: number }>;

// On a disk, and beside the packages: /tmp may be memory, where a sync costs nothing.
const box = mkdtempSync(join(import.meta.dirname, '../../node_modules/.bench-'));
const server = spawn(process.execPath, [join(here, 'server.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: server.stdout });
const said = async (): Promise<number> => Number(((await once(lines, 'line')) as [string])[0]);

/** How many letters the server took since the last time. */
const took = async (): Promise<number> => {
  const answer = said();
  server.stdin.write('\n');
  return await answer;
};

const mustHave = async (who: string, letters: number): Promise<void> => {
  const count = await took();
  if (count !== letters) throw new Error(`${who}: the server took ${count} of ${letters} letters`);
};

const journalIn = (home: string, { incident }: Mailing): string =>
  join(home, 'incidents', incident, 'journal.sqlite');

/** From the same beginning each time. */
const ours = async (mailing: Mailing, letters: number): Promise<Ran> => {
  const home = join(box, 'run');
  cpSync(mailing.home, home, { recursive: true });
  const child = spawn(process.execPath, [join(here, 'task.ts'), home, mailing.incident, mailing.file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ran = JSON.parse(await text(child.stdout)) as Omit<Ran, 'bytes'>;
  const bytes = statSync(journalIn(home, mailing)).size - statSync(journalIn(mailing.home, mailing)).size;
  rmSync(home, { recursive: true, force: true });
  await mustHave('firebreak', letters);
  return { ...ran, bytes };
};

const peer = async ({ file }: Mailing, port: number): Promise<number> => {
  const log = join(box, 'log');
  const from = performance.now();
  const child = spawn('python3', [join(here, 'peer.py'), file, String(port), String(CONNECTIONS), log], {
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the peer ended with ${String(code)}`);
  rmSync(log, { force: true });
  await mustHave('the peer', LETTERS);
  return performance.now() - from;
};

const made = async (name: string, letters: number, port: number): Promise<Mailing> => {
  const folder = join(box, name);
  mkdirSync(folder);
  const mailing = await mailingOf(folder, letters, port);
  // The colleague who looked at it first.
  await took();
  return mailing;
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const rate = (ms: number): string => Math.round((LETTERS * 1000) / ms).toLocaleString('en');

try {
  const port = await said();
  const all = await made('all', LETTERS, port);
  const few = await made('few', FEW, port);
  const little = await ours(few, FEW);
  const rounds: Readonly<{ own: Ran; peerMs: number }>[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push({ own: await ours(all, LETTERS), peerMs: await peer(all, port) });
  const ms = median(rounds.map(({ own }) => own.ms));
  const peerMs = median(rounds.map((one) => one.peerMs));
  // Of each round its own: what else the machine does is in both.
  const ratio = median(rounds.map((one) => one.peerMs / one.own.ms));
  const memory = Math.max(...rounds.map(({ own }) => own.rssMiB));
  const cpuMs = median(rounds.map(({ own }) => own.cpuMs)) / LETTERS;
  const bytes = median(rounds.map(({ own }) => own.bytes)) / LETTERS;
  console.log(
    `${LETTERS.toLocaleString('en')} letters over ${CONNECTIONS} connections, ${ROUNDS} rounds, medians\n` +
      `  python3 smtplib, a durable line a letter (peer)   ${rate(peerMs).padStart(7)} letters/s\n` +
      `  firebreak, a durable row before and after each    ${rate(ms).padStart(7)} letters/s, ${ratio.toFixed(2)}x the peer\n` +
      `  memory ${little.rssMiB.toFixed(0)} MiB at ${FEW.toLocaleString('en')}, ${memory.toFixed(0)} MiB at ${LETTERS.toLocaleString('en')}; ` +
      `${cpuMs.toFixed(2)} ms of a core and ${bytes.toFixed(0)} bytes of journal a letter`,
  );
  const figures = {
    rssMiB: Math.round(memory),
    journalBytes: Math.round(bytes),
    ratio: Number(ratio.toFixed(2)),
  };
  console.log(JSON.stringify({ schema: 'firebreak.send-bench/v1', letters: LETTERS, ...figures }));
} finally {
  server.stdin.end();
  rmSync(box, { recursive: true, force: true });
}
