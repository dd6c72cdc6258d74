import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

// Holds what the connectors send against the vendors' descriptions: npm run test:contracts -- <folder>

const root = join(import.meta.dirname, '../..');
const folder = process.argv[2] ?? process.env['FIREBREAK_CONTRACTS'];

if (folder === undefined || !existsSync(folder)) {
  console.error('Give the folder with the vendors’ descriptions: npm run test:contracts -- <folder>');
  process.exitCode = 2;
} else {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--config', 'test/vitest.config.ts', 'test/contracts/traffic.test.ts'];
  const env = { ...process.env, FIREBREAK_CONTRACTS: resolve(folder) };
  process.exitCode = spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' }).status ?? 1;
}
