import { formatLocal } from '../base/instant.ts';
import type { Issue } from '../base/problem.ts';
import { lintDrilled } from '../catalog/lint/drilled.ts';
import type { AuthoringDoor } from './authoring-contract.ts';
import type { Base } from './base.ts';
import type { Knowledge } from './knowledge.ts';
import { lintOf } from './knowledge.ts';
import { mend } from './mending.ts';
import { newRunbook } from './new-runbook.ts';
import { copyFile, writeCopy } from './paper-copy.ts';
import { readDrills } from './programme.ts';
import type { Shelf } from './shelf.ts';

/** Writing runbooks: nothing of it touches an incident. */
export const authoringDoor = async (base: Base, shelf: Shelf): Promise<AuthoringDoor> => {
  const known = await shelf.learn();
  const roots = [base.packageRoot, ...(base.workspace === null ? [] : [base.workspace])];
  const shelves = {
    own: async () => (await shelf.learn()).catalog,
    example: async () => (await shelf.example()).catalog,
  };
  const at = (issues: readonly Issue[], path: string | null): readonly Issue[] =>
    path === null
      ? issues
      : lintOf({ ...known, catalog: { ...known.catalog, issues } }, roots, path, base.files.exists(path));
  return {
    undrilled: (path) => at(undrilled(base, known), path),
    testIssues: async (path) => {
      const { findTests } = await import('./test-places.ts');
      return at((await findTests(base, shelves, null)).issues, path);
    },
    test: async (runbooks, heard) =>
      await (await import('./testing.ts')).testRunbooks(base, shelves, runbooks, heard),
    mend: async (path) => await mend(base, known, path),
    copy: async (runbook, format) => await copyFile(base, known, runbook, format),
    writeCopy: async (runbook, format, path, overwrite) =>
      await writeCopy(base, known, { runbook, format, path, overwrite }),
    newRunbook: async (id, from) => await newRunbook(base, known, id, from),
  };
};

/** What the script plays shows that a runbook works; whether anybody knows it is shown by people alone. */
const undrilled = (base: Base, { catalog }: Knowledge): readonly Issue[] => {
  const own = [...catalog.runbooks.values()].filter(({ origin }) => origin === 'workspace');
  if (own.length === 0) return [];
  const zone = base.zone ?? catalog.company.value.organisation.zone;
  const played = readDrills(base).drills.filter(({ by, passed }) => by === 'people' && passed !== null);
  const last = new Map(
    played.map(({ runbook, begunAt }) => [runbook, formatLocal(begunAt, zone, 'date')] as const),
  );
  const today = formatLocal(base.clock.now(), zone, 'date');
  return own.flatMap((one) => lintDrilled(one, last.get(one.id) ?? null, today));
};
