import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

type Manifest = Readonly<{
  name: string;
  version: string;
  license?: string;
  author?: string | Readonly<{ name: string }>;
}>;
type Package = Readonly<{ name: string; version: string; license: string; text: string }>;

const LICENSE_FILE = /^(licen[cs]e|copying|notice)/i;
const RULE = '-'.repeat(80);

/** Folders of the packages that reached the bundle with at least one byte, sorted. */
export function bundledFolders(metafile: Metafile): readonly string[] {
  const folders = new Set<string>();
  for (const output of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0];
      if (bytesInOutput > 0 && folder !== undefined) folders.add(folder);
    }
  }
  return [...folders].toSorted();
}

/** The MIT license for a package that names it but forgot to publish its text. */
function mitText({ name, author }: Manifest): string {
  const holder = (typeof author === 'string' ? author : author?.name) ?? `the authors of ${name}`;
  return `Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation
the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and
to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of
the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER
DEALINGS IN THE SOFTWARE.`;
}

function readPackage(folder: string): Package {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const { name, version, license } = manifest;
  const texts = readdirSync(folder)
    .filter((file) => LICENSE_FILE.test(file) && !/\.(js|ts|json)$/.test(file))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (license === undefined || (texts.length === 0 && license !== 'MIT')) {
    throw new Error(`${folder}: comes without a license text, so it must not be bundled`);
  }
  return { name, version, license, text: texts.length === 0 ? mitText(manifest) : texts.join('\n\n') };
}

/** Of these no code is bundled, only data that were extracted from them. */
const EXTRACTED: readonly string[] = ['node_modules/date-holidays'];

/** Text of THIRD-PARTY-LICENSES: each bundled package with its version and its license in full. */
export function thirdPartyLicenses(root: string, metafile: Metafile): string {
  const packages = new Map<string, Package>();
  for (const folder of [...bundledFolders(metafile), ...EXTRACTED]) {
    const found = readPackage(join(root, folder));
    packages.set(`${found.name} ${found.version}`, found);
  }
  const sections = [...packages].map(
    ([title, { license, text }]) => `${RULE}\n${title} (${license})\n${RULE}\n\n${text}\n`,
  );
  const fonts = readFileSync(join(root, 'src/letters/papers/fonts/LICENSE'), 'utf8').trim();
  sections.push(`${RULE}\nFonts of the letters (OFL-1.1, Bitstream Vera)\n${RULE}\n\n${fonts}\n`);
  const head = 'firebreak contains code and fonts of the following packages, each under its own license.\n';
  return [head, ...sections].join('\n');
}
