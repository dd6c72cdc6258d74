import type { Json } from '../base/canonical.ts';
import type { Issue } from '../base/problem.ts';
import type { Connector } from '../connectors/connector.ts';
import type { Company } from '../model/company.ts';
import type { DrillMap } from '../model/drill-map.ts';
import type { Contacts, Inventory } from '../model/inventory.ts';
import type { LetterId, RunbookId } from '../model/names.ts';
import { ownObligations } from '../model/own-duty.ts';
import type { OwnDuties } from '../model/own-duty.ts';
import { bindRecipes, lintCompanyFiles, readCompany } from './company.ts';
import type { Broken, CompanyFiles } from './company.ts';
import { readLetters } from './letters.ts';
import type { LoadedLetter } from './letters.ts';
import { lintDrillMap } from './lint/drill-map.ts';
import type { Vocabulary } from './lint/finding.ts';
import type { Loaded, Reader, Source } from './load.ts';
import type { PackFiles } from './pack/check.ts';
import { readPacks } from './pack/packs.ts';
import { parseSigners } from './pack/signers.ts';
import { checkDrill, checkRunbook, readRunbooks, systemsNamed } from './runbooks.ts';
import type { LoadedDrill, LoadedRunbook } from './runbooks.ts';

/**
 * Everything this installation knows: read once, checked, frozen, hashed. A broken file disables that definition alone and
 * stands in `broken`; whatever depends on the company's files goes on without them, by hand.
 */
export type Catalog = Readonly<{
  runbooks: ReadonlyMap<RunbookId, LoadedRunbook>;
  drills: ReadonlyMap<RunbookId, LoadedDrill>;
  letters: ReadonlyMap<LetterId, LoadedLetter>;
  company: Loaded<Company>;
  inventory: Loaded<Inventory>;
  contacts: Loaded<Contacts>;
  /** What the company owes by contract, beside the law. */
  obligations: Loaded<OwnDuties>;
  /** What of it stands for what, where scenarios of the built-in company are played in it. */
  drillMap: Loaded<DrillMap>;
  /** By recipe id: what the generic connectors are bound to. */
  recipes: ReadonlyMap<string, Json>;
  /** By recipe id: how the simulator of such a system behaves. */
  simulatorScripts: ReadonlyMap<string, Json>;
  broken: readonly Broken[];
  /** Errors and warnings of all files, by file and line. */
  issues: readonly Issue[];
  source: 'workspace' | 'example';
}>;

/** The registry of connectors, as far as the catalog needs it: listing it loads no vendor's client. */
export type Connectors = Readonly<Record<string, Readonly<{ load: () => Promise<Connector> }>>>;

export type CatalogInput = Readonly<{
  files: Reader;
  /** The folder that holds `runbooks/` and `templates/` of the program. */
  packageRoot: string;
  /** The team's folder; null: the built-in example company is used. */
  workspace: string | null;
  connectors: Connectors;
  /** `YYYY-MM-DD` */
  today: string;
  /** The team's packs are read with these; `signers` are lines as in `allowed_signers`. Left out: there are none. */
  packs?: Readonly<{ files: Reader & PackFiles; signers: string }>;
  /** Duties and items of law that exist. Left out: references to them are not checked. */
  law?: Vocabulary['law'];
}>;

const EXAMPLE = 'runbooks/_company';

/** @throws only for bugs and for a folder that cannot be listed (`StorageError`); every fault of a file becomes an issue. */
export async function loadCatalog(input: CatalogInput): Promise<Catalog> {
  const { files, packageRoot, workspace } = input;
  const example = readCompany(files, packageRoot, EXAMPLE);
  const own = workspace === null ? example : readCompany(files, workspace, '');
  const sources: Source[] = [{ root: packageRoot, origin: 'built-in' }];
  const packs = packsOf(input, own);
  sources.push(...packs.sources);
  if (workspace !== null) sources.push({ root: workspace, origin: 'workspace' });

  const letters = readLetters(files, sources);
  const read = readRunbooks(files, sources);
  const { vocabulary, broken: recipes } = await vocabularyOf(input, own, example, {
    letters: letters.known,
    systems: systemsNamed(read.found),
  });
  const exampleVocabulary = { ...vocabulary, company: example.company.loaded.value };

  const checked = read.found.map((found) => checkRunbook(found, vocabulary));
  // Built-in drills are played in the example company, whoever's inventory lies beside them.
  const drilled = checked.map((one) =>
    checkDrill(one, one.found.drillOrigin === 'built-in' ? exampleVocabulary : vocabulary),
  );
  const broken = [
    ...own.broken,
    ...packs.broken,
    ...recipes,
    ...letters.broken,
    ...read.broken,
    ...checked.flatMap(({ broken: one }) => (one === null ? [] : [one])),
    ...drilled.flatMap(({ broken: one }) => (one === null ? [] : [one])),
  ];
  const findings = [
    ...lintCompanyFiles(own, vocabulary, workspace === null).flatMap(({ issues }) => issues),
    ...lintDrillMap(own, example),
    ...letters.warnings,
  ];
  const warnings = [...checked, ...drilled].flatMap(({ warnings: some }) => some);
  return Object.freeze({
    runbooks: new Map(
      checked.flatMap(({ runbook }) => (runbook === null ? [] : [[runbook.id, runbook] as const])),
    ),
    drills: new Map(drilled.flatMap(({ id, drill }) => (drill === null ? [] : [[id, drill] as const]))),
    letters: letters.letters,
    company: own.company.loaded,
    inventory: own.inventory.loaded,
    contacts: own.contacts.loaded,
    obligations: own.obligations.loaded,
    drillMap: own.drillMap.loaded,
    // One that is broken offers nothing, to nobody: what it would have done is done by hand.
    recipes: new Map(
      [...own.recipes].flatMap(([id, { value }]) =>
        vocabulary.brokenRecipes.has(id) ? [] : [[id, value] as const],
      ),
    ),
    simulatorScripts: own.scripts,
    broken,
    issues: sorted([...broken.flatMap(({ issues }) => issues), ...findings, ...warnings]),
    source: workspace === null ? 'example' : 'workspace',
  });
}

