import { join } from 'node:path';
import { formatUtc } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { drillJsonSchema } from '../catalog/schema.ts';
import { kitOf } from '../drill/own/kit.ts';
import { compilePlan } from '../plan/compile.ts';
import type { Base } from './base.ts';
import type { NewScenario } from './drill-contract.ts';
import { furnishedOf } from './own-drill.ts';
import type { Shelf } from './shelf.ts';

/** A scenario to begin from, written into the workspace; nothing that is there is overwritten. */

const SCHEMA = 'drill.schema.json';

/** @throws Problem `usage` without a workspace and where something is there already, `not-found` */
export const newScenario = async (base: Base, shelf: Shelf, id: string): Promise<NewScenario> => {
  const { workspace, files } = base;
  if (workspace === null)
    throw new Problem('usage', {
      why: 'there is no workspace here, so there is no plan of your own to practise',
      next: 'firebreak init writes one',
    });
  const { catalog, bindings } = await shelf.learn();
  const runbook = catalog.runbooks.get(id);
  if (runbook === undefined)
    throw new Problem('not-found', { what: 'runbook', id, near: [...catalog.runbooks.keys()].join(', ') });
  const { furnished, simulated } = await furnishedOf(base, catalog);
  const kit = kitOf({
    id,
    runbook: runbook.value,
    plan: compilePlan(id, runbook.value, bindings, runbook.pack),
    company: catalog.company.value.organisation.name,
    rows: rowsFirst(catalog.inventory.value.integrations),
    simulated,
    looks: furnished.looks,
    untested: furnished.untested,
    today: formatUtc(base.clock.now()).slice(0, 10),
  });
  const folder = join(workspace, 'runbooks', id);
  const there = Object.keys(kit).filter((name) => files.exists(join(folder, name)));
  if (there.length > 0)
    throw new Problem('usage', {
      why: `${there.map((name) => join(folder, name)).join(', ')} is there already, and nothing is overwritten`,
      next: 'move it away first, or go on with it: firebreak drill lint',
    });
  for (const made of [join(workspace, 'runbooks'), folder, join(folder, 'artifacts')])
    if (!files.exists(made)) files.privateDir(made);
  const written = Object.entries(kit).map(([name, text]) => {
    files.writeNew(join(folder, name), text);
    return join(folder, name);
  });
  const schema = join(workspace, 'runbooks', SCHEMA);
  const fresh = files.writeNew(schema, `${JSON.stringify(drillJsonSchema(), null, 2)}\n`);
  return { folder, files: [...written, ...(fresh ? [schema] : [])], untested: furnished.untested };
};

/** What can be paused answers a question for rows best. */
const rowsFirst = (
  rows: readonly Readonly<{ id: string; pause?: string | undefined }>[],
): readonly string[] => [...rows.filter(({ pause }) => pause !== undefined), ...rows].map(({ id }) => id);
