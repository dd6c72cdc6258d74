import { Problem } from '../base/problem.ts';
import type { Issue } from '../base/problem.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { lintTests } from '../catalog/lint/runbook-test.ts';
import { fileIssue } from '../catalog/load.ts';
import { readTests, tested } from '../catalog/tests.ts';
import type { TestFile } from '../catalog/tests.ts';
import type { DrillSource } from '../model/drill.ts';
import { ownObligations } from '../model/own-duty.ts';
import type { RunbookTests } from '../model/runbook-test.ts';
import { regulations } from '../regulations/index.ts';
import type { Base } from './base.ts';
import { asWritten } from './drill-setting.ts';
import { ownPlan } from './own-drill.ts';
import type { Place, Shelves } from './own-drill.ts';

/**
 * Where the tests of a runbook lie and where they are played: what ships with the program in the built-in company, what lies in a
 * workspace in the team's own.
 */

type Origin = 'built-in' | 'workspace';
/** One file of tests that can be played, and the fake world it is played in. */
export type Playable = Readonly<{ runbook: string; file: TestFile; place: Place; drill: DrillSource }>;
export type FoundTests = Readonly<{ playable: readonly Playable[]; issues: readonly Issue[] }>;

/** For a runbook that nobody has written a rehearsal for: its systems as the inventory has them, and nothing happens. */
const plainDrill = (title: string): DrillSource => ({
  title,
  version: '0.0.0',
  story: title,
  truth: title,
  starts: '2026-11-10T08:00:00+00:00',
  earliest: '2026-11-10T07:00:00+00:00',
  duration_minutes: 24 * 60,
  systems: {},
  moves: {},
  injects: [],
  targets: { contain_minutes: 60, declare_minutes: 60 },
  end: [{ id: 'played', says: 'It is played', check: 'true' }],
});

const rehearsed = (catalog: Catalog, runbook: string): Catalog => {
  const found = catalog.runbooks.get(runbook);
  if (found === undefined || catalog.drills.has(runbook)) return catalog;
  const value = plainDrill(found.value.title);
  const plain = { file: '', text: '', sha256: '', value, origin: 'workspace' as const };
  return { ...catalog, drills: new Map([...catalog.drills, [runbook, plain]]) };
};

const settingFor = async (base: Base, shelves: Shelves, runbook: string, origin: Origin): Promise<Place> => {
  const example = rehearsed(await shelves.example(), runbook);
  if (origin === 'built-in') return { catalog: example, setting: asWritten(base, example, runbook) };
  const catalog = rehearsed(await shelves.own(), runbook);
  const { setting, cannot } = await ownPlan(base, catalog, example, runbook);
  if (cannot.length > 0) throw new Problem('drill-unmapped', { runbook, why: cannot.join('; ') });
  return { catalog, setting };
};

/** The rehearsal without what happens in it: no messages, no traps, nobody who attacks. */
const quiet = (
  drill: DrillSource,
  { starts, earliest, secrets, systems, moves }: RunbookTests,
): DrillSource => ({
  ...drill,
  starts: starts ?? drill.starts,
  earliest: earliest ?? drill.earliest,
  secrets: { ...drill.secrets, ...secrets },
  systems: { ...drill.systems, ...systems },
  moves: { ...drill.moves, ...moves },
  injects: [],
  traps: [],
  attacker: [],
  stops: [],
});

const dutiesKnown = ({ obligations }: Catalog): ReadonlySet<string> =>
  new Set([
    ...Object.values(regulations).flatMap((one) => one.obligations.map(({ id }) => id)),
    ...ownObligations(obligations.value).map(({ id }) => id),
  ]);

const lintIn = ({ catalog }: Place, runbook: string, { yaml, loaded }: TestFile, drill: DrillSource) => {
  const source = catalog.runbooks.get(runbook)?.value;
  if (source === undefined) return [];
  const { channels, integrations, credentials } = catalog.inventory.value;
  return lintTests(yaml, loaded.value, {
    runbook: source,
    drill,
    duties: dutiesKnown(catalog),
    letters: new Set(catalog.letters.keys()),
    items: new Set([...channels, ...integrations, ...credentials].map(({ id }) => id)),
  });
};

const noRunbook = (file: string, catalog: Catalog, runbook: string): Issue => {
  const broken = catalog.broken.some(({ kind, id }) => kind === 'runbook' && id === runbook);
  return fileIssue(
    file,
    broken
      ? `\`${runbook}\` has a fault of its own, so its tests cannot be played: firebreak runbook lint ${runbook}`
      : `there is no runbook \`${runbook}\``,
  );
};

const inRoot = async (
  base: Base,
  shelves: Shelves,
  root: string,
  origin: Origin,
  runbook: string,
): Promise<FoundTests> => {
  const { files, issues } = readTests(base.files, root, runbook);
  const catalog = await (origin === 'built-in' ? shelves.example() : shelves.own());
  const [first] = files;
  if (first === undefined) return { playable: [], issues };
  if (!catalog.runbooks.has(runbook))
    return { playable: [], issues: [...issues, noRunbook(first.loaded.file, catalog, runbook)] };
  const place = await settingFor(base, shelves, runbook, origin);
  const found = files.map((file) => {
    const drill = quiet(place.setting.drill, file.loaded.value);
    return { playable: { runbook, file, place, drill }, lint: lintIn(place, runbook, file, drill) };
  });
  const sound = found.filter(({ lint }) => lint.every(({ severity }) => severity !== 'error'));
  return {
    playable: sound.map((one) => one.playable),
    issues: [...issues, ...found.flatMap(({ lint }) => lint)],
  };
};

/** None named: those of the workspace, else all that ship. A built-in runbook that the team has replaced is tested by its own tests alone. */
export const findTests = async (
  base: Base,
  shelves: Shelves,
  named: readonly string[] | null,
): Promise<FoundTests> => {
  const { workspace, packageRoot, files } = base;
  const roots: readonly (readonly [string, Origin])[] = [
    ...(workspace === null ? [] : [[workspace, 'workspace'] as const]),
    ...(workspace === null || named !== null ? [[packageRoot, 'built-in'] as const] : []),
  ];
  const own = workspace === null ? null : await shelves.own();
  const found: FoundTests[] = [];
  for (const [root, origin] of roots) {
    const there = tested(files, root);
    for (const runbook of there.filter((one) => named === null || named.includes(one))) {
      const replaced = origin === 'built-in' && own?.runbooks.get(runbook)?.origin === 'workspace';
      if (!replaced) found.push(await inRoot(base, shelves, root, origin, runbook));
    }
  }
  return {
    playable: found.flatMap(({ playable }) => playable),
    issues: found.flatMap(({ issues }) => issues),
  };
};
