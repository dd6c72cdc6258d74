import { dirname, basename } from 'node:path';
import { readDefinition } from '../catalog/load.ts';
import { nearest } from '../catalog/nearest.ts';
import { Problem } from '../base/problem.ts';
import type { Files } from '../io/files.ts';
import { mappingSchema, type Mapping } from '../model/mapping.ts';
import { knownMappings } from '../scope/known.ts';

export type NamedMapping = Readonly<{ name: string; mapping: Mapping }>;

/** A mapping by its name, or from a file. @throws Problem `usage`, `invalid-file` with the first fault and the number of others */
export function mappingFor(files: Files, asked: string): NamedMapping {
  const known: Readonly<Record<string, Mapping>> = knownMappings;
  const found = Object.hasOwn(known, asked) ? known[asked] : undefined;
  if (found !== undefined) return { name: asked, mapping: found };
  if (!/[./\\]/.test(asked)) {
    const near = nearest(asked, Object.keys(known), 3);
    throw new Problem('usage', {
      why: `there is no mapping "${asked.slice(0, 60)}"; known: ${(near.length > 0 ? near : Object.keys(known)).join(', ')}`,
      next: 'or name a file with the columns: --map mapping.yaml',
    });
  }
  const read = readDefinition<Mapping>(files, dirname(asked), basename(asked), mappingSchema);
  if (read.ok) return { name: basename(asked), mapping: read.loaded.value };
  const [first] = read.issues;
  const others = read.issues.length - 1;
  throw new Problem('invalid-file', {
    file: asked,
    line: first === undefined || first.line === 0 ? '' : String(first.line),
    why: `${first?.message ?? 'nothing in it'}${others > 0 ? `, and ${others} more` : ''}`,
  });
}
