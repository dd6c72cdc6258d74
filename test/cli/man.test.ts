import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { manPage } from '../../src/cli/man.ts';
import type { CommandSpec } from '../../src/cli/spec.ts';
import { tree } from '../../src/cli/tree/index.ts';

// The manual page says what the parser knows, and a reader of manual pages has nothing to say against it.

const page = manPage(tree, '1.2.3', '2026-11-28');
const plain = page.replaceAll(String.raw`\-`, '-');
const has = (tool: string): boolean => spawnSync(tool, ['--version']).error === undefined;

const lint = (text: string): string =>
  spawnSync('mandoc', ['-Tlint', '-W', 'warning'], { input: text, encoding: 'utf8' }).stdout;

const every = (specs: readonly CommandSpec[], before = ''): readonly string[] =>
  specs.flatMap(({ name, parts }) => [`${before}${name}`, ...every(parts ?? [], `${before}${name} `)]);

test('every command and option is on it', () => {
  const paths = every(tree);
  expect(paths.length).toBeGreaterThan(100);
  for (const path of paths) expect(plain).toMatch(new RegExp(String.raw`^\.SS "${path}[" ]`, 'm'));
  for (const flags of ['--screen-reader', '--secrets-stdin', '--take-over']) expect(plain).toContain(flags);
});

test('words that begin like a request of roff stay words', () => {
  const odd: CommandSpec = { name: 'odd', help: `.so /etc/passwd`, more: `'br\n.sy id\na\\fBb` };
  const lines = manPage([odd], '1', '2026-11-28').split('\n');
  expect(lines.filter((line) => /^[.'](?:so|sy|br)/.test(line))).toEqual([]);
  expect(lines).toContain(String.raw`a\efBb`);
});

test.skipIf(!has('mandoc'))('mandoc has nothing against it, and would say so', () => {
  expect(lint(page)).toBe('');
  expect(lint(page.replace('.SH NAME', '.SHX NAME'))).not.toBe('');
});

test.skipIf(!has('groff'))('groff sets it without a word', () => {
  const { stderr, stdout } = spawnSync('groff', ['-man', '-Tascii', '-ww'], {
    input: page,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout).toContain('FIREBREAK(1)');
});
