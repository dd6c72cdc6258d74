import { join } from 'node:path';
import { amendmentsFor } from '../audit/difference.ts';
import { changedLines } from '../base/changed-lines.ts';
import { formatUtc } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { amended } from '../catalog/amend.ts';
import { readDefinition } from '../catalog/load.ts';
import { inventorySchema } from '../model/inventory.ts';
import { limits } from '../model/limits.ts';
import type { AuditDoor, SyncReport } from './audit-contract.ts';
import type { Base } from './base.ts';
import type { Shelf } from './shelf.ts';

const FILE = 'inventory.yaml';

type Draft = Readonly<{ path: string; before: string; after: string; rows: number }>;

/** The file as it would be, or why it cannot be. */
const draftOf = ({ workspace, files }: Base, shelf: Shelf, report: SyncReport): Draft => {
  if (workspace === null)
    throw new Problem('usage', { why: 'there is no workspace to write to', next: 'firebreak init' });
  const { inventory } = shelf.known().catalog;
  const path = join(workspace, FILE);
  const before = files.readText(path, limits.yamlBytesMax);
  if (before !== inventory.text)
    throw new Problem('plan-changed', { step: FILE, why: 'somebody has changed it meanwhile' });
  const changes = amendmentsFor(report.differences, inventory.value, formatUtc(report.at).slice(0, 10));
  const after = amended(before, changes);
  // Read as the next start will read it: a file that people keep must never be left broken.
  const checked =
    after === null
      ? null
      : readDefinition({ ...files, readText: () => after }, workspace, FILE, inventorySchema);
  if (after === null || checked?.ok !== true)
    throw new Problem('invalid-file', {
      file: FILE,
      why: 'it has a form that nothing can be added to; nothing was written',
    });
  return { path, before, after, rows: changes.length };
};

/** What would be written, line by line, before anybody agreed to it. */
export const draftInventory = (
  base: Base,
  shelf: Shelf,
  report: SyncReport,
): ReturnType<AuditDoor['draft']> => {
  const { path, before, after, rows } = draftOf(base, shelf, report);
  return { file: path, rows, lines: changedLines(before, after) };
};

/** Writes what a look around has found into the team’s own file, or nothing. */
export const writeInventory = (
  base: Base,
  shelf: Shelf,
  report: SyncReport,
): ReturnType<AuditDoor['write']> => {
  const { path, after, rows } = draftOf(base, shelf, report);
  if (rows > 0) base.files.writeAtomic(path, after);
  return { file: path, rows };
};
