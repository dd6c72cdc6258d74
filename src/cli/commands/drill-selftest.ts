import { companyOf } from './drill-run.ts';
import type { Run } from '../spec.ts';

const NOT_PASSED = 12;

export const run: Run = async (context, input) => {
  const { print } = context;
  const app = await context.app('drill');
  const seed = Math.trunc(input.number('seed', 0) ?? 1);
  const named = input.args[0] === undefined ? null : input.arg(0);
  // With --json stdout carries the closing object alone.
  const heard = (line: string): void => {
    if (print.json) print.say(line);
    else print.line(line);
  };
  const found = await app.selftest(named, seed, heard, companyOf(input) ?? undefined);
  if (print.json) print.object('drill-selftest', found);
  else {
    const runs = found.scenarios.flatMap((one) => one.runs);
    const wrong = runs.filter(({ passed }) => !passed).length;
    print.line(
      `${found.scenarios.filter(({ unmapped }) => unmapped === null).length} scenarios, ${runs.length} runs with seed ${seed}: ${wrong === 0 ? 'all as written' : `${wrong} not as written`}`,
    );
  }
  return found.passed ? 0 : NOT_PASSED;
};
