import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calendarPeer } from '../../src/dev/outside/calendar.ts';
import { installTools } from '../../src/dev/outside/install.ts';
import { papersPeer } from '../../src/dev/outside/papers.ts';
import { firebreakAt, type Peer } from '../../src/dev/outside/peer.ts';
import { spreadsheetPeer } from '../../src/dev/outside/spreadsheet.ts';
import { bundlePeer } from './bundle.ts';
import { machinesPeer } from './machines.ts';
import { pagesPeer } from './pages.ts';
import { printsPeer } from './prints.ts';
import { takeArguments } from '../../src/dev/arguments.ts';

// Every export opened in the program that it is for: a spreadsheet, a browser, a calendar, a reader of PDF, a validator, a shell. Each
// finds what must be there and refuses a file with one fault. `--pictures FOLDER` keeps what a person would see.

const PACKAGES = {
  soffice: 'libreoffice-calc-nogui',
  '/usr/lib/libreoffice/program/libscfiltlo.so': 'libreoffice-calc-nogui',
  chromium: 'chromium',
  qpdf: 'qpdf',
  pdfinfo: 'poppler-utils',
  openssl: 'openssl',
  jq: 'jq',
  xxd: 'xxd',
  python3: 'python3',
  '/usr/lib/python3/dist-packages/icalendar': 'python3-icalendar',
  '/usr/lib/python3/dist-packages/jsonschema': 'python3-jsonschema',
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const failing = ({ checks, controls }: Peer): readonly string[] =>
  Object.entries({ ...checks, ...controls })
    .filter(([, held]) => !held)
    .map(([what]) => what);

const tell = ({ name, checks, controls }: Peer): void => {
  say(`\n${name}`);
  for (const [what, held] of Object.entries(checks)) say(`  ${held ? 'holds' : 'FAILS'}  ${what}`);
  for (const [what, held] of Object.entries(controls)) say(`  ${held ? 'holds' : 'FAILS'}  control: ${what}`);
};

const main = async (): Promise<number> => {
  const { pictures } = takeArguments({
    command: 'npm run test:programs',
    about: 'Every export opened in the program that it is for. Debian.',
    takes: { pictures: { is: 'text', value: 'FOLDER', says: 'keeps what a person would see' } },
  });
  if (pictures !== null) mkdirSync(pictures, { recursive: true });
  installTools(say, PACKAGES);
  const work = mkdtempSync(join(tmpdir(), 'firebreak-programs-'));
  const firebreak = firebreakAt(join(import.meta.dirname, '../..'));
  try {
    const peers: Peer[] = [];
    for (const make of [
      () => spreadsheetPeer(firebreak, work),
      async () => await pagesPeer(firebreak, work, pictures),
      () => calendarPeer(firebreak, work),
      () => papersPeer(firebreak, work),
      () => printsPeer(firebreak, work, pictures),
      () => machinesPeer(firebreak, work),
      () => bundlePeer(firebreak, work),
    ]) {
      const peer = await make();
      tell(peer);
      peers.push(peer);
    }
    const missed = peers.flatMap(failing);
    const count = (of: 'checks' | 'controls'): number =>
      peers.reduce((sum, peer) => sum + Object.keys(peer[of]).length, 0);
    const programs = Object.fromEntries(
      peers.map((peer) => [peer.name, failing(peer).length === 0 ? 'passed' : 'failed']),
    );
    const line = {
      schema: 'firebreak.programs/v1',
      programs,
      checks: count('checks'),
      controls: count('controls'),
      missed,
    };
    say(`\n${JSON.stringify(line)}`);
    return missed.length === 0 ? 0 : 1;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
};

process.exitCode = await main();
