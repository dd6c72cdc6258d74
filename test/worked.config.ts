import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import ClosingLine from './rig/closing-line.ts';

/** One incident from the first fact to ten thousand letters: minutes, so it is asked for by name (`npm run test:worked`). */
export default defineConfig({
  root: join(import.meta.dirname, '..'),
  test: {
    environment: 'node',
    reporters: ['default', new ClosingLine()],
    testTimeout: 60_000,
    include: ['test/live/worked.check.ts'],
  },
});
