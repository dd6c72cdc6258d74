import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agePeer } from './outside/age.ts';
import { calendarPeer } from './outside/calendar.ts';
import type { Mutation } from './outside/change.ts';
import { installTools } from './outside/install.ts';
import { mutationsOf } from './outside/mutations.ts';
import { papersPeer } from './outside/papers.ts';
import { firebreakAt, type Peer } from './outside/peer.ts';
import { rsyslogPeer } from './outside/rsyslog.ts';
import { spreadsheetPeer } from './outside/spreadsheet.ts';
import { makeSubject } from './outside/subject.ts';
import { foreignTools, ownTool, type Tool } from './outside/tools.ts';

// Whether programs that are not ours accept the bundle of a real drill, and refuse it once anything is changed. Each change must
// be refused by every tool that reads what it touches, by our own verifier, and by at least one that is not ours. Then whether
// a real rsyslog and a real age understand what we send and wrap, and we them, and whether others read our letters, tables and calendars.

const AT_ONCE = 3;
const root = join(import.meta.dirname, '../..');

type Judged = Readonly<{ mutation: Mutation; refused: readonly string[]; missed: readonly string[] }>;

async function judge(
  bundle: string,
  place: string,
  mutation: Mutation,
  tools: readonly Tool[],
): Promise<Judged> {
  cpSync(bundle, place, { recursive: true });
  mutation.change(place);
  const reading = tools.filter(({ reads }) => reads.some((one) => mutation.touches.includes(one)));
  const answers = await Promise.all(
    reading.map(async (tool) => ({ tool, accepted: await tool.accepts(place) })),
  );
  rmSync(place, { recursive: true });
  const missed = answers.filter(({ accepted }) => accepted).map(({ tool }) => tool.name);
  const refused = answers.filter(({ accepted }) => !accepted).map(({ tool }) => tool.name);
  const foreign = answers.some(({ tool, accepted }) => tool.foreign && !accepted);
  return { mutation, refused, missed: foreign ? missed : [...missed, 'every tool that is not ours'] };
}

async function control(bundle: string, tools: readonly Tool[]): Promise<readonly string[]> {
  const answers = await Promise.all(
    tools.map(async (tool) => ((await tool.accepts(bundle)) ? [] : [tool.name])),
  );
  return answers.flat();
}

async function judgeAll(bundle: string, work: string, tools: readonly Tool[]): Promise<readonly Judged[]> {
  const waiting = [...mutationsOf(bundle).entries()];
  const judged: Judged[] = [];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [i, mutation] = next;
      judged[i] = await judge(bundle, join(work, `mutation-${i}`), mutation, tools);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return judged;
}

function tell(judged: readonly Judged[]): void {
  const width = Math.max(...judged.map(({ mutation }) => mutation.name.length));
  for (const { mutation, refused, missed } of judged) {
    const miss = missed.length === 0 ? '' : `  MISSED BY ${missed.join(', ')}`;
    console.log(`${mutation.name.padEnd(width)}  refused by ${refused.join(', ')}${miss}`);
  }
}

const holds = ({ checks, controls }: Peer): boolean =>
  [...Object.values(checks), ...Object.values(controls)].every(Boolean);

function tellPeer({ name, checks, controls }: Peer): void {
  const word = (held: boolean): string => (held ? 'holds' : 'DOES NOT HOLD');
  console.log(`\n${name}`);
  for (const [what, held] of Object.entries(checks)) console.log(`  ${what}: ${word(held)}`);
  for (const [what, held] of Object.entries(controls)) console.log(`  control: ${what}: ${word(held)}`);
}

async function main(): Promise<number> {
  installTools((line) => {
    console.log(line);
  });
  const work = mkdtempSync(join(tmpdir(), 'firebreak-outside-'));
  try {
    const { bundle, tsaCa, incident } = makeSubject(root, work);
    const tools = [...foreignTools(bundle, work, tsaCa), ownTool(root, work)];
    console.log(`the bundle of ${incident}, looked at by ${tools.map(({ name }) => name).join(', ')}\n`);
    const refusedWhole = await control(bundle, tools);
    const judged = await judgeAll(bundle, work, tools);
    tell(judged);
    const after = await control(bundle, tools);
    const bad = new Set([...refusedWhole, ...after]);
    const missed = judged.filter((one) => one.missed.length > 0);
    const failing = (name: string): boolean =>
      bad.has(name) || missed.some((one) => one.missed.includes(name));
    const firebreak = firebreakAt(root);
    const peers = [
      agePeer(firebreak, work),
      await rsyslogPeer(firebreak, work),
      papersPeer(firebreak, work),
      spreadsheetPeer(firebreak, work),
      calendarPeer(firebreak, work),
    ];
    peers.forEach(tellPeer);
    const line = {
      schema: 'firebreak.outside/v1',
      tools: Object.fromEntries(tools.map(({ name }) => [name, failing(name) ? 'failed' : 'passed'])),
      mutations: judged.length,
      missed: missed.length,
      peers: Object.fromEntries(peers.map((peer) => [peer.name, holds(peer) ? 'passed' : 'failed'])),
      control: bad.size === 0 ? 'passed' : `refused the whole bundle: ${[...bad].join(', ')}`,
    };
    console.log(`\n${JSON.stringify(line)}`);
    return bad.size === 0 && missed.length === 0 && peers.every(holds) ? 0 : 1;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

process.exitCode = await main();
