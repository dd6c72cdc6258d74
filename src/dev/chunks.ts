import { builtinModules, createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Plugin } from 'esbuild';
import { lateSource } from './late.ts';

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
 * What lies in one file because a person who needs one of them may need the next. A file each made three hundred of them, and a package
 * is unpacked, checked and backed up file by file. The commands of one page of the command line lie together too.
 */
const ROOMS: readonly (readonly [room: string, folder: string, names: string])[] = [
  ['exports-text', 'exports', 'csv handover ics iris jsonl md ocsf register timesketch veris'],
  ['exports-set', 'exports', 'brief regulator-pack timeline timeline-html'],
  ['reviews', 'app', 'auditing authoring doctor'],
  [
    'journal-out',
    'app',
    'bundling disclosing journals packet resume-from verify-bundle verify-disclosure withheld',
  ],
  [
    'drills',
    'app',
    'drill-place drills improving new-scenario own-drill reporting seat selftest tabletop test-places testing unannounced',
  ],
  ['letters-out', 'app', 'merge-preview merging papers releasing sending sent'],
  ['custody', 'app', 'collecting consents evidence key-desk rekey shredding'],
  ['counting', 'app', 'scope-count scope-import'],
  ['papers', 'letters/papers', 'docx eml pdf'],
  ['desks', 'connectors', 'chatwoot/index hubspot/index intercom/index salesforce/index zendesk/index'],
  ['senders', 'connectors', 'sendgrid/index stripe/index telegram/index twilio/index'],
  ['recipes', 'connectors', 'command/index http/index oauth/index scim/index'],
];

const LISTED: ReadonlyMap<string, string> = new Map(
  ROOMS.flatMap(([room, folder, names]) => names.split(' ').map((name) => [`${folder}/${name}.ts`, room])),
);

/** What is asked for most, and should not wait for its neighbours. */
const ALONE: ReadonlySet<string> = new Set(['next', 'who'].map((name) => `cli/commands/${name}.ts`));

const roomOf = (importer: string, target: string): string | null => {
  if (CORE.includes(target) || ALONE.has(target)) return null;
  const page = /^cli\/tree\/(.+)\.ts$/.exec(importer)?.[1];
  if (page !== undefined && target.startsWith('cli/commands/')) return `commands-${page}`;
  return LISTED.get(target) ?? null;
};

type Asked = Readonly<{ importer: string; target: string; room: string | null }>;

/**
 * Cuts the program: the core in one chunk, a chunk for each room, one for everything else that is imported dynamically. The bundler makes
 * one for each set of entries that share code, and everything imported dynamically is an entry; where each of them imports all of
 * the core, there is only one such set.
 */
export const cut = (root: string): Plugin => ({
  name: 'cut',
  setup(build) {
    const src = join(root, 'src');
    const core = CORE.map((path) => join(src, path));
    const asked = dynamicallyImported(src);
    for (const path of LISTED.keys())
      if (!asked.some(({ target }) => target === path)) throw new Error(`nobody imports ${path} dynamically`);
    // Those of the core import it too: one that did not would be a set of its own, and cut the core in pieces.
    const entries = new Set(asked.flatMap(({ target, room }) => (room === null ? [join(src, target)] : [])));
    build.onResolve({ filter: /^firebreak:/ }, ({ path }) => ({
      path: path.slice(10),
      namespace: 'firebreak',
    }));
    build.onLoad({ filter: /^core$/, namespace: 'firebreak' }, () => ({
      contents: core.map((path) => `import ${JSON.stringify(path)};`).join('\n'),
      resolveDir: src,
    }));
    build.onLoad({ filter: /./, namespace: 'firebreak' }, ({ path }) => ({
      contents: roomSource(
        src,
        asked.flatMap(({ target, room }) => (room === path ? [target] : [])),
      ),
      resolveDir: src,
    }));
    build.onLoad({ filter: /[\\/]src[\\/].*\.tsx?$/ }, ({ path }) => {
      const own = asked.filter(({ importer, room }) => join(src, importer) === path && room !== null);
      const isEntry = entries.has(path) || path === join(src, 'cli/main.ts');
      if (own.length === 0 && !isEntry) return undefined;
      const contents =
        inRooms(readFileSync(path, 'utf8'), own) + (isEntry ? `\nimport 'firebreak:core';\n` : '');
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
    });
  },
});

/** A name for a file that is one in JavaScript too. */
const nameOf = (path: string): string => path.replaceAll(/[^a-z0-9]/gi, '_');

const roomSource = (src: string, targets: readonly string[]): string =>
  [
    `import 'firebreak:core';`,
    ...[...new Set(targets)].map(
      (path) => `export * as ${nameOf(path)} from ${JSON.stringify(join(src, path))};`,
    ),
  ].join('\n');

/** The same source, asking for rooms where it asked for files that lie in one. */
const inRooms = (source: string, asked: readonly Asked[]): string =>
  asked.reduce((text, { importer, target, room }) => {
    const path = relative(dirname(importer), target);
    const written = `import('${path.startsWith('.') ? path : `./${path}`}')`;
    return text.replaceAll(written, `import('firebreak:${room}').then((room) => room.${nameOf(target)})`);
  }, source);

/** Paths below `src`. */
function dynamicallyImported(src: string): readonly Asked[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((importer) =>
      [...readFileSync(join(src, importer), 'utf8').matchAll(/\bimport\('(\.[^']+)'\)/g)].map(
        ([, path = '']) => {
          const target = join(dirname(importer), path);
          return { importer, target, room: roomOf(importer, target) };
        },
      ),
    );
}

const require = createRequire(import.meta.url);

/** What of Node only few commands use, and what takes longest to load: the network stack, and file handles with all of the streams. */
const DEAR: ReadonlySet<string> = new Set([
  'node:fs/promises',
  'node:http',
  'node:https',
  'node:net',
  'node:tls',
  'node:zlib',
]);

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
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => {
      const members = require(path) as object;
      return {
        contents: DEAR.has(path)
          ? lateSource(`process.getBuiltinModule(${JSON.stringify(path)})`, Object.entries(members))
          : builtinSource(path, Object.keys(members)),
      };
    });
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
