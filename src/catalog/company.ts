import { join } from 'node:path';
import type { Json } from '../base/canonical.ts';
import { sha256Hex } from '../base/hash.ts';
import type { Issue } from '../base/problem.ts';
import type { Action, Connector } from '../connectors/connector.ts';
import type { Company, Instance } from '../model/company.ts';
import { companySchema } from '../model/company.ts';
import type { Contacts, Inventory } from '../model/inventory.ts';
import { contactsSchema, inventorySchema } from '../model/inventory.ts';
import { drillMapSchema, noDrillMap } from '../model/drill-map.ts';
import type { DrillMap } from '../model/drill-map.ts';
import { noContacts, noInventory, nobody } from '../model/nobody.ts';
import type { OwnDuties } from '../model/own-duty.ts';
import { noOwnDuties, ownDutiesSchema } from '../model/own-duty.ts';
import { frozen, namesIn, readDefinition } from './load.ts';
import type { Loaded, Reader } from './load.ts';
import { validate } from './validate.ts';
import { findingsIn } from './lint/finding.ts';
import { lintCompany, lintContacts, lintInventory } from './lint/company.ts';
import { lintOwnDuties } from './lint/own-duties.ts';
import type { Vocabulary } from './lint/finding.ts';
import type { YamlFile } from './yaml.ts';

/** The files of one company: who it is, what it has, whom it rings, and how its own systems are spoken to. */
export type CompanyFiles = Readonly<{
  company: Part<Company>;
  inventory: Part<Inventory>;
  contacts: Part<Contacts>;
  /** No company needs to have any. */
  obligations: Part<OwnDuties>;
  /** What stands for what in scenarios of the built-in company; no team needs to say it. */
  drillMap: Part<DrillMap>;
  recipes: ReadonlyMap<string, Readonly<{ value: Json; yaml: YamlFile }>>;
  scripts: ReadonlyMap<string, Json>;
  broken: readonly Broken[];
}>;
/** `yaml` is null for a stand-in: the file is missing or broken, and everything that needs it is done by hand. */
type Part<T> = Readonly<{ loaded: Loaded<T>; yaml: YamlFile | null }>;

export type BrokenKind =
  | 'runbook'
  | 'drill'
  | 'letter'
  | 'company'
  | 'inventory'
  | 'contacts'
  | 'obligations'
  | 'drills'
  | 'recipe'
  | 'simulator'
  | 'pack';
export type Broken = Readonly<{ kind: BrokenKind; id: string; issues: readonly Issue[] }>;

const OBLIGATIONS = 'obligations.yaml';
const DRILL_MAP = 'drills.yaml';

/** Reads a company's folder. What is broken is replaced by a stand-in that knows nothing, so that the rest goes on. */
export function readCompany(reader: Reader, root: string, folder: string): CompanyFiles {
  const broken: Broken[] = [];
  const at = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  const part = <T>(
    kind: BrokenKind,
    name: string,
    schema: Parameters<typeof readDefinition<T>>[3],
    standIn: T,
  ): Part<T> => {
    const read = readDefinition<T>(reader, root, at(name), schema);
    if (read.ok) return { loaded: read.loaded, yaml: read.yaml };
    broken.push({ kind, id: name, issues: read.issues });
    return {
      loaded: frozen({ file: at(name), text: read.text, sha256: sha256Hex(read.text), value: standIn }),
      yaml: null,
    };
  };
  /** For a file that nobody needs to have. */
  const wanted = <T>(...about: Parameters<typeof part<T>>): Part<T> => {
    const [, name, , none] = about;
    if (reader.exists(join(root, at(name)))) return part(...about);
    const loaded = frozen({ file: at(name), text: '', sha256: sha256Hex(''), value: none });
    return { loaded, yaml: null };
  };
  const data = <T>(
    kind: BrokenKind,
    sub: string,
    make: (value: Json, yaml: YamlFile) => T,
  ): ReadonlyMap<string, T> => {
    const { names, issues } = namesIn(reader, root, at(sub), 'yaml');
    if (issues.length > 0) broken.push({ kind, id: sub, issues });
    const found = new Map<string, T>();
    for (const name of names) {
      const read = readDefinition<Json>(reader, root, at(`${sub}/${name}.yaml`), null);
      if (read.ok) found.set(name, make(read.loaded.value, read.yaml));
      else broken.push({ kind, id: name, issues: read.issues });
    }
    return found;
  };
  return {
    company: part('company', 'firebreak.yaml', companySchema, nobody),
    inventory: part('inventory', 'inventory.yaml', inventorySchema, noInventory),
    contacts: part('contacts', 'contacts.yaml', contactsSchema, noContacts),
    obligations: wanted('obligations', OBLIGATIONS, ownDutiesSchema, noOwnDuties),
    drillMap: wanted('drills', DRILL_MAP, drillMapSchema, noDrillMap),
    recipes: data('recipe', 'connectors', (value, yaml) => ({ value, yaml })),
    scripts: data('simulator', 'simulators', (value) => value),
    broken,
  };
}

