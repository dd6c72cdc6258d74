import { mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { howBuilt, NATIVE, programParts } from './bundle.ts';
import { wideParts } from './ascii.ts';
import { builtinsAsked } from './chunks.ts';
import { writeDefinitions } from './definitions.ts';
import { foldId } from './fold-id.ts';
import { writeHelpPages } from './help-pages.ts';
import { thirdPartyLicenses } from './licenses.ts';
import { writeManPage } from './man.ts';
import { refusalSource } from './refusals.ts';
import { withoutSubprograms, zodInEnglish } from './patches.ts';
import { takeArguments } from './arguments.ts';

// Bundles the program into dist. Types are not checked here: `npm run typecheck` does that.

const root = join(import.meta.dirname, '../..');
const dist = join(root, 'dist');

/** Newest change, in milliseconds, of a file or of anything below a folder; 0 when it is not there. */
function changedAt(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => changedAt(join(path, name))));
}

function isStale(): boolean {
  const built = changedAt(join(dist, 'cli/main.js'));
  const sources = ['src', 'package.json', 'package-lock.json'];
  return built < Math.max(...sources.map((name) => changedAt(join(root, name))));
}

const HOW = { ...howBuilt(foldId(root)), metafile: true, write: false, logLevel: 'warning' } as const;

/** Scripts of threads (`src/io/crew.ts`): a file each, because an entry beside the program would cut its core in pieces. */
async function crews() {
  return await build({
    absWorkingDir: root,
    entryPoints: { 'set-letters': 'src/letters/merge/set-letters.ts' },
    outdir: 'dist/crews',
    plugins: [withoutSubprograms, zodInEnglish, builtinsAsked(NATIVE)],
    ...HOW,
  });
}

/** What the launcher asks before it starts the program. */
async function refusal() {
  return await build({
    absWorkingDir: root,
    stdin: { contents: refusalSource(), resolveDir: root },
    outfile: 'dist/refusal.js',
    ...HOW,
    banner: {},
  });
}

async function bundle() {
  return build({ ...programParts(root), ...HOW });
}

/** Writes chunks before entries and clears old ones last, so that a program started meanwhile finds its parts. */
function write(files: readonly { path: string; text: string }[], startedAt: Date): void {
  const isChunk = (path: string) => path.startsWith(join(dist, 'chunks/'));
  for (const { path, text } of files.toSorted((a, b) => Number(isChunk(b.path)) - Number(isChunk(a.path)))) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    // A source changed while the bundle was being made must count as newer than the bundle.
    utimesSync(path, startedAt, startedAt);
  }
  const kept = new Set(files.map(({ path }) => path));
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.has(path)) rmSync(path, { force: true });
  }
}

const { 'if-stale': sparing } = takeArguments({
  command: 'npm run build',
  about: 'Builds the program, its pages of help and its manual.',
  takes: { 'if-stale': { is: 'flag', says: 'only where a source is newer than what was built' } },
});
if (!sparing || isStale()) {
  const startedAt = new Date();
  const { outputFiles, metafile } = await bundle();
  const wide = wideParts(root, metafile, outputFiles);
  if (wide.length > 0) throw new Error(`outside ASCII, to be written as \\u....: ${wide.join('; ')}`);
  const [beside, before] = await Promise.all([crews(), refusal()]);
  write([...outputFiles, ...beside.outputFiles, ...before.outputFiles], startedAt);
  writeManPage(root);
  writeHelpPages(root);
  writeDefinitions(root);
  writeFileSync(join(root, 'THIRD-PARTY-LICENSES'), thirdPartyLicenses(root, metafile));
}
