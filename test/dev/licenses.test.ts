import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { expect, test } from 'vitest';
import { bundledFolders, thirdPartyLicenses } from '../../src/dev/licenses.ts';

const ROOT = join(import.meta.dirname, '../..');

function metafileOf(inputs: Readonly<Record<string, number>>): Metafile {
  const entries = Object.entries(inputs).map(([path, bytesInOutput]) => [path, { bytesInOutput }] as const);
  const output = { bytes: 0, imports: [], exports: [], inputs: Object.fromEntries(entries) };
  return { inputs: {}, outputs: { 'dist/a.js': output } };
}

test('a package is named where its code really lies, scoped and nested ones too', () => {
  const metafile = metafileOf({
    'src/cli/main.ts': 10,
    'node_modules/ink/build/index.js': 10,
    'node_modules/ink/build/ink.js': 10,
    'node_modules/ink/node_modules/string-width/index.js': 10,
    'node_modules/@alcalzone/ansi-tokenize/build/index.js': 10,
  });
  expect(bundledFolders(metafile)).toEqual([
    'node_modules/@alcalzone/ansi-tokenize',
    'node_modules/ink',
    'node_modules/ink/node_modules/string-width',
  ]);
});

test('a package whose code was dropped from the bundle is not named', () => {
  expect(bundledFolders(metafileOf({ 'node_modules/yaml/dist/index.js': 0 }))).toEqual([]);
});

test('each package stands with its version and its license in full', () => {
  const text = thirdPartyLicenses(ROOT, metafileOf({ 'node_modules/commander/index.js': 10 }));
  expect(text).toContain('\ncommander 15.1.0 (MIT)\n');
  expect(text).toContain('Copyright (c) 2011 TJ Holowaychuk');
});

test('a package that names the MIT license but ships no text still gets one with its author', () => {
  const text = thirdPartyLicenses(ROOT, metafileOf({ 'node_modules/yoga-layout/dist/src/index.js': 10 }));
  expect(text).toContain('Copyright (c) Meta Open Source\n');
  expect(text).toContain('Permission is hereby granted');
});
