import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readArguments, usageText } from '../../src/dev/arguments.ts';

const takes = {
  entries: { is: 'number', place: true, otherwise: 100, least: 10, says: 'how long' },
  rounds: { is: 'number', place: true, otherwise: 5, says: 'how often' },
  out: { is: 'text', value: 'FOLDER', says: 'where to' },
  full: { is: 'flag', says: 'all of it' },
} as const;

describe('the arguments of a tool of ours', () => {
  test.each([
    [[], { entries: 100, rounds: 5, out: null, full: false }],
    [['50'], { entries: 50, rounds: 5, out: null, full: false }],
    [['50', '2'], { entries: 50, rounds: 2, out: null, full: false }],
    [['--rounds', '2', '--full'], { entries: 100, rounds: 2, out: null, full: true }],
    [['--out', 'here', '--entries=70'], { entries: 70, rounds: 5, out: 'here', full: false }],
    [['--out=a=b'], { entries: 100, rounds: 5, out: 'a=b', full: false }],
  ])('%j', (typed, values) => {
    expect(readArguments(takes, typed)).toEqual({ is: 'given', values });
  });

  test.each([
    [['many'], 'entries is a whole number from 10 on, and not "many"'],
    [['9'], 'entries is a whole number from 10 on, and not "9"'],
    [['1e3'], 'entries is a whole number from 10 on, and not "1e3"'],
    [['-5'], 'entries is a whole number from 10 on, and not "-5"'],
    [['50', '2', '3'], '"3" is nothing that it takes'],
    [['--rows', '3'], '"--rows" is nothing that it takes'],
    [['--constructor'], '"--constructor" is nothing that it takes'],
    [['--rounds'], '--rounds wants a number behind it'],
    [['--out', '--full'], '--out wants FOLDER behind it'],
  ])('%j is refused in a sentence', (typed, why) => {
    expect(readArguments(takes, typed)).toEqual({ is: 'refused', why });
  });

  test('help is answered wherever it stands, and names each with what holds where nothing is said', () => {
    expect(readArguments(takes, ['50', '--help'])).toEqual({ is: 'help' });
    const text = usageText({ command: 'npm run x', about: 'What it does.', takes });
    expect(text).toContain('npm run x [-- ENTRIES ROUNDS]');
    expect(text).toContain('--rounds N    how often (5 where nothing is said)');
  });
});

const root = join(import.meta.dirname, '../..');
const tools = [
  ...['', '-clocks', '-exports', '-fanout', '-journal', '-letters', '-merge', '-send'].map(
    (name) => `src/dev/bench${name}.ts`,
  ),
  'src/dev/check.ts',
  'test/faults/run.ts',
  'test/programs/run.ts',
];

test.each(tools)('%s says how it is used, and begins nothing', (path) => {
  const says = execFileSync(process.execPath, [path, '--help'], { cwd: root, encoding: 'utf8' });
  expect(says).toContain('npm run ');
});

test('what it does not know is refused before anything is begun', () => {
  const argv = ['src/dev/bench-exports.ts', '--no-such-thing'];
  const refused = spawnSync(process.execPath, argv, { cwd: root, encoding: 'utf8' });
  expect(refused).toMatchObject({
    status: 2,
    stdout: '',
    stderr: '"--no-such-thing" is nothing that it takes. How it is used: npm run bench:exports -- --help\n',
  });
});
