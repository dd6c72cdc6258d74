import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { Problem, problemCodes } from '../../src/base/problem.ts';
import { inventoryFile } from '../../src/cli/commands/init/inventory.ts';
import { describe as inWords } from '../../src/cli/failure.ts';
import { parse } from '../../src/cli/program.ts';
import type { CommandSpec } from '../../src/cli/spec.ts';
import { topics } from '../../src/cli/topics.ts';
import { tree } from '../../src/cli/tree/index.ts';
import { exportFormats } from '../../src/exports/index.ts';

// What a newcomer copies from the README, or from a page that it points to, must work: commands, files, exit codes, pictures.

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const readme = read('README.md');
const pages: readonly string[] = [
  'README.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
];
const prose = pages.map(read).join('\n');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** Lines of the shell examples, comments cut off, each part of a pipe or of `&&` by itself. */
const typed: readonly string[] = [...prose.matchAll(/```sh\n(.*?)```/gs)]
  .flatMap(([, block]) => (block ?? '').split('\n'))
  .map((line) => line.replace(/\s+#.*$/, ''))
  .flatMap((line) => line.split(/\s+(?:&&|\|)\s+/))
  .map((part) => part.trim())
  .filter((part) => part !== '');
const mentioned: readonly string[] = [...prose.matchAll(/`((?:firebreak|npm) [^`\n]+)`/g)].flatMap(
  ([, text]) => (text ?? '').split(' && '),
);

const words = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((found) => found[1] ?? found[2] ?? found[3] ?? '');
const starting = (lines: readonly string[], first: string): readonly string[] => [
  ...new Set(lines.filter((line) => words(line)[0] === first)),
];

const NPM_OWN = ['ci', 'test'];

test.each(starting([...typed, ...mentioned], 'npm'))('%s is a script of this package', (line) => {
  const [, verb = '', script = ''] = words(line);
  if (verb === 'run') expect(Object.keys(scripts)).toContain(script);
  else expect(NPM_OWN).toContain(verb);
});

test('the example uses every kind of command that is checked here', () => {
  expect(starting(typed, 'firebreak').length).toBeGreaterThan(20);
  expect(starting(typed, 'npm').length).toBeGreaterThan(2);
});

test.each(starting(typed, 'firebreak'))('%s is understood as it stands', (line) => {
  const parsed = parse(words(line).slice(1), 80);
  expect(parsed).toMatchObject({ is: line === 'firebreak' ? 'home' : 'run' });
});

/** The longest path of commands that the words name. */
const commandOf = (specs: readonly CommandSpec[], names: readonly string[]): CommandSpec | undefined => {
  const found = specs.find(({ name }) => name === names[0]);
  return found === undefined ? undefined : (commandOf(found.parts ?? [], names.slice(1)) ?? found);
};

test.each(starting(mentioned, 'firebreak'))('%s, named in a sentence, is a command or a topic', (line) => {
  const [, ...rest] = words(line);
  expect(commandOf(tree, rest)?.name).toBeDefined();
  if (rest[0] === 'help' && rest[1] !== undefined) expect(Object.keys(topics)).toContain(rest[1]);
});

test('steps, letters, inventory rows and runbooks in the examples exist', () => {
  const runbook = read('runbooks/leaked-whatsapp-token/runbook.yaml');
  for (const line of starting(typed, 'firebreak')) {
    const [, command = '', first = '', second = ''] = words(line);
    if (['done', 'run', 'skip'].includes(command)) expect(runbook).toContain(`- id: ${first}\n`);
    if (['pause', 'revoke'].includes(command)) expect(inventoryFile).toContain(`- id: ${first}\n`);
    if (command === 'declare') expect(existsSync(join(root, 'runbooks', first, 'runbook.yaml'))).toBe(true);
    if (command === 'drill' && first === 'run') {
      expect(existsSync(join(root, 'runbooks', second, 'drill.yaml'))).toBe(true);
    }
    // What is on its way out is named by its file, not by its letter.
    if (command === 'letters' && !['send', 'sent', 'bounces'].includes(first))
      expect(existsSync(join(root, 'templates', second, 'letter.yaml'))).toBe(true);
  }
});

test('the table of exit codes says what the program does', () => {
  const section = readme.split('## Exit codes')[1]?.split('\n## ')[0] ?? '';
  const rows = [...section.matchAll(/^\| ([\d, ]*\d) +\| (.+?) +\|$/gm)].map(([, code = '', says = '']) => ({
    code,
    says: says.replaceAll('`', ''),
  }));
  const topic = [...topics['exit-codes'].matchAll(/^ {2}(\d[\d, ]*?) {2,}(.+)$/gm)];
  expect(rows).toEqual(topic.map(([, code = '', says = '']) => ({ code, says })));
  const codes = new Set(rows.flatMap(({ code }) => code.split(', ').map(Number)));
  const unnamed = problemCodes.filter((code) => !codes.has(inWords(new Problem(code))?.exit ?? NaN));
  expect(unnamed).toEqual([]);
});

/** What GitHub makes of a heading, for links within a page. */
const anchors = (page: string): readonly string[] =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(
    ([, heading = '']) =>
      `#${heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-')}`,
  );

test.each(pages)('pictures, files and headings that %s points to are there', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)]+)\)/g)]
    .map(([, to = '']) => to)
    .filter((to) => !to.startsWith('https://'));
  if (page === 'README.md') expect(links.length).toBeGreaterThan(12);
  const astray = links.filter((to) =>
    to.startsWith('#') ? !anchors(page).includes(to) : !existsSync(join(root, dirname(page), to)),
  );
  expect(astray).toEqual([]);
});

test('a newcomer has read the README in five minutes, and finds every page from it', () => {
  expect(readme.split(/\s+/).length).toBeLessThan(2200);
  expect(pages.slice(1).filter((page) => !readme.includes(`](${page})`))).toEqual([]);
});

test('the page of exports names every format with the files it comes as', () => {
  const rows = [...read('docs/exports.md').matchAll(/^\| `([^`-][^`]*)` +\| (.+?) +\| (.+?) +\|$/gm)];
  const written = rows
    .map(([, id = '', title = '', files = '']) => [id, title, files])
    .filter(([id]) => id !== 'bundle');
  const known = Object.entries(exportFormats).map(([id, { title, extensions }]) => [
    id,
    title,
    extensions.join(', '),
  ]);
  expect(new Set(written)).toEqual(new Set(known));
});

test.each([...readme.matchAll(/\]\((\.github\/pictures\/[^)]+)\)/g)].map(([, path = '']) => path))(
  '%s is a whole picture without anything that loads or runs',
  (path) => {
    const svg = read(path);
    expect(svg).toMatch(/^<svg xmlns[\s\S]*<\/svg>\n$/);
    expect(svg).not.toMatch(/<script|<image|<foreignObject|href=|url\(/);
    expect(svg).not.toContain('EAA');
  },
);

test('the needed Node is the one that the package and the program ask for', () => {
  const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
  expect(engines.node).toBe('>=24.7');
  expect(read('bin/firebreak.js')).toContain('NEEDED = [24, 7]');
  expect(readme).toContain('Node 24.7');
});
