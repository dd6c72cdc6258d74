import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isMount } from '../../src/io/archive.ts';

test('a folder in which another file system begins is told from one that merely lies there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-mount-'));
  try {
    expect(isMount(folder)).toBe(false);
    expect(isMount(`${folder}/`)).toBe(false);
    // Linux and macOS alike keep their devices in a file system of its own.
    expect(isMount('/dev')).toBe(true);
    expect(isMount('/dev/')).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
