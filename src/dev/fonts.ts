import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '../base/hash.ts';
import { FACES, PACKAGES, sourceText, type Face } from './fonts/faces.ts';
import { charactersOf, fontOf, nameOf, nameTable, tablesOf } from './fonts/sfnt.ts';

// Cuts the fonts of the letters out of published ones, and writes down which characters each has: `npm run fonts`. What it reads is
// pinned by version and hash, so the same fonts come out on every machine. They are kept in the repository, so few will run it.

type Subset = (
  font: Buffer,
  text: string,
  options: Readonly<{ targetFormat: 'sfnt'; noHinting: boolean; keepFeatures: readonly string[] }>,
) => Promise<Buffer>;

/** What shapes a text. Small capitals, old figures and the like are never asked for. */
const FEATURES =
  'calt ccmp cjct curs fina fin2 fin3 init isol liga locl mark medi med2 mkmk rclt rlig rtla kern'.split(' ');

const folder = join(import.meta.dirname, '../letters/papers/fonts');
const work = mkdtempSync(join(tmpdir(), 'firebreak-fonts-'));

async function cut(face: Face, subset: Subset): Promise<Readonly<{ font: Buffer; license: string }>> {
  const source = readFileSync(join(work, 'node_modules', face.path));
  if (sha256Hex(source) !== face.sha256) throw new Error(`${face.path} is not the file it was`);
  const small = await subset(source, sourceText(face), {
    targetFormat: 'sfnt',
    noHinting: true,
    keepFeatures: FEATURES,
  });
  const style = face.bold ? 'Bold' : 'Regular';
  // A name of its own: a font of the system with the same name and other glyphs must not take its place.
  const names = new Map([
    [0, nameOf(source, 0)],
    [1, face.family],
    [2, style],
    [3, `${face.family} ${style}, cut from ${nameOf(source, 4)} ${nameOf(source, 5)}`],
    [4, `${face.family} ${style}`],
    [5, nameOf(source, 5)],
    [6, `${face.family.replaceAll(' ', '')}-${style}`],
    [13, nameOf(source, 13)],
    [14, nameOf(source, 14)],
  ]);
  const tables = tablesOf(small).filter(({ tag }) => tag !== 'name');
  const license = readFileSync(join(work, 'node_modules', face.license), 'utf8').trim();
  return { font: fontOf([...tables, nameTable(names)]), license };
}

const rangesOf = (points: readonly number[]): readonly (readonly [number, number])[] => {
  const ranges: [number, number][] = [];
  for (const point of points) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === point - 1) last[1] = point;
    else ranges.push([point, point]);
  }
  return ranges;
};

/** Gaps and lengths in base 36, in one line: a table a screen long would be read by nobody. */
const packed = (points: readonly number[]): string => {
  let at = 0;
  return rangesOf(points)
    .map(([from, to]) => {
      const gap = from - at;
      at = to;
      return to === from ? gap.toString(36) : `${gap.toString(36)}-${(to - from).toString(36)}`;
    })
    .join(' ');
};

try {
  writeFileSync(join(work, 'package.json'), '{"private":true}');
  const pinned = Object.entries(PACKAGES).map(([name, version]) => `${name}@${version}`);
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--silent', ...pinned], {
    cwd: work,
    stdio: 'inherit',
  });
  const subset = createRequire(join(work, 'package.json'))('subset-font') as Subset;
  mkdirSync(folder, { recursive: true });
  const characters = new Map<string, readonly number[]>();
  const licenses = new Map<string, string[]>();
  for (const face of FACES) {
    const { font, license } = await cut(face, subset);
    const file = `${face.family.replaceAll(' ', '')}-${face.bold ? 'Bold' : 'Regular'}.ttf`;
    writeFileSync(join(folder, file), font);
    const before = characters.get(face.family);
    const own = new Set(charactersOf(font));
    // Bold words are set with the same family: only what both have can be set in either.
    characters.set(face.family, before === undefined ? [...own] : before.filter((point) => own.has(point)));
    licenses.set(license, [...(licenses.get(license) ?? []), file]);
    console.log(`${file} ${Math.round(font.length / 1024)} KiB, ${own.size} characters`);
  }
  const rows = [...characters].map(([family, points]) => `  ['${family}', '${packed(points)}'],`);
  writeFileSync(
    join(folder, '../characters.ts'),
    `// Written by \`npm run fonts\`: which characters each font has, by the gap to the one before and how many follow, in base 36.\n` +
      `export const CHARACTERS: readonly (readonly [family: string, ranges: string])[] = [\n${rows.join('\n')}\n];\n`,
  );
  const texts = [...licenses].map(
    ([text, names]) => `${names.join(', ')}\ncut from published fonts and renamed\n\n${text}\n`,
  );
  writeFileSync(join(folder, 'LICENSE'), texts.join(`\n${'-'.repeat(80)}\n\n`));
} finally {
  rmSync(work, { recursive: true, force: true });
}
