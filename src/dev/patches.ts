import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Plugin } from 'esbuild';
import { lateSource } from './late.ts';

// What third-party code does at import costs every start of the program. These plug-ins move that work to
// first use. Each one stops the build when the code it expects is not there: a silent miss would cost
// tens of milliseconds that nobody would look for.

/** React's developer tools are not shipped; Ink imports them only when DEV is set. */
export const withoutDevtools: Plugin = {
  name: 'without-devtools',
  setup(build) {
    build.onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'empty' }));
    build.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({
      contents: 'export default { initialize() {}, connectToDevTools() {} };',
    }));
  },
};

/** Commander starts programs of its own where a command is a file beside it. There are none here. */
export const withoutSubprograms: Plugin = {
  name: 'without-subprograms',
  setup(build) {
    build.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('/node_modules/commander/') ? { path: 'none', namespace: 'subprograms' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'subprograms' }, () => ({ contents: 'export default {};' }));
  },
};

const ENGLISH = /^export \{ default as en \} from "\.\/en\.js";$/m;

/** Zod's sentences in English alone: the others, of which none is ever said here, are half of all that a command reads. */
export function inEnglish(source: string): string {
  const found = ENGLISH.exec(source)?.[0];
  if (found === undefined)
    throw new Error('zod: its list of languages has changed, adapt src/dev/patches.ts');
  return `${found}\n`;
}

export const zodInEnglish: Plugin = {
  name: 'zod-in-english',
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, async ({ path }) => ({
      contents: inEnglish(await readFile(path, 'utf8')),
    }));
  },
};

const WASM_URL = /"data:application\/octet-stream;base64,([A-Za-z0-9+/=]{1000,})"/;
const WASM_EXPORT = 'export default loadYoga;';
const WASM_IMPORT = "import loadYoga from '../binaries/yoga-wasm-base64-esm.js';";
const WASM_START = 'await loadYoga()';

/** Yoga's binary, kept as text under a name of its own instead of inside a data URL. */
export function exposeWasm(source: string): string {
  const found = WASM_URL.exec(source);
  if (found === null || !source.includes(WASM_EXPORT) || !source.includes('h.instantiateWasm(d,')) {
    throw new Error('yoga-layout: its WebAssembly loader has changed, adapt src/dev/patches.ts');
  }
  const emptied = source.replace(WASM_URL, () => '"data:application/octet-stream;base64,"');
  return `${emptied}\nexport const wasm = ${JSON.stringify(found[1])};\n`;
}

/** Yoga started from that text at once: its own way, `fetch` of a data URL, loads all of Node's HTTP client. */
export function startAtOnce(source: string): string {
  if (!source.includes(WASM_IMPORT) || !source.includes(WASM_START)) {
    throw new Error('yoga-layout: its entry has changed, adapt src/dev/patches.ts');
  }
  return source.replace(WASM_IMPORT, WASM_IMPORT.replace('loadYoga', 'loadYoga, { wasm }')).replace(
    WASM_START,
    `await loadYoga({
        instantiateWasm(imports, receive) {
          const module = new WebAssembly.Module(Buffer.from(wasm, 'base64'));
          const instance = new WebAssembly.Instance(module, imports);
          receive(instance);
          return instance.exports;
        },
      })`,
  );
}

/** Starts Ink's layout engine without the network stack. */
export const yogaAtOnce: Plugin = {
  name: 'yoga-at-once',
  setup(build) {
    const patches = [
      { filter: /yoga-layout\/dist\/binaries\/yoga-wasm-base64-esm\.js$/, patch: exposeWasm },
      { filter: /yoga-layout\/dist\/src\/index\.js$/, patch: startAtOnce },
    ];
    const done = new Set<RegExp>();
    for (const { filter, patch } of patches) {
      build.onLoad({ filter }, async ({ path }) => {
        done.add(filter);
        return { contents: patch(await readFile(path, 'utf8')) };
      });
    }
    build.onEnd(({ metafile }) => {
      const used = Object.keys(metafile?.inputs ?? {}).some((path) => path.includes('/yoga-layout/'));
      if (used && done.size < patches.length) {
        throw new Error('yoga-layout: its files have moved, adapt src/dev/patches.ts');
      }
    });
  },
};

