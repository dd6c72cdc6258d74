import { canonicalJson, type JsonObject } from '../../base/canonical.ts';
import { utf8 } from '../../base/hash.ts';
import { parseVkey, type Signer } from '../../journal/checkpoint.ts';
import { openEnvelope, sealEnvelope } from '../../journal/dsse.ts';
import type { BundleSource } from './contents.ts';
import { underRoot } from './names.ts';

/** The signed list of what a bundle holds beside what its checkpoint covers: name and SHA-256 in hex. */
export type Listed = Readonly<Record<string, string>>;

const TYPE = 'application/vnd.firebreak.bundle+json';

export function sealManifest(
  files: Listed,
  { origin, incident, drill, size, vkey }: BundleSource,
  signer: Pick<Signer, 'sign'>,
): string {
  const payload = canonicalJson({
    drill,
    files: files as JsonObject,
    incident,
    origin,
    size,
    under_root: [...underRoot],
    v: 1,
    vkey,
  });
  return sealEnvelope(TYPE, utf8(payload), { keyid: parseVkey(vkey)?.id ?? '', signer });
}

/** What the manifest lists, or why it cannot be relied on. It must be about this very journal at this very size. */
export function openManifest(
  text: string,
  { origin, incident, drill, size, vkey, publicKey }: BundleSource,
): Listed | string {
  const payload = openEnvelope(text, TYPE, publicKey);
  if (payload === null) return 'is not signed with the key of this journal';
  const body = Buffer.from(payload).toString('utf8');
  const found = record(parse(body));
  const files = record(found?.['files']);
  if (found === null || files === null || canonical(found) !== body)
    return 'is not in the form of a manifest';
  if (!text.includes(`"keyid":"${parseVkey(vkey)?.id ?? ''}"`))
    return 'names another key than the one that signed it';
  const about = { drill, incident, origin, size, under_root: [...underRoot], v: 1, vkey };
  for (const [key, value] of Object.entries(about)) {
    if (JSON.stringify(found[key]) !== JSON.stringify(value)) return `says another ${key} than the journal`;
  }
  return Object.fromEntries(Object.entries(files).map(([name, hash]) => [name, String(hash)]));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function canonical(value: Readonly<Record<string, unknown>>): string | null {
  try {
    return canonicalJson(value as JsonObject);
  } catch {
    return null;
  }
}

const record = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : null;
