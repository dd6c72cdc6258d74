import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findCycle, importsOf, readImports, targetOf, type Import, type ImportMap } from './rig/imports.ts';

// Who may import whom. Data goes one way through the folders of src, and this is where that is enforced.

const BELOW_APP = [
  'base',
  'model',
  'io',
  'incident',
  'journal',
  'connectors',
  'regulations',
  'catalog',
  'audit',
  'scope',
  'plan',
  'engine',
  'projections',
  'letters',
  'exports',
  'drill',
];

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  model: ['base'],
  io: ['base', 'model'],
  incident: ['base', 'model'],
  journal: ['base', 'model', 'io'],
  connectors: ['base', 'model', 'io'],
  regulations: ['base', 'model'],
  catalog: ['base', 'model', 'io', 'connectors', 'regulations'],
  audit: ['base', 'model', 'connectors'],
  scope: ['base', 'model'],
  plan: ['base', 'model', 'catalog'],
  engine: ['base', 'model', 'io', 'incident', 'journal', 'connectors', 'plan'],
  projections: ['base', 'model', 'incident', 'regulations'],
  letters: ['base', 'model', 'io', 'projections'],
  exports: ['base', 'model', 'io', 'projections', 'letters', 'journal'],
  drill: ['base', 'model', 'io', 'incident', 'connectors', 'plan', 'engine', 'projections'],
  app: BELOW_APP,
  tui: ['base', 'model', 'io', 'projections', 'app'],
  cli: ['base', 'model', 'io', 'projections', 'exports', 'app', 'tui'],
  dev: [...BELOW_APP, 'app', 'tui', 'cli'],
};

/** Allowed above, but only in part. */
const ONLY_IN_PART: readonly Readonly<{
  from: string;
  to: string;
  rule: string;
  holds: (target: string, kind: Import['kind']) => boolean;
}>[] = [
  {
    from: 'exports',
    to: 'journal',
    rule: 'only its pure parts',
    holds: (target) =>
      /^journal\/(checkpoint|dsse|entry|merkle|pem|proof|seal|tiles|verify)\.ts$/.test(target),
  },
  { from: 'audit', to: 'connectors', rule: 'only with `import type`', holds: (_, kind) => kind === 'type' },
  { from: 'tui', to: 'io', rule: 'only with `import type`', holds: (_, kind) => kind === 'type' },
  { from: 'cli', to: 'tui', rule: 'only with `import()`', holds: (_, kind) => kind === 'lazy' },
];

/** Packages that one place alone knows. */
const KNOWN_ONLY_TO: Readonly<Record<string, string>> = {
  'better-sqlite3': 'io/sqlite.ts',
  commander: 'cli/program.ts',
  esbuild: 'dev/',
  execa: 'io/',
  ink: 'tui/',
  react: 'tui/',
};

/** Name of the plug-in that a file belongs to, or undefined. One file is a plug-in where its registry lists it. */
function pluginOf(file: string, map: ImportMap): string | undefined {
  const folder = /^(connectors|tui\/screens)\/([^/]+)\//.exec(file);
  if (folder !== null) return folder[0];
  const registry = /^(regulations|exports)\//.exec(file)?.[1];
  if (registry === undefined) return undefined;
  const index = `${registry}/index.ts`;
  const contract = `${registry}/${registry.slice(0, -1)}.ts`;
  const listed = (map.get(index) ?? []).some(({ specifier }) => targetOf(index, specifier) === file);
  return listed && file !== contract ? file : undefined;
}

function complaintAbout(file: string, { specifier, kind }: Import, map: ImportMap): string | undefined {
  const from = file.split('/')[0] ?? '';
  const place = KNOWN_ONLY_TO[specifier.split('/')[0] ?? ''];
  if (place !== undefined && !file.startsWith(place) && from !== 'dev') return `only ${place} may import it`;
  // The edge of the world may look for an optional package; all else is known when the program is bundled.
  if (specifier === '' && from !== 'io' && from !== 'dev') return 'an import() must name its module';
  const target = targetOf(file, specifier);
  if (target === undefined) return undefined;
  if (!map.has(target)) return `there is no ${target} in src`;

  const to = target.split('/')[0] ?? '';
  if (from !== to && !MAY_IMPORT[from]?.includes(to)) return `${from} must not import ${to}`;
  const part = ONLY_IN_PART.find((entry) => entry.from === from && entry.to === to);
  if (part !== undefined && !part.holds(target, kind)) return `${from} may import ${to} ${part.rule}`;

  const [plugin, other] = [pluginOf(file, map), pluginOf(target, map)];
  const crosses = plugin !== undefined && other !== undefined && plugin !== other && from === to;
  return crosses ? 'one plug-in must not import another' : undefined;
}

