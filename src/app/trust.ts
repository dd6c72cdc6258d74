import { join } from 'node:path';
import { canonicalJson } from '../base/canonical.ts';
import type { Json } from '../base/canonical.ts';
import { sha256Hex } from '../base/hash.ts';
import { Problem } from '../base/problem.ts';
import type { Definitions } from '../engine/world.ts';
import type { Files } from '../io/files.ts';
import { StorageError } from '../io/storage.ts';
import { limits } from '../model/limits.ts';

/**
 * A workspace says which address gets which of the user's secrets, and which programs run. A folder that merely lies where
 * somebody stands must not be able to, so one outside the data folder is trusted by name and content first, and a changed file
 * asks again. What an incident froze is trusted for as long as it lives, wherever it is gone on with: it is known by its hash.
 */

type Pinned = Readonly<{
  /** Hash of the files, by folder. */
  workspaces: Readonly<Record<string, string>>;
  /** Hashes of connectors and recipes as they were read from a trusted folder. */
  definitions: readonly string[];
}>;

const trustPath = (home: string): string => join(home, 'trust.json');

/** Everything in a workspace that can name a program, an address or a secret. */
const contentSha256 = (files: Files, workspace: string): string => {
  const recipes = files
    .list(join(workspace, 'connectors'))
    .filter((entry) => entry.name.endsWith('.yaml'))
    .map((entry) => join('connectors', entry.name));
  const texts = ['firebreak.yaml', ...recipes].map(
    (name) => `${name}\0${sha256Hex(files.readText(join(workspace, name), limits.yamlBytesMax))}`,
  );
  return sha256Hex(texts.join('\n'));
};

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** A file that cannot be read as what was written trusts nothing. */
const read = (files: Files, home: string): Pinned => {
  const none: Pinned = { workspaces: {}, definitions: [] };
  if (!files.exists(trustPath(home))) return none;
  const text = files.readPrivate(trustPath(home), 4 * 1024 * 1024);
  try {
    const { workspaces, definitions } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const named = workspaces !== null && typeof workspaces === 'object' ? Object.entries(workspaces) : [];
    return {
      workspaces: Object.fromEntries(named.filter(([, sha256]) => typeof sha256 === 'string')),
      definitions: strings(definitions),
    };
  } catch {
    return none;
  }
};

const write = (files: Files, home: string, pinned: Pinned): void =>
  files.writeAtomic(trustPath(home), JSON.stringify(pinned, null, 2));

export const isTrusted = (files: Files, home: string, workspace: string): boolean => {
  if (workspace === join(home, 'workspace')) return true;
  const { workspaces } = read(files, home);
  try {
    return Object.hasOwn(workspaces, workspace) && workspaces[workspace] === contentSha256(files, workspace);
  } catch (error) {
    // A file of it that is no text, or too long: the catalog says so, and nothing of it is trusted.
    if (error instanceof StorageError) return false;
    throw error;
  }
};

export const trust = (
  files: Files,
  home: string,
  workspace: string | null,
): Readonly<{ workspace: string; sha256: string }> => {
  if (workspace === null)
    throw new Problem('not-found', { what: 'workspace', id: 'firebreak.yaml in this folder' });
  const sha256 = contentSha256(files, workspace);
  const before = read(files, home);
  write(files, home, { ...before, workspaces: { ...before.workspaces, [workspace]: sha256 } });
  return { workspace, sha256 };
};

type Reaching = Pick<Definitions, 'company' | 'recipes'>;

const reachSha256 = ({ company, recipes }: Reaching): string => {
  const reaching = { connectors: company.connectors, recipes: Object.fromEntries(recipes) };
  return sha256Hex(canonicalJson(JSON.parse(JSON.stringify(reaching)) as Json));
};

/** What an incident may reach: asked at every door, of the definitions that it was declared with. */
export interface Guard {
  allows(definitions: Reaching): Promise<boolean>;
  /** Called with what was read from the workspace in use, before an incident can freeze it. */
  learn(definitions: Reaching): void;
}

export type GuardParts = Readonly<{
  files: Files;
  home: string;
  workspace: string | null;
  /** Reads the workspace in use, and calls `learn` with it. */
  readAgain: () => Promise<unknown>;
}>;

export const makeGuard = ({ files, home, workspace, readAgain }: GuardParts): Guard => {
  const known = new Set<string>();
  const allowed = (sha256: string): boolean =>
    known.has(sha256) || read(files, home).definitions.includes(sha256);
  return {
    learn(definitions) {
      if (workspace === null || !isTrusted(files, home, workspace)) return;
      const sha256 = reachSha256(definitions);
      if (allowed(sha256)) return;
      known.add(sha256);
      try {
        const before = read(files, home);
        write(files, home, { ...before, definitions: [...before.definitions, sha256] });
      } catch (error) {
        // A full disk must not stop this process from acting; the next one asks again.
        if (!(error instanceof StorageError)) throw error;
      }
    },
    async allows(definitions) {
      // Nothing is configured, so nothing can be reached.
      if (Object.keys(definitions.company.connectors).length === 0) return true;
      const sha256 = reachSha256(definitions);
      if (allowed(sha256)) return true;
      if (workspace === null || !isTrusted(files, home, workspace)) return false;
      await readAgain();
      return allowed(sha256);
    },
  };
};
