import { transformSync } from 'esbuild';
import { expect, test } from 'vitest';
import { builtinSource } from '../../src/dev/chunks.ts';

test('of a module of Node only what is used is read', () => {
  const source = builtinSource('node:fs', ['readFileSync', 'ReadStream', 'default', 'not-a-name']);
  const used = transformSync(`${source.replaceAll(/^export .*$/gm, '')}\nconsole.log(m0);`, {
    treeShaking: true,
    format: 'esm',
  }).code;
  expect(used).toContain('all.readFileSync');
  expect(used).not.toContain('ReadStream');
  expect(source).toContain('export { m0 as readFileSync }');
  expect(source).not.toContain('not-a-name');
});
