import type { TestCoverage, TestedRunbook, TestReport, TestResult } from '../../app/testing-contract.ts';
import type { Context } from '../context.ts';
import { issueLines } from '../issues.ts';
import type { Run } from '../spec.ts';

const VALIDATION = 3;

/** A test that held is one line; one that did not says of each expectation where it stands, what was to be and what was. */
const tell = ({ print }: Context, runbook: string, { test, says, passed, faults }: TestResult): void => {
  print.line(`${passed ? 'OK   ' : 'WRONG'} ${runbook}  ${test}  ${says}`);
  for (const { file, line, col, what, expected, seen } of faults) {
    print.line(`      ${file}:${line}:${col}  ${what}`);
    print.line(`        expected  ${expected}`);
    print.line(`        seen      ${seen}`);
  }
};

const covered = ({ steps, branches, unreached, untaken }: TestCoverage): string =>
  `${steps - unreached.length} of ${steps} steps, ${branches - untaken.length} of ${branches} branches`;

const tellCoverage = ({ print }: Context, { runbook, coverage }: TestedRunbook): void => {
  print.line(`${runbook}: ${covered(coverage)}`);
  for (const { step, file, line } of coverage.unreached)
    print.line(`      ${file}:${line}  no test takes ${step}`);
  for (const { step, when, holds, file, line } of coverage.untaken)
    print.line(`      ${file}:${line}  ${step}: in no test is it ${String(holds)} that ${when}`);
};

const told = (context: Context, { runbooks, issues, untested, passed }: TestReport, all: boolean): void => {
  const { print } = context;
  for (const line of issues.flatMap(issueLines)) print.line(line);
  for (const runbook of untested)
    print.line(`NO TEST ${runbook}: write runbooks/${runbook}/test.yaml (firebreak help tests)`);
  if (all) for (const one of runbooks) tellCoverage(context, one);
  const tests = runbooks.flatMap((one) => one.tests);
  const wrong = tests.filter((one) => !one.passed).length;
  const sum = (of: (coverage: TestCoverage) => number): number =>
    runbooks.reduce((total, { coverage }) => total + of(coverage), 0);
  const [steps, branches] = [sum((one) => one.steps), sum((one) => one.branches)];
  const reached = steps - sum((one) => one.unreached.length);
  const taken = branches - sum((one) => one.untaken.length);
  const verdict = passed
    ? 'all as expected'
    : wrong === 0
      ? 'not all could be played'
      : `${wrong} not as expected`;
  print.line(
    `${runbooks.length} runbooks, ${tests.length} tests: ${verdict}; ${reached} of ${steps} steps and ${taken} of ${branches} branches were taken`,
  );
};

export const tested: Run = async (context, input) => {
  const door = await (await context.app('drill')).authoring();
  const { print } = context;
  const report = await door.test(input.args, (result, runbook) => {
    if (!print.json) tell(context, runbook, result);
  });
  if (print.json) print.object('runbook-test', report);
  else told(context, report, input.flag('coverage'));
  return report.passed ? 0 : VALIDATION;
};
