import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * For the environment of a program that a test starts: with a home of its own, each would compile everything anew, which costs more than
 * most of what it is started for. One that is killed leaves nothing here; the next that ends by itself does.
 */
export const compiled = {
  NODE_COMPILE_CACHE: join(process.env['FIREBREAK_TEST_HOMES'] ?? tmpdir(), 'compiled'),
} as const;
