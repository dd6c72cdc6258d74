import { join } from 'node:path';
import { sha256Hex } from '../base/hash.ts';
import { Problem } from '../base/problem.ts';
import type { Files } from '../io/files.ts';
import { limits } from '../model/limits.ts';

/**
 * A workspace can name commands to run: for secrets, and as recipes. A folder that merely lies where somebody stands must not
 * get them run, so one outside the data folder is trusted by name and content first; a changed file asks again.
 */

const trustPath = (home: string): string => join(home, 'trust.json');

/** Everything in a workspace that can name a command. */
const contentSha256 = (files: Files, workspace: string): string => {
  const recipes = files
    .list(join(workspace, 'connectors'))
    .filter((entry) => entry.kind === 'file' && entry.name.endsWith('.yaml'))
    .map((entry) => join('connectors', entry.name));
  const texts = ['firebreak.yaml', ...recipes].map(
    (name) => `${name}\0${sha256Hex(files.readText(join(workspace, name), limits.yamlBytesMax))}`,
  );
  return sha256Hex(texts.join('\n'));
};

type Trusted = Readonly<Record<string, string>>;

const read = (files: Files, home: string): Trusted =>
  files.exists(trustPath(home))
    ? (JSON.parse(files.readPrivate(trustPath(home), 1024 * 1024)) as Trusted)
    : {};

export const isTrusted = (files: Files, home: string, workspace: string | null): boolean => {
  if (workspace === null || workspace === join(home, 'workspace')) return true;
  return read(files, home)[workspace] === contentSha256(files, workspace);
};

export const trust = (
  files: Files,
  home: string,
  workspace: string | null,
): Readonly<{ workspace: string; sha256: string }> => {
  if (workspace === null)
    throw new Problem('not-found', { what: 'workspace', id: 'firebreak.yaml in this folder' });
  const sha256 = contentSha256(files, workspace);
  files.writeAtomic(trustPath(home), JSON.stringify({ ...read(files, home), [workspace]: sha256 }, null, 2));
  return { workspace, sha256 };
};
