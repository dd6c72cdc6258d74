import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Suites that take most of a minute begin first: without a memory of earlier runs vitest goes by the size of a file, and the longest
 * of all, a line that calls a suite, would keep one core waiting for it at the end.
 */
const SLOW = [
  'test/contracts/faults-',
  'test/security/program.test.ts',
  'test/security/hostile/',
  'test/contracts/connectors-first-third.test.ts',
  'test/tui/walk.test.ts',
  'test/tui/screens.test.ts',
  'test/bin/practice.test.ts',
  'test/drill/crash-',
  'test/drill/selftest.test.ts',
  'test/live/',
  'test/exports/hostile.test.ts',
];

export default class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number =>
      SLOW.some((name) => moduleId.includes(name)) ? 0 : 1;
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
