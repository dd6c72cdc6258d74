import type { Metafile } from 'esbuild';
import { expect, test } from 'vitest';
import { wideParts } from '../../src/dev/ascii.ts';

const metafile = {
  inputs: {},
  outputs: {
    'dist/cli/main.js': {
      entryPoint: 'src/cli/main.ts',
      imports: [
        { path: 'dist/chunks/core.js', kind: 'import-statement' },
        { path: 'dist/chunks/letters.js', kind: 'dynamic-import' },
      ],
    },
    'dist/chunks/core.js': { imports: [{ path: 'dist/chunks/base.js', kind: 'import-statement' }] },
    'dist/chunks/base.js': { imports: [] },
    'dist/chunks/letters.js': { imports: [] },
  },
} as unknown as Metafile;

const texts = (of: Readonly<Record<string, string>>) =>
  Object.entries(of).map(([name, text]) => ({ path: `/p/dist/${name}.js`, text }));

test('a character outside ASCII is named in what every start loads, however far down', () => {
  const files = texts({ 'cli/main': 'x', 'chunks/core': 'y', 'chunks/base': 'const R = /[-─]+/;' });
  expect(wideParts('/p', metafile, files)).toEqual(['/p/dist/chunks/base.js: const R = /[-─]+/;']);
});

test('what only some commands load may have any character', () => {
  expect(wideParts('/p', metafile, texts({ 'chunks/letters': '/[äöü]/' }))).toEqual([]);
});
