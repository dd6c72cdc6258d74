import { Buffer } from 'node:buffer';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Instant } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';

/** Sets pages. One compiler is made and used for all of them; each worker has its own. */
export interface Typesetter {
  /** The folder of its fonts: with it a thread makes another one. */
  readonly fonts: string;
  /** @throws SetError when the typesetter cannot set it; the next job is not touched by that */
  set(job: Typesetting): Typeset;
  /** Lays it out, writes nothing, and gives the answers alone. @throws SetError */
  ask(job: Typesetting): readonly unknown[];
}

export type Typesetting = Readonly<{
  /** In the typesetter's own language, the same for every job. */
  source: string;
  /** What the source reads as `/<name>`: JSON, never markup. */
  data: Readonly<{ name: string; json: string }>;
  /** Written into the file; the same job at the same time gives the same bytes. */
  at: Instant;
  /** What the file conforms to: PDF/A for the archive, PDF/UA for everybody. The typesetter declares one of them. */
  standard: 'a-2a' | 'ua-1';
  /** A label whose values, in order, are wanted back. */
  ask: string;
}>;

export type Typeset = Readonly<{ bytes: Uint8Array; answers: readonly unknown[] }>;

/** The typesetter's own words on what it could not set. */
export class SetError extends Error {
  override readonly name = 'SetError';
}

/** Where the package keeps the fonts of its letters. */
export const fontFolder = (packageRoot: string): string => join(packageRoot, 'src/letters/papers/fonts');

const PACKAGE = '@myriaddreamin/typst-ts-node-compiler';
const install = `npm install --global ${PACKAGE}@0.7.0`;

/**
 * The part of the package that is used. Its own types are not asked for: few have it installed. It can also hand out a document to be
 * asked and written later; each of those keeps its memory until some later turn of the event loop, and a batch has none.
 */
type Source = Readonly<{ mainFileContent: string }>;
type Compiler = Readonly<{
  mapShadow: (path: string, content: Buffer) => void;
  unmapShadow: (path: string) => void;
  pdf: (source: Source, how: Readonly<{ pdfStandard: string; creationTimestamp: number }>) => Buffer;
  query: (source: Source, what: Readonly<{ selector: string; field: string }>) => unknown;
  evictCache: (age: number) => void;
}>;
type Package = Readonly<{
  NodeCompiler: Readonly<{
    create: (
      how: Readonly<{ workspace: string; fontArgs: readonly Readonly<{ fontBlobs: readonly Buffer[] }>[] }>,
    ) => Compiler;
  }>;
}>;

/** `fonts`: the folder of the fonts that the source may name; `from`: whose packages are asked. @throws Problem `not-installed` */
export function systemTypesetter(fonts: string, from: string = import.meta.url): Typesetter {
  const compiler = load(from).NodeCompiler.create({
    // Its sources may read files from here and nowhere else, and ours read only what is handed in.
    workspace: fonts,
    fontArgs: [{ fontBlobs: fontsIn(fonts) }],
  });
  return {
    fonts,
    set: (job) =>
      withData(compiler, fonts, job, (main) => {
        const bytes = compiler.pdf(main, {
          pdfStandard: job.standard,
          creationTimestamp: Math.floor(job.at / 1000),
        });
        // What was laid out a moment ago is still known: this only looks it up.
        return { bytes, answers: answersTo(compiler, main, job) };
      }),
    ask: (job) => withData(compiler, fonts, job, (main) => answersTo(compiler, main, job)),
  };
}

function load(from: string): Package {
  try {
    return createRequire(from)(PACKAGE) as Package;
  } catch (error) {
    throw new Problem('not-installed', { what: 'the typesetter that makes PDF files', install }, error);
  }
}

const fontsIn = (folder: string): readonly Buffer[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ttf'))
    .toSorted()
    .map((name) => readFileSync(join(folder, name)));

function answersTo(compiler: Compiler, main: Source, { ask }: Typesetting): readonly unknown[] {
  const answers = compiler.query(main, { selector: `<${ask}>`, field: 'value' });
  return Array.isArray(answers) ? answers : [];
}

function withData<T>(
  compiler: Compiler,
  folder: string,
  { source, data }: Typesetting,
  work: (main: Source) => T,
): T {
  const path = join(folder, data.name);
  compiler.mapShadow(path, Buffer.from(data.json, 'utf8'));
  try {
    return work({ mainFileContent: source });
  } catch (error) {
    throw new SetError(wordsOf(error), { cause: error });
  } finally {
    compiler.unmapShadow(path);
    // What the job before last left is let go of: memory stays the same however many are set.
    compiler.evictCache(1);
  }
}

/** What is wrong with the source stands in the code of the error, what is wrong with the file in its message. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return error.message === '' ? code : error.message;
}
