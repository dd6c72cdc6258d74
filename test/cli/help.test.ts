import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { completionScript, shells } from '../../src/cli/completion.ts';
import { topicIds } from '../../src/cli/topics.ts';
import type { CommandSpec } from '../../src/cli/spec.ts';
import { tree } from '../../src/cli/tree/index.ts';
import { readImports, targetOf } from '../rig/imports.ts';
import { firebreak } from './rig.ts';

const pathsOf = (
  specs: readonly CommandSpec[],
  before: readonly string[] = [],
): readonly (readonly string[])[] =>
  specs.flatMap((spec) => [[...before, spec.name], ...pathsOf(spec.parts ?? [], [...before, spec.name])]);

test('the help of the program is as agreed', async () => {
  await expect((await firebreak(['--help'])).stdout).toMatchFileSnapshot('../golden/help/firebreak.txt');
});

test.each(pathsOf(tree).map((path) => [path.join(' '), path] as const))(
  'the help of %s is as agreed',
  async (_, path) => {
    const { stdout, code } = await firebreak([...path, '--help']);
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot(`../golden/help/${path.join('-')}.txt`);
    // A topic of that name is the page for people; it says where the command is explained.
    const words = path.join(' ');
    const page = (await firebreak(['help', ...path])).stdout.trimEnd();
    if (topicIds.some((topic) => topic === words)) expect(page).toContain(`firebreak ${words} --help`);
    else expect(page).toBe(stdout.trimEnd());
  },
);

test.each(topicIds)('help %s is there offline and fits the terminal', async (topic) => {
  const { stdout, code, opened } = await firebreak(['help', topic]);
  expect(code).toBe(0);
  expect(opened).toEqual([]);
  await expect(stdout).toMatchFileSnapshot(`../golden/help/topic-${topic}.txt`);
});

test('a slip of the fingers gets a suggestion', async () => {
  expect((await firebreak(['clock'])).stderr).toContain('Did you mean clocks?');
});

test('options for every command may stand before and after it', async () => {
  expect((await firebreak(['--json', 'list'])).stdout).toContain('firebreak.incidents/v1');
  expect((await firebreak(['list', '--json'])).stdout).toContain('firebreak.incidents/v1');
});

describe('completion', () => {
  test.each(['bash', 'zsh'] as const)('%s gets a script that it can read', (shell) => {
    expect(spawnSync('bash', ['-n'], { input: completionScript(shell), encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  test('bash completes commands, their parts and their options', () => {
    const complete = (...words: readonly string[]): string => {
      const script = `${completionScript('bash')}\nCOMP_WORDS=(firebreak ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _firebreak; echo "\${COMPREPLY[*]}"`;
      return spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout.trim();
    };
    expect(complete('dec')).toBe('declare decide');
    expect(complete('drill', '').split(' ')).toEqual(expect.arrayContaining(['run', 'list']));
    expect(complete('drill', 'run', 'x', '--se')).toBe('--seed');
  });

  test.each(shells)('%s is offered every command', (shell) => {
    for (const { name } of tree) expect(completionScript(shell)).toContain(name);
  });
});

test('what every command loads at start knows of the app no more than the words of trouble, and no library but the parser', () => {
  const map = readImports(join(import.meta.dirname, '../../src'));
  const loaded = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { specifier, kind } of map.get(file) ?? []) {
      const target = kind === 'value' ? targetOf(file, specifier) : undefined;
      if (target !== undefined) visit(target);
      else if (kind === 'value' && !specifier.startsWith('node:')) packages.add(specifier);
    }
  };
  visit('cli/main.ts');
  expect([...packages]).toEqual(['commander']);
  expect([...loaded].filter((file) => !/^(cli|base|io|model)\//.test(file)).toSorted()).toEqual([
    'app/drill-trouble.ts',
    'app/handing-trouble.ts',
    'app/problem-words.ts',
    'app/trouble.ts',
  ]);
});
