/**
 * What happens to the engine and the journal when the machine fails under them: `npm run test:faults`, and for a night
 * `npm run test:faults -- --full`. `--only NAME,NAME` runs some scenarios, `--seed N` repeats a run.
 */
import { api } from './api.ts';
import { clock } from './clock.ts';
import { disk } from './disk.ts';
import { epochs } from './epochs.ts';
import { kills } from './kills.ts';
import { mutations } from './mutations/mutations.ts';
import { power } from './power.ts';
import { sending } from './sending.ts';
import { signals } from './signals.ts';
import { syscalls } from './syscalls.ts';
import { writers } from './writers.ts';
import { closingLine, passed, together, type Found } from './report.ts';
import { openRig, type Rig } from './rig.ts';
import { takeArguments } from '../../src/dev/arguments.ts';

type Scenario = readonly [name: string, run: (rig: Rig) => Promise<Found>];

/** One group after the other. What stands in one group runs at the same time: some wait for vendors more than they work. */
const GROUPS: readonly (readonly Scenario[])[] = [
  [
    ['api', api],
    ['mutations', mutations],
  ],
  [['syscalls', syscalls]],
  [['power', power]],
  [['sending', sending]],
  [
    ['clock', clock],
    ['epochs', epochs],
  ],
  // These wait more than they work.
  [
    ['disk', disk],
    ['writers', writers],
    ['signals', signals],
  ],
  // Bounded by time, so last: whoever lets something else run beside the faults has it behind them by then.
  [['kills', kills]],
];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const given = takeArguments({
  command: 'npm run test:faults',
  about: 'Torments the real engine and journal in processes of their own. Linux.',
  takes: {
    only: {
      is: 'text',
      value: 'NAME,NAME',
      says: `some of ${GROUPS.flatMap((group) => group.map(([name]) => name)).join(', ')}`,
    },
    seed: { is: 'number', otherwise: 20_261_120, least: 0, says: 'repeats a run' },
    full: { is: 'flag', says: 'as long as a night is' },
    'without-ptrace': { is: 'flag', says: 'leaves out what watches another program, and says so' },
  },
});

const only = given.only?.split(',') ?? null;
const { seed } = given;
using rig = await openRig({
  full: given.full,
  withoutPtrace: given['without-ptrace'],
  seed,
  say,
});
/** Told in one piece, once it is over. */
const tell = async ([name, scenario]: Scenario): Promise<Found> => {
  const started = performance.now();
  const notes: string[] = [];
  const found = await scenario({ ...rig, say: (line) => void notes.push(line) });
  const { controls = {}, broken = [], ...counts } = found;
  const told = Object.entries(counts)
    .filter(([, count]) => count !== 0)
    .map(([key, count]) => `${key} ${String(count)}`);
  const seconds = Math.round((performance.now() - started) / 1000);
  say(`${name}: ${told.join(', ')} (${seconds} s)`);
  for (const note of notes) say(note);
  for (const [control, failed] of Object.entries(controls))
    say(`  control "${control}": ${failed ? 'failed as it must' : 'DID NOT FAIL'}`);
  for (const line of broken) say(`  BROKEN ${line}`);
  return found;
};

say(`faults: ${rig.full ? 'full' : 'bounded'}, seed ${seed}, ${rig.workers} at a time`);
const found: Found[] = [];
for (const group of GROUPS) {
  const wanted = group.filter(([name]) => only === null || only.includes(name));
  found.push(...(await Promise.all(wanted.map(tell))));
}
const all = together(found);
process.exitCode = passed(all) ? 0 : 1;
say(closingLine(all));
