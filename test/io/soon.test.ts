import { existsSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { systemFiles } from '../../src/io/files.ts';
import { newHome } from '../rig/app.ts';

// A file that is written beside everything else: whole or not at all, and never over what came after it.

const files = systemFiles();
const homes: string[] = [];
let folder = '';
beforeEach(() => {
  folder = newHome();
  homes.push(folder);
});
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});
const at = (): string => join(folder, 'kept');

test('it takes its place once, for its owner alone, and leaves nothing beside it', async () => {
  writeFileSync(at(), 'before');
  const { done } = files.writeSoon(at(), 'after');
  // Nothing of it was waited for.
  expect(readFileSync(at(), 'utf8')).toBe('before');
  await done;
  expect(readFileSync(at(), 'utf8')).toBe('after');
  expect(statSync(at()).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['kept']);
});

test('given up, it never takes its place', async () => {
  const soon = files.writeSoon(at(), 'older');
  soon.giveUp();
  files.writeAtomic(at(), 'newer');
  await soon.done;
  expect(readFileSync(at(), 'utf8')).toBe('newer');
  expect(readdirSync(folder)).toEqual(['kept']);
});

test('given up when it stands there, it stays', async () => {
  const soon = files.writeSoon(at(), 'words');
  await soon.done;
  soon.giveUp();
  expect(readFileSync(at(), 'utf8')).toBe('words');
});

test('what is wrong is said by its end, with the path, and a link is refused', async () => {
  const lost = join(folder, 'nowhere', 'kept');
  await expect(files.writeSoon(lost, 'x').done).rejects.toMatchObject({ name: 'StorageError', path: lost });
  symlinkSync(join(folder, 'elsewhere'), at());
  expect(() => files.writeSoon(at(), 'x')).toThrow('is a link');
  expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
});
