import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import ClosingLine from './rig/closing-line.ts';
import { opensScreens } from './rig/opens-screens.ts';
import SlowFirst from './rig/slow-first.ts';

const root = join(import.meta.dirname, '..');

/** Suites that open real screens or whole programs: these go on drawing after a test, so each file gets a process of its own. */
const alone = [
  ...opensScreens(root),
  'test/security/program.test.ts',
  'test/security/hostile/*.test.ts',
  'test/live/**/*.test.ts',
  'test/bin/**/*.test.ts',
  'test/app/verify.test.ts',
];

export default defineConfig({
  root,
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    environment: 'node',
    globalSetup: './test/rig/one-root.ts',
    reporters: ['default', new ClosingLine()],
    // What hangs is found all the same; on a machine that others use too, what is slow is not wrong.
    testTimeout: 60_000,
    sequence: { sequencer: SlowFirst },
    // A file waits half of its time: for a picture to stand still, for a program it started, for a vendor that says nothing. With three
    // a processor, each of them takes so much longer that all of them do.
    maxWorkers: availableParallelism() * 2,
    coverage: { include: ['src/**/*.{ts,tsx}'], exclude: ['src/dev/**'] },
    projects: [
      // Everything else is handed its world, so files can share a worker and what it has loaded: half the time.
      {
        extends: true,
        test: { name: 'shared', isolate: false, include: ['test/**/*.test.{ts,tsx}'], exclude: alone },
      },
      // They start whole programs, several a test: what bounds them is the machine.
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
});
