import { cpSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { trouble } from '../../src/app/trouble.ts';
import { newHome, packageRoot } from '../rig/app.ts';
import { envOf, ranProgram, type Ran } from '../rig/program.ts';

test('a program that is replaced while it runs says so, and what to do', { timeout: 60_000 }, async () => {
  const home = newHome();
  const copy = join(home, 'program');
  for (const part of ['bin', 'dist', 'runbooks', 'templates', 'package.json'])
    cpSync(join(packageRoot, part), join(copy, part), { recursive: true });
  symlinkSync(join(packageRoot, 'node_modules'), join(copy, 'node_modules'));
  const program = join(copy, 'bin/firebreak.js');
  const run = async (...args: readonly string[]): Promise<Ran> =>
    await ranProgram({ cwd: home, env: envOf(home), program }, args);
  expect((await run('declare', 'leaked-whatsapp-token', '--title', 'leak')).code).toBe(0);
  expect((await run('letters', 'list')).code).toBe(0);
  for (const name of readdirSync(join(copy, 'dist/chunks')).filter((one) => one.startsWith('exports-')))
    rmSync(join(copy, 'dist/chunks', name));
  const { code, stderr } = await run('export', '--format', 'csv', '--out', 'rows.csv');
  expect(code).toBe(1);
  expect(stderr).toContain('was replaced or removed while it ran');
  expect(stderr).toContain('start firebreak again');
  rmSync(home, { recursive: true, force: true });
});

test('a package that is not installed is another matter', () => {
  const error = Object.assign(new Error("Cannot find package 'left-pad' imported from x"), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
  expect(trouble(error).failed).toContain('something unexpected happened');
});
