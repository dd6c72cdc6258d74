import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import ClosingLine from './rig/closing-line.ts';

export default defineConfig({
  root: join(import.meta.dirname, '..'),
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    environment: 'node',
    include: ['test/**/*.test.{ts,tsx}'],
    reporters: ['default', new ClosingLine()],
    testTimeout: 20_000,
    // One core less is the default: on two cores that is half the speed.
    maxWorkers: '100%',
    coverage: { include: ['src/**/*.{ts,tsx}'], exclude: ['src/dev/**'] },
  },
});
