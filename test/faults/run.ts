/**
 * What happens to the engine and the journal when the machine fails under them: `npm run test:faults`, and for a night
 * `npm run test:faults -- --full`. `--only NAME,NAME` runs some scenarios, `--seed N` repeats a run.
 */
import { api } from './api.ts';
import { clock } from './clock.ts';
import { disk } from './disk.ts';
import { kills } from './kills.ts';
import { mutations } from './mutations/mutations.ts';
import { power } from './power.ts';
import { syscalls } from './syscalls.ts';
import { writers } from './writers.ts';
import { closingLine, passed, together, type Found } from './report.ts';
import { openRig, type Rig } from './rig.ts';

type Scenario = readonly [name: string, run: (rig: Rig) => Promise<Found>];

const SCENARIOS: readonly Scenario[] = [
  ['kills', kills],
  ['api', api],
  ['syscalls', syscalls],
  ['power', power],
  ['disk', disk],
  ['mutations', mutations],
  ['writers', writers],
  ['clock', clock],
];

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const valueOf = (flag: string): string | null => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? null : (process.argv[at + 1] ?? null);
};

const only = valueOf('--only')?.split(',') ?? null;
const seed = Number(valueOf('--seed') ?? '20261120');
using rig = await openRig({
  full: process.argv.includes('--full'),
  withoutPtrace: process.argv.includes('--without-ptrace'),
  seed,
  say,
});
say(`faults: ${rig.full ? 'full' : 'bounded'}, seed ${seed}, ${rig.workers} at a time`);
const found: Found[] = [];
for (const [name, scenario] of SCENARIOS) {
  if (only !== null && !only.includes(name)) continue;
  const started = performance.now();
  const one = await scenario(rig);
  found.push(one);
  const { controls = {}, broken = [], ...counts } = one;
  const told = Object.entries(counts).filter(([, count]) => count !== 0);
  say(
    `${name}: ${told.map(([key, count]) => `${key} ${String(count)}`).join(', ')} (${Math.round((performance.now() - started) / 1000)} s)`,
  );
  for (const [control, failed] of Object.entries(controls))
    say(`  control "${control}": ${failed ? 'failed as it must' : 'DID NOT FAIL'}`);
  for (const line of broken) say(`  BROKEN ${line}`);
}
const all = together(found);
process.exitCode = passed(all) ? 0 : 1;
say(closingLine(all));
