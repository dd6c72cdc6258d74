import { join } from 'node:path';
import { formatLocal } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import { freshRunbook, takenOver } from '../catalog/fresh-runbook.ts';
import { freshTest, testOf } from '../catalog/fresh-test.ts';
import { runbookJsonSchema, testJsonSchema } from '../catalog/schema.ts';
import { ID } from '../model/names.ts';
import type { AuthoringDoor } from './authoring-contract.ts';
import type { Base } from './base.ts';
import type { Knowledge } from './knowledge.ts';

const SCHEMAS = {
  'runbook.schema.json': runbookJsonSchema,
  'test.schema.json': testJsonSchema,
};

export const newRunbook = async (
  base: Base,
  { catalog }: Knowledge,
  id: string,
  from: string | null,
): ReturnType<AuthoringDoor['newRunbook']> => {
  const { workspace, files } = base;
  if (workspace === null)
    throw new Problem('usage', {
      why: 'there is no workspace here for a runbook of your own',
      next: 'firebreak init writes one',
    });
  if (!ID.test(id))
    throw new Problem('usage', { why: `"${id}" is no name: lower-case words joined by hyphens` });
  const source = from === null ? null : catalog.runbooks.get(from);
  if (source === undefined)
    throw new Problem('not-found', {
      what: 'runbook',
      id: from ?? '',
      near: [...catalog.runbooks.keys()].join(', '),
    });
  const folder = join(workspace, 'runbooks', id);
  const path = join(folder, 'runbook.yaml');
  const today = formatLocal(base.clock.now(), base.zone ?? catalog.company.value.organisation.zone, 'date');
  const text =
    source === null ? freshRunbook(id, today) : takenOver(source.text, source.id, source.value.version);
  for (const made of [join(workspace, 'runbooks'), folder]) if (!files.exists(made)) files.privateDir(made);
  if (!files.writeNew(path, text))
    throw new Problem('usage', {
      why: `${path} is there already, and nothing is overwritten`,
      next: 'go on with it, or choose another name',
    });
  const test = join(folder, 'test.yaml');
  const beside = [
    ...(files.writeNew(test, source === null ? freshTest(id) : testOf(id, source.value)) ? [test] : []),
    ...Object.entries(SCHEMAS).flatMap(([name, schema]) => {
      const at = join(workspace, 'runbooks', name);
      return files.writeNew(at, `${JSON.stringify(schema(), null, 2)}\n`) ? [at] : [];
    }),
  ];
  return await Promise.resolve({ files: [path, ...beside] });
};
