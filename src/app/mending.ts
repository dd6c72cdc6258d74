import { isAbsolute, join, relative } from 'node:path';
import { Problem } from '../base/problem.ts';
import type { Issue } from '../base/problem.ts';
import { isMendable, mendedText } from '../catalog/mend.ts';
import { limits } from '../model/limits.ts';
import type { AuthoringDoor, Mended } from './authoring-contract.ts';
import type { Base } from './base.ts';
import { lintOf } from './knowledge.ts';
import type { Knowledge } from './knowledge.ts';

const COPY_FIRST = 'take it over first: firebreak runbook new ID --from RUNBOOK';

export const mend = async (
  base: Base,
  known: Knowledge,
  path: string | null,
): ReturnType<AuthoringDoor['mend']> => {
  const { workspace, files } = base;
  if (workspace === null)
    throw new Problem('usage', {
      why: 'there is no workspace here, and built-in files are never changed',
      next: 'firebreak init writes one',
    });
  refuseBuiltIn(base, workspace, path);
  const mended: Mended[] = [];
  for (const [file, issues] of byFile(issuesAt(base, known, workspace, path))) {
    const at = join(workspace, file);
    if (!files.exists(at)) continue;
    const text = files.readText(at, limits.yamlBytesMax);
    const result = mendedText(file, text, issues);
    if (result.mended.length === 0) continue;
    files.writeAtomic(at, result.text);
    mended.push(...result.mended.map(({ line, col, fix }) => ({ file, line, col, ...fix })));
  }
  const catalog = mended.length === 0 ? known.catalog : await base.readCatalog(workspace, true);
  return { mended, issues: issuesAt(base, { ...known, catalog }, workspace, path) };
};

const issuesAt = (
  { packageRoot, files }: Base,
  known: Knowledge,
  workspace: string,
  path: string | null,
): readonly Issue[] =>
  path === null ? known.catalog.issues : lintOf(known, [packageRoot, workspace], path, files.exists(path));

const byFile = (issues: readonly Issue[]): ReadonlyMap<string, readonly Issue[]> =>
  Map.groupBy(issues.filter(isMendable), ({ file }) => file);

const lies = (root: string, path: string): boolean => {
  const way = relative(root, path);
  return !way.startsWith('..') && !isAbsolute(way);
};

/** By its path, or by the name of a runbook that the team has none of; a broken one of theirs is theirs all the same. */
const refuseBuiltIn = ({ packageRoot, files }: Base, workspace: string, path: string | null): void => {
  if (path === null) return;
  const own = isAbsolute(path)
    ? lies(workspace, path) || !lies(packageRoot, path)
    : files.exists(join(workspace, 'runbooks', path));
  if (!own)
    throw new Problem('usage', {
      why: `${path} is not the team's own, so it is not changed`,
      next: COPY_FIRST,
    });
};
