import { builtinModules, createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

// How the bundle is cut. A file is cheap to read and dear to resolve, link and evaluate: sixty small ones cost a start more
// than everything it then does.

/** What every command needs, or the reading commands do: one file, loaded with the program. */
const CORE = [
  'app/wire.ts',
  'cli/commands/clocks.ts',
  'cli/commands/home.ts',
  'cli/commands/list.ts',
  'cli/commands/status.ts',
  'cli/commands/verify.ts',
  'cli/run.ts',
  'cli/screens.ts',
];

/**
 * Keeps the core in one chunk. The bundler makes one for each set of entries that share code, and everything imported
 * dynamically is an entry; where each of them imports all of the core, there is only one such set.
 */
export const oneCore = (root: string): Plugin => ({
  name: 'one-core',
  setup(build) {
    const src = join(root, 'src');
    const core = CORE.map((path) => join(src, path));
    // Those of the core import it too: one that did not would be a set of its own, and cut the core in pieces.
    const entries = new Set(dynamicallyImported(src));
    build.onResolve({ filter: /^firebreak:core$/ }, ({ path }) => ({ path, namespace: 'core' }));
    build.onLoad({ filter: /.*/, namespace: 'core' }, () => ({
      contents: core.map((path) => `import ${JSON.stringify(path)};`).join('\n'),
      resolveDir: src,
    }));
    build.onLoad({ filter: /[\\/]src[\\/].*\.tsx?$/ }, ({ path }) => {
      if (!entries.has(path) && path !== join(src, 'cli/main.ts')) return undefined;
      const contents = `${readFileSync(path, 'utf8')}\nimport 'firebreak:core';\n`;
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
    });
  },
});

function dynamicallyImported(src: string): readonly string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((name) => {
      const path = join(src, name);
      return [...readFileSync(path, 'utf8').matchAll(/\bimport\('(\.[^']+)'\)/g)].map(([, target = '']) =>
        join(dirname(path), target),
      );
    });
}

const require = createRequire(import.meta.url);

/**
 * Takes Node's own modules by `process.getBuiltinModule`. An import statement makes a module of each, and for that it reads
 * every member: with `node:fs` alone this loads all of the streams. Packages with native code are asked for by `require`,
 * which need not read their source for names.
 */
export const builtinsAsked = (native: readonly string[]): Plugin => ({
  name: 'builtins-asked',
  setup(build) {
    const known = new Set(builtinModules.map((name) => name.replace(/^node:/, '')));
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind !== 'import-statement') return undefined;
      if (native.includes(path)) return { path, namespace: 'native' };
      const name = path.replace(/^node:/, '');
      return known.has(name) ? { path: `node:${name}`, namespace: 'builtin' } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: builtinSource(path, Object.keys(require(path) as object)),
    }));
    build.onLoad({ filter: /.*/, namespace: 'native' }, ({ path }) => ({
      contents: `export default require(${JSON.stringify(path)});`,
      resolveDir: import.meta.dirname,
    }));
  },
});

/** One export a member, each marked as free of effects: what nobody uses is left out, and with it the reading of it. */
export function builtinSource(path: string, members: readonly string[]): string {
  const name = (member: string): boolean => /^[A-Za-z_$][\w$]*$/.test(member) && member !== 'default';
  return [
    `const all = process.getBuiltinModule(${JSON.stringify(path)});`,
    'export default all;',
    ...members
      .filter(name)
      .map(
        (member, i) =>
          `const m${i} = /* @__PURE__ */ (() => all.${member})();\nexport { m${i} as ${member} };`,
      ),
  ].join('\n');
}
