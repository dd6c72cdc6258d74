import { join } from 'node:path';
import { StorageError } from '../../io/storage.ts';
import { limits } from '../../model/limits.ts';
import type { PackMark } from '../../model/plan.ts';
import type { Broken } from '../company.ts';
import { fileIssue, namesIn } from '../load.ts';
import type { Reader, Source } from '../load.ts';
import { readPack } from './check.ts';
import type { PackContent, PackFiles } from './check.ts';
import { isLocked, LOCK, noLock, parseLock } from './lock.ts';
import type { Lock } from './lock.ts';
import { signedBy } from './signers.ts';
import type { Signer } from './signers.ts';

/** Where a workspace keeps the packs it has added. */
export const PACKS = 'packs';

/** The packs of a workspace as sources of definitions. One that is not to the byte what was added gives nothing. */
export const readPacks = (
  files: Reader & PackFiles,
  workspace: string,
  signers: readonly Signer[],
): Readonly<{ sources: readonly Source[]; broken: readonly Broken[] }> => {
  const { names, issues } = namesIn(files, workspace, PACKS, 'folder');
  const sources: Source[] = [];
  const broken: Broken[] = issues.length === 0 ? [] : [{ kind: 'pack', id: PACKS, issues }];
  if (names.length === 0) return { sources, broken };
  const lock = readLock(files, workspace);
  for (const name of names) {
    const why = (words: readonly string[]): void =>
      void broken.push({
        kind: 'pack',
        id: name,
        issues: words.map((one) => fileIssue(`${PACKS}/${name}`, one)),
      });
    const read = readPack(files, join(workspace, PACKS, name));
    if (!read.ok) why(read.why);
    else if (read.content.manifest.name !== name)
      why([`its manifest says that it is ${read.content.manifest.name}`]);
    else if (lock === null) why([`${LOCK} cannot be read, so no pack counts as added`]);
    else if (!isLocked(lock, read.content))
      why([
        `it is not the pack that was added to ${LOCK}: look at it, then \`firebreak runbook pack add\` it again`,
      ]);
    else sources.push(sourceOf(read.content, signers));
  }
  return { sources, broken };
};

export const readLock = (files: Pick<Reader, 'readText'>, workspace: string): Lock | null => {
  try {
    return parseLock(files.readText(join(workspace, LOCK), limits.yamlBytesMax));
  } catch (error) {
    if (error instanceof StorageError) return error.code === 'missing' ? noLock : null;
    throw error;
  }
};

const markOf = (content: PackContent, signers: readonly Signer[]): PackMark => {
  const { name, version } = content.manifest;
  return { name, version, sha256: content.sha256, signer: signedBy(content, signers).signer };
};

const sourceOf = (content: PackContent, signers: readonly Signer[]): Source => ({
  root: '',
  origin: 'pack',
  pack: markOf(content, signers),
  reader: readerOf(content.files),
});

/** Reads what was checked, and never the folder again. */
const readerOf = (contents: PackContent['files']): Reader => ({
  readText: (path, maxBytes) => {
    const bytes = contents.get(path);
    if (bytes === undefined) throw new StorageError('missing', path, `${path} is not in the pack`);
    if (bytes.byteLength > maxBytes) throw new StorageError('too-large', path, `${path} is too large`);
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch (cause) {
      throw new StorageError('corrupt', path, `${path} is not UTF-8 text`, { cause });
    }
  },
  exists: (path) => contents.has(path),
  list: (path) => {
    const below = [...contents].filter(([name]) => name.startsWith(`${path}/`));
    const names = new Set(below.map(([name]) => name.slice(path.length + 1).split('/')[0] ?? ''));
    return [...names].toSorted().map((name) => {
      const bytes = contents.get(`${path}/${name}`);
      return {
        name,
        kind: bytes === undefined ? 'folder' : 'file',
        bytes: bytes?.byteLength ?? 0,
        mode: 0o600,
      };
    });
  },
});
