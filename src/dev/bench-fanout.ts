import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { byAnsible, byCurl, floorOf, startService, type Seen } from './bench/fanout/service.ts';
import { terms } from './bench/fanout/terms.ts';
import { timed } from './bench/rounds.ts';
import { limits } from '../model/limits.ts';
import { takeArguments } from './arguments.ts';

// Five hundred leaked tokens ended and proved dead, each journalled, against what one would script. All of it in turns in one run;
// the machine's other work is in every figure. Ansible gets some of them, because it takes minutes, and
// its time is scaled.

const packageRoot = join(import.meta.dirname, '../..');
const { count, rounds, hosts } = takeArguments({
  command: 'npm run bench:fanout',
  about: 'Leaked tokens ended and proved dead, against curl and ansible.',
  takes: {
    count: { is: 'number', place: true, otherwise: 500, says: 'how many tokens' },
    rounds: { is: 'number', place: true, otherwise: 3, says: 'how often each is measured' },
    hosts: { is: 'number', place: true, otherwise: 50, says: 'how many of them ansible ends' },
  },
});
type Taken = Readonly<{ ms: number; cpuMs: number; rssMiB: number; proved: number; vendor: Seen }>;

const folder = mkdtempSync(join(packageRoot, 'node_modules/.bench-'));
const service = await startService();

async function ours(mode: 'journal' | 'bare'): Promise<Taken> {
  await service.reset();
  const task = join(import.meta.dirname, 'bench/fanout/task.ts');
  const child = spawn(process.execPath, [task, folder, String(service.port), String(count), mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const taken = JSON.parse(await text(child.stdout)) as Taken;
  if (taken.proved !== count) throw new Error(`${taken.proved} of ${count} were proved`);
  return taken;
}

async function peer(work: () => void): Promise<number> {
  await service.reset();
  return timed(work);
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function measure() {
  const [journalled, bare, curl]: [Taken[], Taken[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    journalled.push(await ours('journal'));
    bare.push(await ours('bare'));
    curl.push(await peer(() => byCurl(service.port, count)));
  }
  const write = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  let installed = true;
  const ansible = await peer(() => (installed = byAnsible(service.port, hosts, write)));
  return { journalled, bare, curl, ansible: installed && hosts > 0 ? (ansible * count) / hosts : null };
}

/** The clock that says how much later the same answers were given with a journal than without one. */
const shareOf = (journalled: readonly Taken[], bare: readonly Taken[]): number =>
  1 - median(bare.map(({ ms }) => ms)) / median(journalled.map(({ ms }) => ms));

try {
  const { journalled, bare, curl, ansible } = await measure();
  const own = median(journalled.map(({ ms }) => ms));
  const seen = journalled[0]?.vendor ?? { requests: 0, peak: 0, dead: 0, chains: [] };
  const floor = floorOf(seen, (repeat) => limits.retryFirstWaitMs * 2 ** repeat);
  const cpu = median(journalled.map(({ cpuMs, vendor }) => cpuMs / vendor.requests));
  const memory = Math.max(...journalled.map(({ rssMiB }) => rssMiB));
  const goals = [
    { name: 'times the floor', value: own / floor, met: own / floor <= 1.35, wanted: 'at most 1.35' },
    {
      name: "the journal's share",
      value: shareOf(journalled, bare),
      met: shareOf(journalled, bare) < 0.05,
      wanted: 'under 0.05',
    },
    { name: 'CPU a request, ms', value: cpu, met: cpu < 0.6, wanted: 'under 0.6' },
    { name: 'memory, MiB', value: memory, met: memory < 200, wanted: 'under 200' },
    { name: 'xargs curl, times', value: median(curl) / own, met: median(curl) > own, wanted: 'over 1' },
    ...(ansible === null
      ? []
      : [
          {
            name: 'ansible uri, times',
            value: ansible / own,
            met: ansible / own >= 50,
            wanted: 'at least 50',
          },
        ]),
  ];
  console.log(
    `${count} tokens, ${terms.latencyMs} ms, one answer in five is 429 or 503, ${terms.concurrency} at once; ${rounds} rounds, medians\n` +
      `  firebreak, revoked, proved and journalled   ${own.toFixed(0)} ms, ${seen.requests} requests, ${seen.peak} at once; the floor is ${floor} ms\n` +
      `  the same without its journal                ${median(bare.map(({ ms }) => ms)).toFixed(0)} ms\n` +
      `  xargs -P${terms.concurrency} curl, revoked only               ${median(curl).toFixed(0)} ms\n` +
      `  ansible uri, 50 forks, revoked only         ${ansible === null ? 'not run (apt-get install ansible-core)' : `${ansible.toFixed(0)} ms, scaled from ${hosts} tokens`}\n`,
  );
  for (const { name, value, met, wanted } of goals)
    console.log(
      `  ${name.padEnd(22)} ${value.toFixed(3).padStart(9)}   ${wanted.padEnd(14)} ${met ? 'met' : 'MISSED'}`,
    );
  const missed = goals.filter(({ met }) => !met).map(({ name }) => name);
  const figures = {
    floor,
    ours: Math.round(own),
    peer: Math.round(median(curl)),
    ansible: ansible === null ? null : Math.round(ansible),
    ratio: Number((own / floor).toFixed(3)),
  };
  console.log(JSON.stringify({ schema: 'firebreak.fanout-bench/v1', count, ...figures, missed }));
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  service.stop();
  rmSync(folder, { recursive: true, force: true });
}
