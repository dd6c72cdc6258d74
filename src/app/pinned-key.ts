import { Problem } from '../base/problem.ts';
import type { Files } from '../io/files.ts';
import { formatVkey, parseVkey } from '../journal/checkpoint.ts';
import { parsePublicPem } from '../journal/pem.ts';

/** The key that must have signed the log of that name, as a vkey; null where nobody named one. */
export type PinnedKey = (origin: string) => string | null;

const MAX_KEY_BYTES = 4096;

/**
 * A public key as a stranger got it: a vkey, or a file with one, or the `pub.pem` of a bundle.
 * @throws Problem `usage`
 */
export const pinnedKey = (files: Files, given: string | null): PinnedKey => {
  if (given === null) return () => null;
  const text =
    files.info(given)?.kind === 'file' ? files.readText(given, MAX_KEY_BYTES).trim() : given.trim();
  if (parseVkey(text)?.type === 1) return () => text;
  const key = parsePublicPem(text);
  if (key !== null) return (origin) => formatVkey(origin, key);
  throw new Problem('usage', {
    why: `${given} is no public key of a journal`,
    next: 'it is a line NAME+ID+KEY as "firebreak verify" prints it, a file with that line, or the pub.pem of a bundle',
  });
};
