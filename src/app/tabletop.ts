import { join } from 'node:path';
import { inOurWords } from '../drill/own/names.ts';
import { limits } from '../model/limits.ts';
import { tabletop } from '../projections/tabletop.ts';
import type { Base } from './base.ts';
import { definitionsOf, bindingsOf, freezeCatalog } from './definitions.ts';
import { compiledOf } from './knowledge.ts';
import type { Place } from './own-drill.ts';

/** A scenario on paper, with the plan of the company that it is played in. */
export const tabletopOf = async (
  base: Base,
  { catalog, setting }: Place,
  runbook: string,
  facilitator: boolean,
): Promise<string> => {
  const bindings = await bindingsOf(definitionsOf(freezeCatalog(catalog, null, []), base.connectors));
  const { artifacts } = setting;
  return tabletop({
    drill: setting.drill,
    plan: compiledOf({ catalog, bindings }, runbook).plan,
    facilitator,
    artifact: (name) => {
      const path = artifacts === null ? null : join(artifacts, name);
      return path !== null && base.files.exists(path)
        ? inOurWords(base.files.readText(path, limits.drillArtifactBytesMax), setting)
        : null;
    },
  });
};
