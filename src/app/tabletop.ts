import { join } from 'node:path';
import { Problem } from '../base/problem.ts';
import { limits } from '../model/limits.ts';
import { tabletop } from '../projections/tabletop.ts';
import type { Base } from './base.ts';
import { artifactsOf } from './drills.ts';
import type { Knowledge } from './knowledge.ts';
import { compiledOf } from './knowledge.ts';

export const tabletopOf = (
  base: Base,
  knowledge: Knowledge,
  runbook: string,
  facilitator: boolean,
): string => {
  const drill = knowledge.catalog.drills.get(runbook)?.value;
  if (drill === undefined)
    throw new Problem('not-found', {
      what: 'drill',
      id: runbook,
      near: [...knowledge.catalog.drills.keys()].join(', '),
    });
  const folder = artifactsOf(base, knowledge.catalog, runbook);
  return tabletop({
    drill,
    plan: compiledOf(knowledge, runbook).plan,
    facilitator,
    artifact: (name) => {
      const path = folder === null ? null : join(folder, name);
      return path !== null && base.files.exists(path)
        ? base.files.readText(path, limits.drillArtifactBytesMax)
        : null;
    },
  });
};
