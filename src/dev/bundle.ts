import type { BuildOptions } from 'esbuild';
import { builtinsAsked, cut } from './chunks.ts';
import {
  seldomAtFirstUse,
  unicodeAtFirstUse,
  withoutDevtools,
  withoutSubprograms,
  yogaAtOnce,
  zodInEnglish,
} from './patches.ts';

// How the program is made of its sources: by the build, and by tests that make another one of sources with a protection taken out.

/** Packages with native code: they are installed beside the bundle, never inside it. */
export const NATIVE = ['better-sqlite3', '@napi-rs/keyring', '@myriaddreamin/typst-ts-node-compiler'];

/** What whatever is built has in common. `fold` names the code that folds journals. */
export const howBuilt = (fold: string) =>
  ({
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: NATIVE,
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.DEV': '"false"',
      FIREBREAK_FOLD: JSON.stringify(fold),
    },
    banner: { js: `const require=process.getBuiltinModule('module').createRequire(import.meta.url);` },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
  }) as const satisfies BuildOptions;

/** The program itself: what is started by path, and how it is cut. */
export const programParts = (root: string) =>
  ({
    absWorkingDir: root,
    entryPoints: ['src/cli/main.ts'],
    outbase: 'src',
    outdir: 'dist',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [
      withoutDevtools,
      withoutSubprograms,
      zodInEnglish,
      builtinsAsked(NATIVE),
      cut(root),
      yogaAtOnce,
      unicodeAtFirstUse,
      seldomAtFirstUse,
    ],
  }) satisfies BuildOptions;
