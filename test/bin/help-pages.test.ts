import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { helpPages, WIDTHS } from '../../src/dev/help-pages.ts';
import { firebreak } from '../cli/rig.ts';
import { newHome, packageRoot } from '../rig/app.ts';

// The launcher prints help from pages that the build set. They are what the program says itself, and need nothing of it.

const pages = helpPages(80);

test('every page that can be asked for by name is there', () => {
  expect(pages.length).toBeGreaterThan(100);
  expect(new Set(pages.map(([asked]) => asked)).size).toBe(pages.length);
  for (const [, text] of pages) expect(text).not.toBe('');
});

test.each(pages)('%s', async (asked, text) => {
  expect((await firebreak(asked.split(' '))).stdout).toBe(text);
});

test.each(WIDTHS)('the build has set them for %i columns', (width) => {
  const set = readFileSync(join(packageRoot, `dist/help-${width}.txt`), 'utf8');
  for (const [asked, text] of helpPages(width)) expect(set).toContain(`\u001e${asked}\n${text}\u001e`);
});

const run = (args: readonly string[], inspect: readonly string[] = []) => {
  const home = newHome();
  return spawnSync(process.execPath, [...inspect, join(packageRoot, 'bin/firebreak.js'), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: home, FIREBREAK_HOME: join(home, 'data') },
  });
};

/** Fails where anything of the program is loaded. */
const ALONE = [
  '--import',
  `data:text/javascript,${encodeURIComponent(
    "import { registerHooks } from 'node:module'; registerHooks({ resolve(name, context, next) { if (name.includes('dist/cli')) { process.stderr.write('the program was loaded'); process.exit(9); } return next(name, context); } });",
  )}`,
];

test.each([['--help'], ['-h'], ['note', '--help'], ['journal', 'backup', '-h'], ['help'], ['help', 'legal']])(
  '%s %s %s is answered without the program',
  (...args) => {
    const { status, stdout, stderr } = run(args, ALONE);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const asked = args.join(' ').replace(/-h$/, '--help');
    expect(stdout).toBe(pages.find(([one]) => one === asked)?.[1]);
  },
);

test('what is no page goes to the program, which says so', () => {
  expect(run(['list'], ALONE).status).toBe(9);
  const { status, stderr } = run(['help', 'nothing-of-that-name']);
  expect(status).toBe(2);
  expect(stderr).toContain('there is no help for');
  expect(run(['note', '--nonsense', '--help']).stdout).toBe(run(['note', '--help']).stdout);
});

test.each([['staus'], ['status', '--nope'], ['--json', 'note'], ['drill', 'run', '--seed']])(
  '%s %s %s is refused without the program, in its words',
  async (...args) => {
    const { status, stdout, stderr } = run(args, ALONE);
    expect({ code: status, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: (await firebreak(args)).stderr,
    });
  },
);
