import { join } from 'node:path';
import { openLedger } from '../../../app/ledger.ts';
import type { Prepared } from '../../../engine/prepare.ts';
import { run } from '../../../engine/run.ts';
import { systemRandom } from '../../../io/random.ts';
import { verifyJournal } from '../../../journal/check.ts';
import { makeJournal } from '../journals.ts';
import { forgetful } from './forgetful.ts';
import { definitionsOf, engineOf, given, requestOf, worldOf } from './work.ts';

// One fan-out by the real engine, in a process of its own: `node task.ts FOLDER PORT COUNT journal|bare` prints what it took.

const [folder = '', port = '', countText = '', mode = 'journal'] = process.argv.slice(2);
const count = Number(countText);
const WARM = 200;

/** As a person confirmed it; the previews before that are no part of what is measured. */
const preparedOf = (many: number): Prepared => {
  const request = requestOf(many);
  return {
    step: null,
    title: request.title,
    action: 'http.revoke',
    direction: 'do',
    sha256: '',
    at: 0,
    friction: request.friction,
    phrase: '',
    reversible: false,
    undoBy: '',
    unconfirmed: false,
    targets: [],
    preserve: [],
    needsReason: null,
    approval: null,
    request,
  };
};

type Taken = Readonly<{ ms: number; cpuMs: number; proved: number; rows: number }>;

async function once(many: number): Promise<Taken> {
  const path = join(folder, `fanout-${Buffer.from(systemRandom().bytes(6)).toString('hex')}.sqlite`);
  const taken = await journalled(many, path);
  if (mode === 'journal' && !verifyJournal(path).ok) throw new Error('the journal does not verify');
  return taken;
}

async function journalled(many: number, path: string): Promise<Taken> {
  const journal = makeJournal(path);
  try {
    const real = openLedger(journal, 'ana');
    await real.append(given(many));
    const ledger = mode === 'bare' ? forgetful(real) : real;
    const engine = engineOf(worldOf(), definitionsOf(many, Number(port)), ledger);
    const [from, cpu] = [process.hrtime.bigint(), process.cpuUsage()];
    const { lines } = await run(engine, preparedOf(many), {}, () => undefined);
    const ms = Number(process.hrtime.bigint() - from) / 1e6;
    const { user, system } = process.cpuUsage(cpu);
    const proved = lines.filter((line) => line.is === 'proof' && line.proof.is === 'proved').length;
    const batch = [...real.entries()].find(({ kind }) => kind === 'batch.intent')?.n ?? 0;
    return { ms, cpuMs: (user + system) / 1000, proved, rows: journal.items(batch).length };
  } finally {
    journal.close();
  }
}

const control = async (what: string): Promise<unknown> =>
  await (await fetch(`http://127.0.0.1:${port}/control/${what}`)).json();

// What is read and compiled at the first use is no part of a request: one round before the one that counts.
await once(WARM);
await control('reset');
const taken = await once(count);
console.log(
  JSON.stringify({
    ...taken,
    rssMiB: process.resourceUsage().maxRSS / 1024,
    vendor: await control('stats'),
  }),
);
