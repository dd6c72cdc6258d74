import { join } from 'node:path';
import { formatUtc } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { amendmentsFor, differences } from '../audit/difference.ts';
import { blindSpotsOf } from '../audit/seen.ts';
import type { Seen } from '../audit/seen.ts';
import { amended } from '../catalog/amend.ts';
import { readDefinition } from '../catalog/load.ts';
import { inventorySchema } from '../model/inventory.ts';
import { limits } from '../model/limits.ts';
import type { AskedSystem, AuditDoor, SyncReport } from './audit-contract.ts';
import type { Base } from './base.ts';
import { definitionsOf, freezeCatalog } from './definitions.ts';
import { lookAround } from './listing-systems.ts';
import { liveOf } from './opening.ts';
import type { Shelf } from './shelf.ts';

const FILE = 'inventory.yaml';

export const auditDoor = (base: Base, shelf: Shelf): AuditDoor => ({
  sync: async () => {
    const { catalog } = await shelf.own();
    const definitions = definitionsOf(freezeCatalog(catalog, null, []), base.connectors);
    const world = liveOf(base);
    const seen = await lookAround(world, definitions);
    const inventory = catalog.inventory.value;
    const found = differences(seen, inventory);
    return {
      at: world.clock.now(),
      systems: seen.map(askedOf),
      differences: found,
      blindSpots: blindSpotsOf(seen, inventory),
      writes: amendmentsFor(found, inventory, '').length,
    };
  },
  write: (report) => writeInventory(base, shelf, report),
});

const askedOf = (one: Seen): AskedSystem => ({
  instance: one.instance,
  kind: one.kind,
  is: one.is,
  things: one.is === 'asked' ? one.listing.items.length : 0,
  why: one.is === 'not-asked' ? one.why : '',
  fix: one.is === 'not-asked' ? one.fix : '',
});

const writeInventory = (base: Base, shelf: Shelf, report: SyncReport): ReturnType<AuditDoor['write']> => {
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
