import { join } from 'node:path';
import { sha256Hex } from '../../base/hash.ts';
import type { Files } from '../../io/files.ts';
import { StorageError } from '../../io/storage.ts';
import { limits } from '../../model/limits.ts';
import { MANIFEST, SIGNATURE, collisions, manifestText, readManifest, refusedPath } from './manifest.ts';
import type { Manifest } from './manifest.ts';

export type PackFiles = Pick<Files, 'list' | 'readBytes'>;

/** A pack as it was read, once: what is used later is these bytes, not the folder. */
export type PackContent = Readonly<{
  manifest: Manifest;
  /** The manifest as it is signed. */
  text: string;
  /** Of the manifest, 64 hex digits: what the pack is known by. */
  sha256: string;
  signature: string | null;
  files: ReadonlyMap<string, Uint8Array>;
}>;

export type PackRead =
  | Readonly<{ ok: true; content: PackContent }>
  | Readonly<{ ok: false; why: readonly string[] }>;

const DEPTH_MAX = 4;

type Walked = Readonly<{ paths: readonly string[]; why: readonly string[] }>;

/** Names of all files in a folder, without following or opening anything; stops at the first thing that is too much. */
export const walkPack = (files: PackFiles, root: string): Walked => {
  const paths: string[] = [];
  const why: string[] = [];
  let bytes = 0;
  const visit = (folder: string, depth: number): boolean =>
    files.list(join(root, folder)).every((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.kind === 'folder') {
        if (depth < DEPTH_MAX) return visit(path, depth + 1);
        why.push(`${path} lies deeper than ${DEPTH_MAX} folders`);
        return false;
      }
      if (entry.kind !== 'file')
        why.push(`${path} is a ${entry.kind === 'link' ? 'link' : 'device or pipe'}`);
      paths.push(path);
      bytes += entry.bytes;
      if (paths.length > limits.packFilesMax) why.push(`it has more than ${limits.packFilesMax} files`);
      if (bytes > limits.packBytesMax) why.push(`it is larger than ${limits.packBytesMax / 2 ** 20} MiB`);
      return paths.length <= limits.packFilesMax && bytes <= limits.packBytesMax;
    });
  visit('', 1);
  return { paths, why };
};

/** Reads a pack and compares each file with the manifest; whatever is wrong is told at once and nothing is thrown. */
export const readPack = (files: PackFiles, root: string): PackRead => {
  try {
    return read(files, root);
  } catch (error) {
    if (error instanceof StorageError) return { ok: false, why: [error.message] };
    throw error;
  }
};

const read = (files: PackFiles, root: string): PackRead => {
  const walked = walkPack(files, root);
  if (walked.why.length > 0) return { ok: false, why: walked.why };
  if (!walked.paths.includes(MANIFEST)) return { ok: false, why: [`it has no ${MANIFEST}`] };
  const bytes = files.readBytes(join(root, MANIFEST), limits.yamlBytesMax);
  const manifest = readManifest(bytes);
  if (isFault(manifest)) return { ok: false, why: manifest.map((one) => `${MANIFEST}: ${one}`) };
  const named = Object.keys(manifest.files);
  const present = walked.paths.filter((path) => path !== MANIFEST && path !== SIGNATURE);
  const why = [
    ...named.flatMap((path) =>
      [refusedPath(path)].flatMap((one) => (one === null ? [] : [`${path}: ${one}`])),
    ),
    ...collisions(named),
    ...present.filter((path) => !named.includes(path)).map((path) => `${path} is not in the manifest`),
    ...named.filter((path) => !present.includes(path)).map((path) => `${path} is missing`),
  ];
  // Nothing is opened by a name that was refused.
  if (why.length > 0) return { ok: false, why };
  const contents = new Map(
    named.map((path) => [path, files.readBytes(join(root, path), limits.yamlBytesMax)]),
  );
  const changed = named.filter((path) => !fits(manifest, path, contents.get(path)));
  if (changed.length > 0)
    return { ok: false, why: changed.map((path) => `${path} is not what the manifest says`) };
  const signature = walked.paths.includes(SIGNATURE)
    ? Buffer.from(files.readBytes(join(root, SIGNATURE), limits.yamlBytesMax)).toString('latin1')
    : null;
  return {
    ok: true,
    content: { manifest, text: manifestText(manifest), sha256: sha256Hex(bytes), signature, files: contents },
  };
};

const isFault = (found: Manifest | readonly string[]): found is readonly string[] => Array.isArray(found);

const fits = (manifest: Manifest, path: string, bytes: Uint8Array | undefined): boolean => {
  const wanted = manifest.files[path];
  return (
    bytes !== undefined &&
    wanted !== undefined &&
    bytes.byteLength === wanted.size &&
    sha256Hex(bytes) === wanted.sha256
  );
};
