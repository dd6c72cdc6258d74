import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sha256Hex } from '../../src/base/hash.ts';
import { builtDefinitions, BUILT_FILE } from '../../src/catalog/built.ts';
import type { BuiltFile } from '../../src/catalog/built.ts';
import { loadCatalog } from '../../src/catalog/catalog.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { parseYaml, readBefore } from '../../src/catalog/yaml.ts';
import { connectors } from '../../src/connectors/index.ts';
import { definitionsRead, writeDefinitions } from '../../src/dev/definitions.ts';
import { systemFiles } from '../../src/io/files.ts';
import { newHome, packageRoot } from '../rig/app.ts';
import { compiled } from '../rig/compiled.ts';

// What the build has read of the definitions stands for reading them: it says the same, and only of the very same bytes.

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

const yamlIn = (root: string): readonly string[] => globSync('{runbooks,templates}/**/*.yaml', { cwd: root });

/** The definitions with a line more at the end of each: other texts than any that this process has made sense of before. */
const definitions = (mark: string): string => {
  const root = newHome();
  roots.push(root);
  for (const name of ['runbooks', 'templates'])
    cpSync(join(packageRoot, name), join(root, name), { recursive: true });
  for (const file of yamlIn(root)) {
    const text = readFileSync(join(root, file), 'utf8');
    writeFileSync(join(root, file), `${text.trimEnd()}\n# ${mark}\n`);
  }
  return root;
};

const files = systemFiles();
const catalogOf = async (root: string, built = builtDefinitions(files, root)): Promise<Catalog> =>
  await loadCatalog({
    files: { ...files, ...built },
    packageRoot: root,
    workspace: null,
    connectors,
    today: '2026-11-20',
  });

/** Without the texts and their hashes, in which the marks stand. */
const meaning = (catalog: Catalog): unknown =>
  JSON.parse(
    JSON.stringify(catalog, (key, value: unknown) =>
      key === 'text' || key === 'sha256' ? '' : value instanceof Map ? [...value] : value,
    ),
  );

test('a catalog of it is the one that is parsed, word for word and finding for finding', async () => {
  const [parsed, read] = [definitions('parsed'), definitions('read')];
  for (const root of [parsed, read]) {
    const path = join(root, 'runbooks/off-channel-archive/runbook.yaml');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/title: .*/, 'title: Ask ada@lrh-group.com'));
    writeFileSync(join(root, 'runbooks/_company/drills.yaml'), 'as: [\n');
  }
  writeDefinitions(read);
  const { built } = builtDefinitions(files, read);
  const count = { asked: 0, known: 0 };
  const fast = await catalogOf(read, {
    built: (sha256) => {
      const found = built?.(sha256);
      count.asked += 1;
      if (found !== undefined) count.known += 1;
      return found;
    },
  });
  // All but the one that cannot be parsed.
  expect(count.known).toBeGreaterThan(50);
  expect(count.asked - count.known).toBe(1);
  const slow = await catalogOf(parsed);
  expect(meaning(fast)).toEqual(meaning(slow));
  // Otherwise nothing would show that findings have their places.
  expect(fast.issues.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['FB001', 'FB042']));
});

test('it knows every definition of the program, and each place in one', () => {
  const known = definitionsRead(packageRoot);
  let places = 0;
  for (const file of yamlIn(packageRoot)) {
    const text = readFileSync(join(packageRoot, file), 'utf8');
    const built = known[sha256Hex(text)];
    const parsed = parseYaml(file, text);
    // A recipe that is filled in before it is read is no YAML yet.
    expect(built !== undefined, file).toBe(parsed.ok);
    if (built === undefined || !parsed.ok) continue;
    const read = readBefore(file, text, built);
    expect(read.value).toEqual(parsed.yaml.value);
    expect(read.texts()).toEqual(parsed.yaml.texts());
    for (const { path } of parsed.yaml.texts().slice(0, 20)) {
      expect(read.placeOf(path)).toEqual(parsed.yaml.placeOf(path));
      places += 1;
    }
  }
  expect(places).toBeGreaterThan(500);
});

test('a definition that was changed since, and one with a secret in it, are looked at themselves', async () => {
  const root = definitions('changed');
  const file = (name: string): string => join(root, `runbooks/${name}/runbook.yaml`);
  const change = (name: string, title: string): void =>
    writeFileSync(file(name), readFileSync(file(name), 'utf8').replace(/title: .*/, `title: ${title}`));
  change('unknown-chat-breach', `Token ghp_${'aB3'.repeat(12)}`);
  writeDefinitions(root);
  change('leaked-whatsapp-token', 'Something else');
  const catalog = await catalogOf(root);
  expect(catalog.runbooks.get('leaked-whatsapp-token')?.value.title).toBe('Something else');
  expect(catalog.issues).toMatchObject([
    { rule: 'FB043', file: 'runbooks/unknown-chat-breach/runbook.yaml' },
  ]);
});

test('a list that is missing or torn is none', async () => {
  const root = definitions('torn');
  expect(builtDefinitions(files, root)).toEqual({});
  mkdirSync(join(root, 'dist'));
  writeFileSync(join(root, BUILT_FILE), '{"a": {"val');
  expect(builtDefinitions(files, root)).toEqual({});
  expect((await catalogOf(root)).runbooks.size).toBeGreaterThan(5);
});

/** Lays the built program out once more, with what it has read told otherwise. */
test('the program that is installed uses it', () => {
  const root = newHome();
  roots.push(root);
  for (const name of ['bin', 'dist', 'package.json'])
    cpSync(join(packageRoot, name), join(root, name), { recursive: true });
  for (const name of ['runbooks', 'templates', 'node_modules'])
    symlinkSync(join(packageRoot, name), join(root, name));
  const runbook = readFileSync(join(packageRoot, 'runbooks/leaked-whatsapp-token/runbook.yaml'), 'utf8');
  const [title = ''] = /(?<=^title: ).*$/m.exec(runbook) ?? [];
  const list = readFileSync(join(root, BUILT_FILE), 'utf8');
  const known = JSON.parse(list) as BuiltFile;
  expect(Object.keys(known)).toEqual(expect.arrayContaining([sha256Hex(runbook)]));
  writeFileSync(join(root, BUILT_FILE), list.replaceAll(JSON.stringify(title), '"As the build read it"'));
  const env = { PATH: process.env['PATH'] ?? '', HOME: root, NO_COLOR: '1', ...compiled };
  const ran = spawnSync(process.execPath, ['bin/firebreak.js', 'runbook', 'list'], { cwd: root, env });
  expect(String(ran.stderr)).toBe('');
  expect(String(ran.stdout)).toContain('As the build read it');
});
