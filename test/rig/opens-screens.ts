import { globSync } from 'node:fs';
import { join } from 'node:path';
import { readImports, targetOf } from './imports.ts';
import type { ImportMap } from './imports.ts';

const SCREEN = 'rig/screen.ts';

const reaches = (map: ImportMap, file: string, seen: Set<string>): boolean => {
  if (file === SCREEN) return true;
  if (seen.has(file)) return false;
  seen.add(file);
  return (map.get(file) ?? []).some(({ specifier, kind }) => {
    const target = kind === 'type' ? undefined : targetOf(file, specifier);
    return target !== undefined && reaches(map, target, seen);
  });
};

/** The test files that open real screens, themselves or by what they import. */
export const opensScreens = (root: string): readonly string[] => {
  const test = join(root, 'test');
  const map = readImports(test);
  return globSync('**/*.test.{ts,tsx}', { cwd: test })
    .filter((file) => reaches(map, file, new Set()))
    .map((file) => `test/${file}`)
    .toSorted();
};
