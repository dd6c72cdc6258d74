import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { topics } from '../../src/cli/topics.ts';
import { keymap } from '../../src/tui/keys.ts';

const root = join(import.meta.dirname, '../..');

test('what is derived from the tree is up to date: npm run gen', () => {
  const { status, stderr } = spawnSync(process.execPath, ['src/dev/gen.ts', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('the help names every key that does something on a screen, and fits 80 columns', () => {
  for (const binding of Object.values(keymap).flat()) {
    if (/:(next|previous|first|last|down|up)$/.test(binding.id)) continue;
    expect(topics.keys).toContain(binding.long);
  }
  for (const line of topics.keys.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});
