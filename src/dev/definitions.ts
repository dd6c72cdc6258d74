import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { sha256Hex } from '../base/hash.ts';
import { BUILT_FILE } from '../catalog/built.ts';
import type { Built, BuiltFile } from '../catalog/built.ts';
import { lintWords } from '../catalog/lint/words.ts';
import { parseYaml } from '../catalog/yaml.ts';

/** Every definition of the program's own that can be parsed and that JSON holds without a loss, by the hash of its text. */
export function definitionsRead(root: string): BuiltFile {
  const files = globSync('{runbooks,templates}/**/*.yaml', { cwd: root }).toSorted();
  return Object.fromEntries(
    files.flatMap((file): readonly (readonly [string, Built])[] => {
      const text = readFileSync(join(root, file), 'utf8');
      const parsed = parseYaml(file, text);
      if (!parsed.ok) return [];
      const { value } = parsed.yaml;
      if (!isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value)) return [];
      const harmless = lintWords(parsed.yaml, 'unexpected').length === 0;
      return [[sha256Hex(text), { value, harmless }]];
    }),
  );
}

export function writeDefinitions(root: string): void {
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, BUILT_FILE), JSON.stringify(definitionsRead(root)));
}