function complaints(map: ImportMap): readonly string[] {
  const found: string[] = [];
  for (const [file, imports] of map) {
    const folder = file.includes('/') ? (file.split('/')[0] ?? '') : '(src itself)';
    if (!(folder in MAY_IMPORT)) found.push(`${file}: ${folder} is not a folder of the plan`);
    for (const one of imports) {
      const complaint = complaintAbout(file, one, map);
      if (complaint !== undefined) found.push(`${file}:${one.line} imports '${one.specifier}': ${complaint}`);
    }
  }
  return found;
}

const src = readImports(join(import.meta.dirname, '../src'));

/** The real sources with some made-up files among them. */
function withFiles(files: Readonly<Record<string, string>>): ImportMap {
  return new Map([...src, ...Object.entries(files).map(([file, text]) => [file, importsOf(text)] as const)]);
}

test('every import in src follows the table', () => {
  expect(complaints(src)).toEqual([]);
});

test('no files of src import each other in a circle', () => {
  expect(findCycle(src)).toBeUndefined();
});

test('the sources are really read', () => {
  expect(src.size).toBeGreaterThan(10);
  expect([...src.values()].flat().length).toBeGreaterThan(10);
});

test.each([
  ['an upward import', { 'base/bad.ts': `import { main } from '../cli/main.ts';` }],
  ['a sideways import', { 'journal/bad.ts': `export * from '../incident/x.ts';`, 'incident/x.ts': '' }],
  [
    'an import of a type that is not allowed either',
    { 'base/bad.ts': `import type { M } from '../cli/main.ts';` },
  ],
  ['a lazy import upwards', { 'base/bad.ts': `const a = () => import('../cli/main.ts');` }],
  ['an import for its effect alone', { 'base/bad.ts': `import '../cli/main.ts';` }],
  ['an import over several lines', { 'base/bad.ts': `import {\n  main,\n} from "../cli/main.ts";` }],
  ['an import() of something computed', { 'app/bad.ts': `await import(name);` }],
  ['an unknown folder', { 'util/bad.ts': '' }],
  ['a file beside the folders', { 'bad.ts': '' }],
  ['a file that does not exist', { 'base/bad.ts': `import { x } from './nowhere-at-all.ts';` }],
  ['a way out of src', { 'app/bad.ts': `import data from '../../package.json';` }],
  [
    'a connector in another',
    { 'connectors/a/x.ts': `import { y } from '../b/y.ts';`, 'connectors/b/y.ts': '' },
  ],
  [
    'a regulation in another',
    {
      'regulations/index.ts': `const r = { a: () => import('./a.ts'), b: () => import('./b.ts') };`,
      'regulations/a.ts': `import { b } from './b.ts';`,
      'regulations/b.ts': '',
    },
  ],
  [
    'the store in an export',
    { 'exports/bad.ts': `import { s } from '../journal/store.ts';`, 'journal/store.ts': '' },
  ],
  ['the real world in a screen', { 'tui/bad.ts': `import { c } from '../io/x.ts';`, 'io/x.ts': '' }],
  [
    'screens loaded with every command',
    { 'cli/bad.ts': `import { t } from '../tui/x.tsx';`, 'tui/x.tsx': '' },
  ],
  ['commander outside its file', { 'cli/bad.ts': `import { Command } from 'commander';` }],
  ['React below the screens', { 'app/bad.ts': `import { jsx } from 'react/jsx-runtime';` }],
])('the table forbids %s', (_, files) => {
  const names = Object.keys(files);
  const found = complaints(withFiles(files)).filter((line) => names.some((name) => line.startsWith(name)));
  expect(found).not.toEqual([]);
});

test.each([
  [
    'a screen that knows a type of io',
    { 'tui/ok.ts': `import type { C } from '../io/x.ts';`, 'io/x.ts': '' },
  ],
  ['screens loaded when asked for', { 'cli/ok.ts': `await import('../tui/x.tsx');`, 'tui/x.tsx': '' }],
  [
    'a connector on its contract',
    { 'connectors/a/ok.ts': `import '../contract.ts';`, 'connectors/contract.ts': '' },
  ],
  [
    'an import in a comment or a string',
    { 'base/ok.ts': `// import '../cli/main.ts';\nf("import '../cli/x.ts'");` },
  ],
])('the table allows %s', (_, files) => {
  const names = Object.keys(files);
  expect(complaints(withFiles(files)).filter((line) => names.some((name) => line.startsWith(name)))).toEqual(
    [],
  );
});

test('a circle of files is found, and named in order', () => {
  const circle = withFiles({
    'base/one.ts': `import { b } from './two.ts';`,
    'base/two.ts': `import type { a } from './one.ts';`,
  });
  expect(findCycle(circle)).toEqual(['base/one.ts', 'base/two.ts', 'base/one.ts']);
});
