import { dirname, join } from 'node:path';
import { sha256Hex } from '../base/hash.ts';
import { Problem } from '../base/problem.ts';
import { readPack, walkPack } from '../catalog/pack/check.ts';
import type { PackContent } from '../catalog/pack/check.ts';
import { LOCK, lockText, locked } from '../catalog/pack/lock.ts';
import { MANIFEST, SIGNATURE, manifestText, readManifest, refusedPath } from '../catalog/pack/manifest.ts';
import { PACKS, readLock } from '../catalog/pack/packs.ts';
import { parseSigners, signedBy } from '../catalog/pack/signers.ts';
import { StorageError } from '../io/storage.ts';
import type { Files } from '../io/files.ts';
import { limits } from '../model/limits.ts';
import type { Base } from './base.ts';
import { paths } from './base.ts';
import type { PackDoor, PackReport } from './contract.ts';

/** Runbooks and letters that somebody else wrote: looked at, added to the workspace by their hash, written for others. */

/** Lines as in `allowed_signers`, kept with the data; none where the file is not there. */
export const packSigners = (files: Files, home: string): string => {
  const path = paths(home).packSigners;
  return files.exists(path) ? files.readText(path, limits.yamlBytesMax) : '';
};

/** `learn` gives the signers that the workspace's own firebreak.yaml names. */
export const packDoor = (base: Base, learn: () => Promise<readonly string[]>): PackDoor => {
  const { files } = base;
  const report = async (content: PackContent): Promise<PackReport> => {
    const signers = parseSigners([packSigners(files, base.home), ...(await learn())].join('\n'));
    const signed = signedBy(content, signers);
    const { name, version, files: named } = content.manifest;
    return {
      name,
      version,
      sha256: content.sha256,
      signer: signed.signer,
      why: signed.signer === null ? signed.why : '',
      files: Object.keys(named).sort(),
    };
  };
  return {
    packCheck: async (path) => await report(whole(files, path)),
    packAdd: async (path) => {
      const content = whole(files, path);
      copy(files, workspaceOf(base), content);
      return await report(content);
    },
    packWrite: (path, name, version) => write(files, path, { name, version }),
    packs: async () => {
      const { workspace } = base;
      if (workspace === null) return [];
      const folders = files.list(join(workspace, PACKS)).filter(({ kind }) => kind === 'folder');
      const read = folders.map(({ name }) => readPack(files, join(workspace, PACKS, name)));
      return await Promise.all(read.flatMap((one) => (one.ok ? [report(one.content)] : [])));
    },
  };
};

/** @throws Problem `invalid-file`, `not-found` */
const whole = (files: Files, path: string): PackContent => {
  const kind = files.info(path)?.kind;
  if (kind === undefined) throw new Problem('not-found', { what: 'folder', id: path });
  if (kind !== 'folder')
    throw new Problem('invalid-file', {
      file: path,
      why: 'a pack is a folder: a link is not followed and an archive is not opened',
    });
  const read = readPack(files, path);
  if (!read.ok) throw new Problem('invalid-file', { file: path, why: read.why.slice(0, 20).join('; ') });
  return read.content;
};

const workspaceOf = ({ workspace }: Base): string => {
  if (workspace === null)
    throw new Problem('usage', { why: 'packs are added to a workspace: make one with firebreak init' });
  return workspace;
};

/** The lock is written last: a copy that was cut short is not the pack that the lock names, and gives nothing. */
const copy = (files: Files, workspace: string, content: PackContent): void => {
  const lock = readLock(files, workspace);
  if (lock === null)
    throw new Problem('invalid-file', { file: LOCK, why: 'it cannot be read: correct or remove it' });
  const folder = join(workspace, PACKS, content.manifest.name);
  if (files.info(join(workspace, PACKS))?.kind === 'link')
    throw new Problem('invalid-file', { file: PACKS, why: 'it is a link' });
  files.removeTree(folder);
  files.privateDir(folder);
  for (const [path, bytes] of content.files) {
    files.privateDir(dirname(join(folder, path)));
    files.writeAtomic(join(folder, path), bytes);
  }
  files.writeAtomic(join(folder, MANIFEST), content.text);
  if (content.signature !== null)
    files.writeAtomic(join(folder, SIGNATURE), Buffer.from(content.signature, 'latin1'));
  files.writeAtomic(join(workspace, LOCK), lockText(locked(lock, content)));
};

/** Names every file of a folder with its hash. @throws Problem `invalid-file` for what cannot be in a pack */
const write = (
  files: Files,
  path: string,
  about: Readonly<{ name: string; version: string }>,
): Readonly<{ path: string; sha256: string }> => {
  const walked = walkPack(files, path);
  const named = walked.paths.filter((one) => one !== MANIFEST && one !== SIGNATURE);
  const why = [
    ...walked.why,
    ...named.flatMap((one) =>
      [refusedPath(one)].flatMap((words) => (words === null ? [] : [`${one}: ${words}`])),
    ),
    ...(named.length === 0 ? ['it holds no file'] : []),
  ];
  if (why.length > 0) throw new Problem('invalid-file', { file: path, why: why.slice(0, 20).join('; ') });
  const entries = named.map((one) => {
    const bytes = files.readBytes(join(path, one), limits.yamlBytesMax);
    return [one, { sha256: sha256Hex(bytes), size: bytes.byteLength }] as const;
  });
  const text = manifestText({ schema: 'firebreak.pack/v1', ...about, files: Object.fromEntries(entries) });
  const read = readManifest(Buffer.from(text));
  if (Array.isArray(read)) throw new Problem('usage', { why: read.join('; ') });
  try {
    files.remove(join(path, SIGNATURE));
    files.writeAtomic(join(path, MANIFEST), text);
  } catch (error) {
    if (error instanceof StorageError) throw new Problem('invalid-file', { file: path, why: error.message });
    throw error;
  }
  return { path: join(path, MANIFEST), sha256: sha256Hex(text) };
};
