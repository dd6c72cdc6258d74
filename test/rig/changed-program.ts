import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build, type OutputFile, type Plugin } from 'esbuild';
import { sha256Hex } from '../../src/base/hash.ts';
import { BUILT_FILE } from '../../src/catalog/built.ts';
import { howBuilt, programParts } from '../../src/dev/bundle.ts';
import { definitionsRead } from '../../src/dev/definitions.ts';
import { foldId } from '../../src/dev/fold-id.ts';
import { newHome, packageRoot } from './app.ts';

/** The program of today's sources with some of its words replaced: a protection taken out, or a wait that is short. */

/** By file of the program, which words are replaced by which others. */
export type Changes = Readonly<Record<string, readonly (readonly [string, string])[]>>;

export const withChanges = (all: Changes): Plugin => ({
  name: 'with-changes',
  setup(one) {
    const unmet = new Set(Object.keys(all));
    one.onEnd(() => {
      if (unmet.size > 0) throw new Error(`the program has no ${[...unmet].join(', ')}`);
    });
    one.onLoad({ filter: /\/src\/.*\.tsx?$/ }, ({ path }) => {
      const file = path.slice(packageRoot.length + 1);
      const changes = all[file];
      if (changes === undefined) return undefined;
      unmet.delete(file);
      const contents = changes.reduce(
        (text, [from, to]) => {
          // What fits no longer would make a control that proves nothing.
          if (!text.includes(from)) throw new Error(`${path} no longer holds: ${from}`);
          return text.replace(from, to);
        },
        readFileSync(path, 'utf8'),
      );
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
    });
  },
});

/** A package with that program in it. */
export const changedProgram = async (changes: Changes): Promise<string> => {
  const parts = programParts(packageRoot);
  const made = await build({
    ...parts,
    ...howBuilt(sha256Hex(`${foldId(packageRoot)} ${JSON.stringify(changes)}`)),
    plugins: [withChanges(changes), ...parts.plugins],
    write: false,
    logLevel: 'error',
  });
  return packageWith(made.outputFiles);
};

/** The program's package with another program in it; everything else is the real one. */
const packageWith = (program: readonly OutputFile[]): string => {
  const root = newHome();
  for (const { path, contents } of program) {
    const place = join(root, relative(packageRoot, path));
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, contents);
  }
  writeFileSync(join(root, BUILT_FILE), JSON.stringify(definitionsRead(packageRoot)));
  for (const name of ['bin', 'package.json'])
    cpSync(join(packageRoot, name), join(root, name), { recursive: true });
  for (const name of ['runbooks', 'templates', 'node_modules', 'LICENSE'])
    symlinkSync(join(packageRoot, name), join(root, name));
  mkdirSync(join(root, 'src/letters/papers'), { recursive: true });
  symlinkSync(join(packageRoot, 'src/letters/papers/fonts'), join(root, 'src/letters/papers/fonts'));
  return root;
};
