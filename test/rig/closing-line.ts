import type { Reporter, TestCase } from 'vitest/node';

/** Ends each test run with one plain line, `N passed, N failed`, that people and scripts can both read. */
export default class ClosingLine implements Reporter {
  #passed = 0;
  #failed = 0;

  onTestCaseResult(test: TestCase): void {
    const { state } = test.result();
    if (state === 'passed') this.#passed += 1;
    if (state === 'failed') this.#failed += 1;
  }

  onTestRunEnd(
    modules: Parameters<NonNullable<Reporter['onTestRunEnd']>>[0],
    errors: readonly unknown[],
  ): void {
    // A file that does not load, or an error outside any test, hides tests: it counts as one failure each.
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length;
    process.stdout.write(`\n${this.#passed} passed, ${this.#failed + broken} failed\n`);
  }
}
