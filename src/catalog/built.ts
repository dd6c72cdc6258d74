import { join } from 'node:path';
import type { Json } from '../base/canonical.ts';
import type { Files } from '../io/files.ts';
import { StorageError } from '../io/storage.ts';

/**
 * What the build read in the program's own definitions (`src/dev/definitions.ts`). Parsing half a megabyte of YAML takes longer than
 * all else at a start, and gives the same each time; so a text that is, byte for byte, one that the build has read is not parsed again
 * unless the place of something in it is asked for. It is known by its hash: one that was changed since is read like any other.
 */
export type Built = Readonly<{
  value: Json;
  /** No word of it looks like a secret or like data of a person. */
  harmless: boolean;
}>;
export type BuiltBy = Readonly<{ built?: (sha256: string) => Built | undefined }>;

/** Below the package. */
export const BUILT_FILE = 'dist/definitions.json';
const BYTES_MAX = 8 * 2 ** 20;

/** As the build writes it: by the SHA-256 of the text. */
export type BuiltFile = Readonly<Record<string, Built>>;

/** None where the build left none: then everything is parsed. */
export function builtDefinitions(files: Pick<Files, 'readText'>, packageRoot: string): BuiltBy {
  try {
    const known = JSON.parse(files.readText(join(packageRoot, BUILT_FILE), BYTES_MAX)) as BuiltFile;
    return { built: (sha256) => (Object.hasOwn(known, sha256) ? known[sha256] : undefined) };
  } catch (error) {
    if (error instanceof StorageError || error instanceof SyntaxError) return {};
    throw error;
  }
}
