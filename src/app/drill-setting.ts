import { join } from 'node:path';
import type { Json } from '../base/canonical.ts';
import { Problem } from '../base/problem.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { LoadedDrill } from '../catalog/runbooks.ts';
import type { Company } from '../model/company.ts';
import type { DrillSource } from '../model/drill.ts';
import { limits } from '../model/limits.ts';
import type { Base } from './base.ts';
import { incidentFolder } from './base.ts';
import type { Stand, WhichCompany } from './place-contract.ts';

/** In whose company a drill is played, and what of the scenario has a place there. Kept beside its journal, so that it goes on the same. */
export type Setting = Readonly<{
  company: WhichCompany;
  drill: DrillSource;
  /** Only what a simulator needs to know: never an address, never where a secret lies. */
  connectors: Readonly<Record<string, Readonly<{ uses: string; recipe?: string | undefined }>>>;
  scripts: Readonly<Record<string, Json>>;
  stands: readonly Stand[];
  /** Systems of the team that no drill can play, each with its reason. */
  untested: readonly string[];
  /** What of the scenario is not played or not measured, each with its reason. */
  left: readonly string[];
  words: readonly (readonly [string, string])[];
  /** Where what comes with messages lies; null where nothing does. */
  artifacts: string | null;
}>;

/** @throws Problem `not-found` */
export const drillOf = (catalog: Catalog, runbook: string): LoadedDrill => {
  const found = catalog.drills.get(runbook);
  if (found === undefined)
    throw new Problem('not-found', {
      what: 'drill',
      id: runbook,
      near: [...catalog.drills.keys()].join(', '),
    });
  return found;
};

/** The folder beside the scenario; what a pack brings is its YAML alone. */
export const artifactsOf = (base: Base, catalog: Catalog, runbook: string): string | null => {
  const origin = catalog.drills.get(runbook)?.origin;
  const root = origin === 'built-in' ? base.packageRoot : origin === 'workspace' ? base.workspace : null;
  return root === null ? null : join(root, 'runbooks', runbook, 'artifacts');
};

export const bare = (company: Pick<Company, 'connectors'>): Setting['connectors'] =>
  Object.fromEntries(
    Object.entries(company.connectors).map(([name, { uses, recipe }]) => [
      name,
      { uses, ...(recipe === undefined ? {} : { recipe }) },
    ]),
  );

/** The scenario as it was written, in the company it was written for. */
export const asWritten = (base: Base, catalog: Catalog, runbook: string): Setting => ({
  company: 'built-in',
  drill: drillOf(catalog, runbook).value,
  connectors: bare(catalog.company.value),
  scripts: Object.fromEntries(catalog.simulatorScripts),
  stands: [],
  untested: [],
  left: [],
  words: [],
  artifacts: artifactsOf(base, catalog, runbook),
});

const pathOf = (base: Base, id: string): string => join(incidentFolder(base.home, id, true), 'setting.json');

export const keepSetting = (base: Base, id: string, setting: Setting): void => {
  base.files.writeAtomic(pathOf(base, id), JSON.stringify(setting));
};

export const keptSetting = (base: Base, id: string): Setting =>
  JSON.parse(base.files.readText(pathOf(base, id), limits.drillSettingBytesMax)) as Setting;