export function lintCompanyFiles(
  files: CompanyFiles,
  vocabulary: Vocabulary,
  fictional: boolean,
): readonly Broken[] {
  const { company, inventory, contacts, obligations } = files;
  const found = (kind: BrokenKind, id: string, issues: readonly Issue[]): Broken[] =>
    issues.length === 0 ? [] : [{ kind, id, issues }];
  return [
    ...(company.yaml === null
      ? []
      : found('company', 'firebreak.yaml', lintCompany(company.yaml, company.loaded.value, vocabulary))),
    ...(inventory.yaml === null
      ? []
      : found(
          'inventory',
          'inventory.yaml',
          lintInventory(inventory.yaml, inventory.loaded.value, vocabulary),
        )),
    ...(contacts.yaml === null
      ? []
      : found(
          'contacts',
          'contacts.yaml',
          lintContacts(contacts.yaml, contacts.loaded.value, vocabulary, fictional),
        )),
    ...(obligations.yaml === null
      ? []
      : found(
          'obligations',
          OBLIGATIONS,
          lintOwnDuties(obligations.yaml, obligations.loaded.value, vocabulary),
        )),
  ];
}

export type Bound = Readonly<{ actions: ReadonlyMap<string, Action>; broken: readonly Broken[] }>;

/** The actions that a company's recipes describe, by `<recipe>.<action>`. `loaded`: generic connectors by kind. */
export function bindRecipes(files: CompanyFiles, loaded: ReadonlyMap<string, Connector>): Bound {
  const actions = new Map<string, Action>();
  const broken: Broken[] = [];
  const done = new Set<string>();
  for (const [id, instance] of Object.entries(files.company.loaded.value.connectors)) {
    const connector = loaded.get(instance.uses);
    if (instance.recipe === undefined || connector === undefined || done.has(instance.recipe)) continue;
    done.add(instance.recipe);
    const bound = bindOne(id, instance, files, connector);
    if (Array.isArray(bound))
      broken.push({ kind: 'recipe', id: instance.recipe, issues: bound as readonly Issue[] });
    else
      for (const [name, action] of Object.entries(bound)) actions.set(`${instance.recipe}.${name}`, action);
  }
  return { actions, broken };
}

function bindOne(
  id: string,
  instance: Instance,
  files: CompanyFiles,
  connector: Connector,
): Readonly<Record<string, Action>> | readonly Issue[] {
  const name = instance.recipe ?? '';
  const recipe = files.recipes.get(name);
  if (recipe === undefined) {
    if (files.broken.some((one) => one.kind === 'recipe' && one.id === name) || files.company.yaml === null)
      return [];
    const findings = findingsIn(files.company.yaml);
    findings.reference(['connectors', id, 'recipe'], 'recipe', name, files.recipes.keys());
    return findings.issues;
  }
  if (connector.bind === undefined) return {};
  const checked = connector.recipe === undefined ? null : validate(connector.recipe, recipe.yaml);
  return checked !== null && !checked.ok ? checked.issues : connector.bind(recipe.value);
}
