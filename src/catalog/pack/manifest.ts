import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { canonicalJson } from '../../base/canonical.ts';
import { sameNameKey } from '../../base/file-name.ts';
import { parseJson } from '../../base/json.ts';
import { id, semver } from '../../model/fields.ts';

/**
 * A pack is a folder of runbooks and letters that somebody else wrote: data, and a manifest that names every file with its
 * hash. What is signed is the manifest, byte for byte: canonical JSON, so that there is one text of it.
 */
export const MANIFEST = 'pack.json';
export const SIGNATURE = 'pack.json.sig';

/** Of `ssh-keygen -Y sign -n`: a signature made for anything else does not fit. */
export const PACK_NAMESPACE = 'firebreak-pack';

const manifestSchema = z.strictObject({
  schema: z.literal('firebreak.pack/v1'),
  name: id,
  version: semver,
  files: z.record(
    z.string(),
    z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/), size: z.number().int().min(0) }),
  ),
});
export type Manifest = Readonly<z.infer<typeof manifestSchema>>;

export const manifestText = (manifest: Manifest): string => canonicalJson(manifest);

const NAME = '[a-z0-9]+(?:-[a-z0-9]+)*';
/** Everything that a pack can hold. Whatever is not one of these is not data of ours. */
const DATA = new RegExp(
  `^(?:runbooks/${NAME}/(?:runbook|drill)\\.yaml|templates/${NAME}/(?:(?:letter|sample)\\.yaml|${NAME}\\.hbs)|README\\.md|LICENSE)$`,
);

/** Why a file of this path cannot be in a pack; null where it can. */
export const refusedPath = (path: string): string | null => {
  if (DATA.test(path)) return null;
  if (path.startsWith('/') || /^[A-Za-z]:|\\/.test(path)) return 'the path is not inside the pack';
  if (path.split('/').some((part) => part === '..' || part === '.' || part === ''))
    return 'the path leads elsewhere';
  if (/^(?:connectors|simulators)\//.test(path))
    return "a recipe says what is called and run: it belongs in the workspace's own connectors/, never in a pack";
  return 'a pack holds runbooks/<id>/{runbook,drill}.yaml, templates/<id>/{letter.yaml,sample.yaml,<lang>.hbs}, README.md and LICENSE';
};

/** The manifest in these bytes, or why they are none. */
export const readManifest = (bytes: Uint8Array): Manifest | readonly string[] => {
  if (!isUtf8(bytes)) return ['it is not text in UTF-8'];
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let json: unknown;
  try {
    json = parseJson(text);
  } catch {
    return ['it is not JSON'];
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) return parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const manifest = parsed.data;
  if (manifestText(manifest) !== text)
    return ['it is not in canonical form (RFC 8785): write it with `firebreak runbook pack write`'];
  return manifest;
};

/** Names that some file system takes for one: which of the two would be read is nobody's choice. */
export const collisions = (paths: readonly string[]): readonly string[] => {
  const seen = new Map<string, string>();
  return paths.flatMap((path) => {
    const other = seen.get(sameNameKey(path));
    seen.set(sameNameKey(path), path);
    return other === undefined ? [] : [`${path} and ${other} are one name to some file systems`];
  });
};
