import { sha256Hex } from '../../base/hash.ts';
import type { Archive } from '../../io/archive.ts';
import type { Signer } from '../../journal/checkpoint.ts';
import { logFiles, otherFiles, type BundleSource } from './contents.ts';
import { guide } from './guide.ts';
import { sealManifest } from './manifest.ts';
import { DATABASE, GUIDE, MANIFEST } from './names.ts';

/** The copy of the journal that goes along, and the SHA-256 of its bytes in hex. */
export type Database = Readonly<{ path: string; sha256: string }>;

/**
 * Writes a whole bundle. Everything in it follows from the journal at that moment, so the same journal gives the same bytes. One
 * file after the other is held in memory, never all of them.
 * @returns SHA-256 of the manifest, which covers the rest
 */
export function packBundle(
  source: BundleSource,
  database: Database,
  signer: Pick<Signer, 'sign'>,
  archive: Archive,
): string {
  const files: Record<string, string> = {};
  const list = (name: string, bytes: string | Uint8Array): void => {
    archive.put(name, bytes);
    files[name] = sha256Hex(bytes);
  };
  list(GUIDE, guide(source));
  for (const { name, bytes } of otherFiles(source)) list(name, bytes);
  archive.putFile(DATABASE, database.path);
  files[DATABASE] = database.sha256;
  const manifest = sealManifest(files, source, signer);
  archive.put(MANIFEST, manifest);
  for (const { name, bytes } of logFiles(source)) archive.put(name, bytes);
  return sha256Hex(manifest);
}
