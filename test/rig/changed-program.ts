import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { builtinsAsked } from '../../src/dev/chunks.ts';
import { celAtFirstUse, withoutDevtools, zodInEnglish } from '../../src/dev/patches.ts';
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

const NATIVE = ['better-sqlite3', '@napi-rs/keyring'];
/** What makes a start cheap, as in the program that is installed: a night is sixty of them. */
const AS_BUILT = [withoutDevtools, celAtFirstUse, zodInEnglish, builtinsAsked(NATIVE)];

/** A package with that program in it. */
export const changedProgram = async (changes: Changes): Promise<string> => {
  const made = await build({
    absWorkingDir: packageRoot,
    entryPoints: [join(packageRoot, 'src/cli/main.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: NATIVE,
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
    banner: { js: `const require=process.getBuiltinModule('module').createRequire(import.meta.url);` },
    // As the build does it: each start reads the whole file.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    plugins: [withChanges(changes), ...AS_BUILT],
    write: false,
    logLevel: 'error',
  });
  return packageWith(made.outputFiles[0]?.text ?? '');
};

/** The program's package with another program in it; everything else is the real one. */
const packageWith = (program: string): string => {
  const root = newHome();
  mkdirSync(join(root, 'dist/cli'), { recursive: true });
  for (const name of ['bin', 'package.json'])
    cpSync(join(packageRoot, name), join(root, name), { recursive: true });
  for (const name of ['runbooks', 'templates', 'node_modules', 'LICENSE'])
    symlinkSync(join(packageRoot, name), join(root, name));
  mkdirSync(join(root, 'src/letters/papers'), { recursive: true });
  symlinkSync(join(packageRoot, 'src/letters/papers/fonts'), join(root, 'src/letters/papers/fonts'));
  writeFileSync(join(root, 'dist/cli/main.js'), program);
  return root;
};
