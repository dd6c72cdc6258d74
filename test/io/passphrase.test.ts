import {
  fstatSync,
  linkSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemFiles } from '../../src/io/files.ts';
import { passphraseFrom } from '../../src/io/passphrase.ts';
import { systemProcesses } from '../../src/io/process.ts';

const files = systemFiles();
let path = '';
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'firebreak-pass-')), 'passphrase');
  writeFileSync(path, 'correct horse battery \r\n', { mode: 0o600 });
});
afterEach(() => {
  rmSync(join(path, '..'), { recursive: true, force: true });
});

describe('a passphrase', () => {
  test('is what the file holds, without the line end and with its blanks', () => {
    expect(passphraseFrom(path, files)).toBe('correct horse battery ');
  });

  test('comes from an open descriptor once, and no program started later inherits it', () => {
    const descriptor = openSync(path, 'r');
    expect(passphraseFrom(`/dev/fd/${descriptor}`, files)).toBe('correct horse battery ');
    expect(() => fstatSync(descriptor)).toThrow('EBADF');
    expect(() => passphraseFrom(`/dev/fd/${descriptor}`, files)).toThrow(
      expect.objectContaining({ code: 'io' }),
    );
  });

  test('is refused from a link, and from nowhere', () => {
    symlinkSync(path, `${path}.link`);
    expect(() => passphraseFrom(`${path}.link`, files)).toThrow(
      expect.objectContaining({ code: 'permissions' }),
    );
    expect(() => passphraseFrom(`${path}.none`, files)).toThrow(expect.objectContaining({ code: 'missing' }));
  });

  test('and where it lies are unknown to the programs that are started', async () => {
    const env = { PATH: process.env['PATH'], FIREBREAK_PASSPHRASE_FILE: path };
    const told = await systemProcesses(env).run({
      file: process.execPath,
      args: ['-e', 'console.log(JSON.stringify([process.env, process.argv, process.execArgv]))'],
    });
    expect(told.exit).toBe(0);
    expect(told.stdout).not.toMatch(/horse|FIREBREAK|passphrase/);
  });
});

test('a wiped file is zeros before it is gone', () => {
  linkSync(path, `${path}.same`);
  files.wipe(path);
  expect(files.exists(path)).toBe(false);
  expect(readFileSync(`${path}.same`)).toEqual(Buffer.alloc(24));
});
