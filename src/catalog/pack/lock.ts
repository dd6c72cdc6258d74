import { z } from 'zod';
import { parseJson } from '../../base/json.ts';
import { sha256Hex } from '../../base/hash.ts';
import { id, semver } from '../../model/fields.ts';
import type { PackContent } from './check.ts';

/** The packs that a person added to a workspace, each by the hash of its manifest and of its signature. */
export const LOCK = 'packs.lock.json';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const lockSchema = z.strictObject({
  schema: z.literal('firebreak.pack-lock/v1'),
  packs: z.record(id, z.strictObject({ version: semver, manifest: sha256, signature: sha256.nullable() })),
});
export type Lock = Readonly<z.infer<typeof lockSchema>>;

export const noLock: Lock = { schema: 'firebreak.pack-lock/v1', packs: {} };

/** Null for what is no lock: then no pack is one that somebody added. */
export const parseLock = (text: string): Lock | null => {
  try {
    return lockSchema.parse(parseJson(text));
  } catch {
    return null;
  }
};

export const lockText = (lock: Lock): string => `${JSON.stringify(lock, null, 2)}\n`;

const pinOf = ({ manifest, sha256: hash, signature }: PackContent): Lock['packs'][string] => ({
  version: manifest.version,
  manifest: hash,
  signature: signature === null ? null : sha256Hex(Buffer.from(signature, 'latin1')),
});

export const locked = (lock: Lock, content: PackContent): Lock => ({
  ...lock,
  packs: { ...lock.packs, [content.manifest.name]: pinOf(content) },
});

/** Whether it is, to the byte, what was added. */
export const isLocked = (lock: Lock, content: PackContent): boolean => {
  const pinned = Object.hasOwn(lock.packs, content.manifest.name)
    ? lock.packs[content.manifest.name]
    : undefined;
  const found = pinOf(content);
  return pinned !== undefined && pinned.manifest === found.manifest && pinned.signature === found.signature;
};
