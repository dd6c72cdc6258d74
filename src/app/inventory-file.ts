import { join } from 'node:path';
import { amendmentsFor } from '../audit/difference.ts';
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

/** Writes what a look around has found into the team’s own file, or nothing. */
export const writeInventory = (
  base: Base,
  shelf: Shelf,
  report: SyncReport,
): ReturnType<AuditDoor['write']> => {
  const { workspace, files } = base;
  if (workspace === null)
    throw new Problem('usage', { why: 'there is no workspace to write to', next: 'firebreak init' });
  const { inventory } = shelf.known().catalog;
  const path = join(workspace, FILE);
  const text = files.readText(path, limits.yamlBytesMax);
  if (text !== inventory.text)
    throw new Problem('plan-changed', { step: FILE, why: 'somebody has changed it meanwhile' });
  const changes = amendmentsFor(report.differences, inventory.value, formatUtc(report.at).slice(0, 10));
  const next = amended(text, changes);
  // Read as the next start will read it: a file that people keep must never be left broken.
  const checked =
    next === null
      ? null
      : readDefinition({ ...files, readText: () => next }, workspace, FILE, inventorySchema);
  if (next === null || checked?.ok !== true)
    throw new Problem('invalid-file', {
      file: FILE,
      why: 'it has a form that nothing can be added to; nothing was written',
    });
  if (changes.length > 0) files.writeAtomic(path, next);
  return { file: path, rows: changes.length };
};
