import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

type Package = Readonly<{ name: string; version: string; license: string; texts: readonly string[] }>;

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

function readPackage(folder: string): Package {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
  };
  if (license === undefined) throw new Error(`${folder}: names no license, so it must not be bundled`);
  const texts = readdirSync(folder)
    .filter((file) => LICENSE_FILE.test(file) && !/\.(js|ts|json)$/.test(file))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return { name, version, license, texts };
}

/** Text of THIRD-PARTY-LICENSES: each bundled package with its version and its license in full. */
export function thirdPartyLicenses(root: string, metafile: Metafile): string {
  const packages = new Map<string, Package>();
  for (const folder of bundledFolders(metafile)) {
    const found = readPackage(existsSync(folder) ? folder : join(root, folder));
    packages.set(`${found.name} ${found.version}`, found);
  }
  const sections = [...packages.values()].map(({ name, version, license, texts }) => {
    const body = texts.length === 0 ? 'The package carries no license text of its own.' : texts.join('\n\n');
    return `${RULE}\n${name} ${version} (${license})\n${RULE}\n\n${body}\n`;
  });
  const head = 'firebreak contains code of the following packages, each under its own license.\n';
  return [head, ...sections].join('\n');
}
