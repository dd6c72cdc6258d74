import { describe, expect, test } from 'vitest';
import { tree } from '../../src/cli/tree/index.ts';
import { leaves } from '../security/hostile/calls.ts';
import { firebreak } from '../cli/rig.ts';

// UX-23: a program that calls another one gets data on standard output, talk on standard error, a fixed code, and no question.

const reading = [
  ['list'],
  ['next'],
  ['status'],
  ['clocks'],
  ['who'],
  ['task'],
  ['handover'],
  ['evidence', 'list'],
  ['letters', 'list'],
  ['runbook', 'list'],
  ['inventory'],
  ['doctor'],
  ['info'],
] as const;

describe('what only reads', () => {
  test.each(reading.map((argv) => [argv.join(' '), argv] as const))(
    '%s --json is one object with its schema',
    async (_name, argv) => {
      const { stdout } = await firebreak([...argv, '--json']);
      const found = JSON.parse(stdout) as { schema?: string };
      expect(found.schema).toMatch(/^firebreak\.[a-z-]+\/v\d+$/);
    },
  );
});

test('without a terminal no command asks anything', async () => {
  for (const { path } of leaves(tree)) {
    if (['drill facilitate', 'journal tail'].includes(path.join(' '))) continue;
    const { stderr } = await firebreak([...path], { typed: ['answered'] });
    expect(stderr, path.join(' ')).not.toMatch(/why\? *$|\? $/m);
  }
});

test('a kill without consent where nobody can be asked is 7', async () => {
  const { code, stderr } = await firebreak(['run', 'revoke', '--yes']);
  expect([7, 10]).toContain(code);
  expect(stderr).not.toBe('');
});