const SEGMENTER = /^const (\w+) = (new Intl\.Segmenter\(.*\));$/m;
const EMOJI = /^const (\w+) = \/(.*\\p\{RGI_Emoji\}.*)\/(v);$/m;

/** Makes module-level segmenters and emoji patterns at first use: the first of each loads Unicode tables. */
export function atFirstUse(source: string, path: string): string {
  let text = source;
  const segmenter = SEGMENTER.exec(text);
  if (segmenter !== null) {
    const [line, name = '', maker = ''] = segmenter;
    text = lazily(text, { line, name, maker, path });
  }
  const emoji = EMOJI.exec(text);
  if (emoji !== null) {
    const [line, name = '', pattern = '', flags = ''] = emoji;
    const maker = `new RegExp(${JSON.stringify(pattern)}, ${JSON.stringify(flags)})`;
    text = lazily(text, { line, name, maker, path });
  }
  return text;
}

type Constant = Readonly<{ line: string; name: string; maker: string; path: string }>;

/** Turns a constant into a function that makes it once; every use has to be of the form `name.method`. */
function lazily(source: string, { line, name, maker, path }: Constant): string {
  const [before = '', after = ''] = source.split(line);
  const code = after.replaceAll(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
  const count = (pattern: string) => code.match(new RegExp(pattern, 'g'))?.length ?? 0;
  if (count(`\\b${name}\\b`) !== count(`\\b${name}\\.\\w`)) {
    throw new Error(`${path}: ${name} is used for more than its methods, adapt src/dev/patches.ts`);
  }
  const once = `let ${name}$;\nconst ${name} = () => (${name}$ ??= ${maker});`;
  return before + once + after.replaceAll(new RegExp(`\\b${name}\\.(?=\\w)`, 'g'), `${name}().`);
}

/** Defers the Unicode tables of the packages that measure text. */
export const unicodeAtFirstUse: Plugin = {
  name: 'unicode-at-first-use',
  setup(build) {
    const filter =
      /node_modules\/(string-width|wrap-ansi|slice-ansi|@alcalzone\/ansi-tokenize|ink\/build)\/[\w/-]+\.js$/;
    build.onLoad({ filter }, async ({ path }) => ({
      contents: atFirstUse(await readFile(path, 'utf8'), path),
    }));
  },
};

const DURATION = '(ns|us|\u00b5s|ms|s|m|h)/';

/** CEL's pattern of a duration, written in ASCII: see `ascii.ts`. */
export function celInAscii(source: string): string {
  if (!source.includes(DURATION))
    throw new Error('cel-js: its pattern of a duration has changed, adapt src/dev/patches.ts');
  return source.replace(DURATION, DURATION.replace('\u00b5', '\\u00b5'));
}

/** Packages that many commands import and few use. Each is CommonJS, so that `require` gives it at once. */
const SELDOM = /^(?:@marcbachmann\/cel-js|handlebars|yaml)$/;

/**
 * Starts CEL with the first condition, and the readers of templates and YAML with the first of these. A dynamic import would do
 * the same, but make everything that asks whether a step is needed wait for it.
 */
export const seldomAtFirstUse: Plugin = {
  name: 'seldom-at-first-use',
  setup(build) {
    const require = createRequire(import.meta.url);
    build.onResolve({ filter: SELDOM }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'late' } : undefined,
    );
    build.onLoad({ filter: SELDOM, namespace: 'late' }, ({ path }) => ({
      contents: lateSource(`require(${JSON.stringify(path)})`, Object.entries(require(path) as object)),
      resolveDir: import.meta.dirname,
    }));
    build.onLoad({ filter: /[\\/]cel-js[\\/]lib[\\/]functions\.js$/ }, async ({ path }) => ({
      contents: celInAscii(await readFile(path, 'utf8')),
    }));
  },
};
