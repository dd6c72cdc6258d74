import { join } from 'node:path';
import type { Metafile, OutputFile } from 'esbuild';

// With one character outside ASCII in it, V8 keeps all of a file in two bytes a character: decoding, hashing and collecting the
// program then cost each start a tenth more. The bundler escapes strings and names, but leaves patterns as they are written.

/** What a command loads whatever it does, and what the app loads. */
const ALWAYS = ['src/cli/main.ts', 'src/tui/main.tsx'];

const OUTSIDE = /.{0,40}[^\0-\x7f].{0,20}/;

/** Where the parts that every start loads leave ASCII: the file, and the text around. */
export const wideParts = (
  root: string,
  { outputs }: Metafile,
  files: readonly Pick<OutputFile, 'path' | 'text'>[],
): readonly string[] => {
  const starts = Object.keys(outputs).filter((path) => ALWAYS.includes(outputs[path]?.entryPoint ?? ''));
  const loaded = new Set(starts);
  for (const path of loaded) {
    const imports = outputs[path]?.imports ?? [];
    for (const { path: next, kind, external } of imports)
      if (kind === 'import-statement' && external !== true) loaded.add(next);
  }
  return files.flatMap(({ path, text }) => {
    const found = OUTSIDE.exec(text);
    return found !== null && [...loaded].some((name) => join(root, name) === path)
      ? [`${path}: ${found[0]}`]
      : [];
  });
};
