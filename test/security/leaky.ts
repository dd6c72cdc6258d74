import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Plugin } from 'esbuild';
import { builtinsAsked } from '../../src/dev/chunks.ts';
import { celAtFirstUse, withoutDevtools, zodInEnglish } from '../../src/dev/patches.ts';
import { packageRoot } from '../rig/app.ts';
import { packageWith } from './scene.ts';

/** By file of the program, which words are replaced by which others. */
export type Holes = Readonly<Record<string, readonly (readonly [string, string])[]>>;

/** The real program with each protection taken out: what a search must find things in. */
const HOLES: Holes = {
  'src/base/mask.ts': [
    ['const counts = new Map<MaskKind, number>();', 'if (text !== "") return { text, masked: [] };\n$&'],
  ],
  'src/io/redact.ts': [
    [
      'return (text) => {\n    const plain = without',
      'if (secrets !== undefined) return (text) => text;\n  $&',
    ],
    ['return (text) => {\n    const plain = whole', 'if (whole !== undefined) return (text) => text;\n  $&'],
  ],
  'src/io/secrets.ts': [['!taken.has(name) && !(OURS.test(name) && !HARMLESS.has(name))', 'true']],
  'src/io/process.ts': [
    ['[...request.args]', '[...request.args, ...(request.file === "keytool" ? [request.stdin ?? ""] : [])]'],
  ],
  'src/app/store.ts': [['fingerprint(key, secret)', 'secret']],
  'src/engine/anchor/syslog.ts': [['note, size }),', 'note, size, leak: world.secrets.known() }),']],
  'src/engine/anchor/folder.ts': [
    ['join(folder, file), note.note', 'join(folder, file), note.note + world.secrets.known().join()'],
  ],
  'src/engine/anchor/places.ts': [
    ['fenced(note), outside', 'fenced(note + world.secrets.known().join()), outside'],
  ],
  'src/engine/anchor/put.ts': [['...asked, at }', "...asked, at, headers: { 'x-leak': secret.use() } }"]],
  'src/io/dying.ts': [['process.report.excludeEnv = true;', '']],
};

export const withHoles = (all: Holes): Plugin => ({
  name: 'with-holes',
  setup(one) {
    one.onLoad({ filter: /\/src\/.*\.tsx?$/ }, ({ path }) => {
      const holes = all[path.slice(packageRoot.length + 1)];
      if (holes === undefined) return undefined;
      const contents = holes.reduce(
        (text, [from, to]) => {
          // A hole that fits no longer would make a control that proves nothing.
          if (!text.includes(from)) throw new Error(`${path} has changed: adapt the holes in test/security`);
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

/** A package with the program of today's sources in it, whole or with the holes. */
export const builtProgram = async (how: 'whole' | 'leaky'): Promise<string> => {
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
    plugins: how === 'leaky' ? [withHoles(HOLES), ...AS_BUILT] : AS_BUILT,
    write: false,
    logLevel: 'error',
  });
  return packageWith(made.outputFiles[0]?.text ?? '');
};