const packsOf = (
  { packs, workspace }: CatalogInput,
  { company }: CompanyFiles,
): ReturnType<typeof readPacks> => {
  if (packs === undefined || workspace === null) return { sources: [], broken: [] };
  const own = company.loaded.value.pack_signers ?? [];
  return readPacks(packs.files, workspace, parseSigners([packs.signers, ...own].join('\n')));
};

const sorted = (issues: readonly Issue[]): readonly Issue[] =>
  issues.toSorted((a, b) =>
    a.file === b.file ? a.line - b.line || a.col - b.col : a.file < b.file ? -1 : 1,
  );

type Named = Readonly<{ letters: ReadonlySet<LetterId>; systems: ReadonlySet<string> }>;

/**
 * What definitions may refer to. Only the connectors that are named somewhere are loaded. The example company's recipes count
 * as known: a built-in runbook may name them, and where a team has no such system, the plan shows the step as by hand.
 */
async function vocabularyOf(
  input: CatalogInput,
  own: CompanyFiles,
  example: CompanyFiles,
  named: Named,
): Promise<Readonly<{ vocabulary: Vocabulary; broken: readonly Broken[] }>> {
  const wanted = new Set([...named.systems, ...inventorySystems(own.inventory.loaded.value)]);
  for (const { company } of [own, example]) {
    for (const instance of Object.values(company.loaded.value.connectors))
      if (instance.recipe !== undefined) wanted.add(instance.uses);
  }
  const kinds = Object.entries(input.connectors).filter(([kind]) => wanted.has(kind));
  const loaded = new Map(
    await Promise.all(kinds.map(async ([kind, entry]) => [kind, await entry.load()] as const)),
  );
  const bound = bindRecipes(own, loaded);
  const known = own === example ? bound : bindRecipes(example, loaded);
  const specific = [...loaded].flatMap(([kind, connector]) =>
    Object.entries(connector.actions).map(([name, action]) => [`${kind}.${name}`, action] as const),
  );
  const vocabulary: Vocabulary = {
    today: input.today,
    actions: new Map([...known.actions, ...bound.actions, ...specific]),
    connectors: new Set(Object.keys(input.connectors)),
    brokenRecipes: new Set(
      [...own.broken, ...bound.broken].filter(({ kind }) => kind === 'recipe').map(({ id }) => id),
    ),
    letters: named.letters,
    law: lawWith(input.law, own),
    company: own.company.loaded.value,
    inventory: own.inventory.yaml === null ? null : own.inventory.loaded.value,
    contacts: own.contacts.yaml === null ? null : own.contacts.loaded.value,
  };
  return { vocabulary, broken: bound.broken };
}

/** A runbook or a letter may name the company's own duties like those of the law. */
const lawWith = (law: Vocabulary['law'] | undefined, own: CompanyFiles): Vocabulary['law'] =>
  law === undefined || law === null
    ? null
    : {
        ...law,
        duties: new Set([...law.duties, ...ownObligations(own.obligations.loaded.value).map(({ id }) => id)]),
      };

const inventorySystems = ({ integrations, credentials }: Inventory): readonly string[] =>
  [
    ...integrations.flatMap((row) => [row.pause, row.revoke]),
    ...credentials.map((row) => row.revoke),
  ].flatMap((action) => (action === undefined ? [] : [action.split('.')[0] ?? '']));
