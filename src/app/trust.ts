import { join } from 'node:path';
import type { Json } from '../base/canonical.ts';
import { sha256Hex } from '../base/hash.ts';
import { Problem } from '../base/problem.ts';
import type { Catalog } from '../catalog/catalog.ts';
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
  /** Hashes of connectors, places and recipes as they were read from a trusted folder. */
  definitions: readonly string[];
}>;

const trustPath = (home: string): string => join(home, 'trust.json');

/** Everything in a workspace that can name a program, an address or a secret: texts by path. */
const contentOf = (files: Files, workspace: string): ReadonlyMap<string, string> => {
  const recipes = files
    .list(join(workspace, 'connectors'))
    .filter((entry) => entry.name.endsWith('.yaml'))
    .map((entry) => join('connectors', entry.name));
  return new Map(
    ['firebreak.yaml', ...recipes].map((name) => [
      name,
      files.readText(join(workspace, name), limits.yamlBytesMax),
    ]),
  );
};

const contentSha256 = (content: ReadonlyMap<string, string>): string =>
  sha256Hex([...content].map(([name, text]) => `${name}\0${sha256Hex(text)}`).join('\n'));

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** A file that cannot be read as what was written trusts nothing. */
const readPinned = (files: Files, home: string): Pinned => {
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

/** What the folder holds now, where that is what a person has trusted; else null. */
const trustedContent = (
  files: Files,
  home: string,
  workspace: string,
): ReadonlyMap<string, string> | null => {
  const { workspaces } = readPinned(files, home);
  try {
    const content = contentOf(files, workspace);
    if (workspace === join(home, 'workspace')) return content;
    const pinned = Object.hasOwn(workspaces, workspace) ? workspaces[workspace] : undefined;
    return pinned === contentSha256(content) ? content : null;
  } catch (error) {
    // A file of it that is no text, or too long: the catalog says so, and nothing of it is trusted.
    if (error instanceof StorageError) return null;
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
  const sha256 = contentSha256(contentOf(files, workspace));
  const before = readPinned(files, home);
  write(files, home, { ...before, workspaces: { ...before.workspaces, [workspace]: sha256 } });
  return { workspace, sha256 };
};

type Reaching = Pick<Definitions, 'company' | 'recipes'>;
type Read = Pick<Catalog, 'company' | 'recipes'>;

const reachSha256 = ({ company, recipes }: Reaching): string => {
  const { alerts, anchors, backup, bulletin, connectors, places, ship } = company;
  const reaching = {
    connectors,
    recipes: Object.fromEntries(recipes),
    ...(anchors === undefined ? {} : { anchors }),
    ...(alerts === undefined ? {} : { alerts }),
    ...(bulletin === undefined ? {} : { bulletin }),
    ...(ship === undefined ? {} : { ship }),
    ...(backup === undefined ? {} : { backup }),
    ...(places === undefined ? {} : { places }),
  };
  // As an incident freezes it, whatever is wrong with a recipe.
  return sha256Hex(JSON.stringify(reaching));
};

/** Whether definitions are what these texts say: a folder that somebody writes to may have changed between two readings. */
const saysSo = async (content: ReadonlyMap<string, string>, { company, recipes }: Read): Promise<boolean> => {
  // Loaded late: whoever gets here has read the catalog with it.
  const { parseYaml } = await import('../catalog/yaml.ts');
  const same = ([id, value]: readonly [string, Json]): boolean => {
    const parsed = parseYaml(id, content.get(join('connectors', `${id}.yaml`)) ?? '');
    return parsed.ok && JSON.stringify(parsed.yaml.value) === JSON.stringify(value);
  };
  return company.sha256 === sha256Hex(content.get('firebreak.yaml') ?? '') && [...recipes].every(same);
};

/** What an incident may reach: asked at every door, of the definitions that it was declared with. */
export interface Guard {
  allows(definitions: Reaching): Promise<boolean>;
  /** Called with what was read from the workspace in use, before an incident can freeze it. */
  learn(read: Read): Promise<void>;
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
    known.has(sha256) || readPinned(files, home).definitions.includes(sha256);
  return {
    async learn(from) {
      const content = workspace === null ? null : trustedContent(files, home, workspace);
      if (content === null || !(await saysSo(content, from))) return;
      const sha256 = reachSha256({ company: from.company.value, recipes: from.recipes });
      if (allowed(sha256)) return;
      known.add(sha256);
      try {
        const before = readPinned(files, home);
        write(files, home, { ...before, definitions: [...before.definitions, sha256] });
      } catch (error) {
        // A full disk must not stop this process from acting; the next one asks again.
        if (!(error instanceof StorageError)) throw error;
      }
    },
    async allows(definitions) {
      // Nothing is configured, so nothing can be reached.
      const {
        alerts = {},
        anchors = {},
        backup,
        bulletin = {},
        connectors,
        places = {},
        ship = {},
      } = definitions.company;
      if (
        Object.keys({ ...connectors, ...alerts, ...bulletin, ...anchors, ...places, ...ship }).length === 0 &&
        backup === undefined
      )
        return true;
      const sha256 = reachSha256(definitions);
      if (allowed(sha256)) return true;
      if (workspace === null || trustedContent(files, home, workspace) === null) return false;
      await readAgain();
      return allowed(sha256);
    },
  };
};
