import { join } from 'node:path';
import type { Issue } from '../base/problem.ts';
import { drillSchema } from '../model/drill.ts';
import type { DrillSource } from '../model/drill.ts';
import type { RunbookId } from '../model/names.ts';
import type { PackMark } from '../model/plan.ts';
import { runbookSchema } from '../model/runbook.ts';
import type { RunbookSource } from '../model/runbook.ts';
import type { Broken } from './company.ts';
import { lintDrill } from './lint/drill.ts';
import type { Vocabulary } from './lint/finding.ts';
import { lintRunbook } from './lint/runbook.ts';
import { fileIssue, frozen, markedTitle, namesIn, readDefinition } from './load.ts';
import type { Loaded, Read, Reader, Source } from './load.ts';

export type LoadedRunbook = Loaded<RunbookSource> &
  Readonly<{ id: RunbookId; origin: Source['origin']; pack: PackMark | null }>;

/** A runbook whose shape is right, before its references are looked at. */
export type Found = Readonly<{
  id: RunbookId;
  origin: Source['origin'];
  pack: PackMark | null;
  runbook: Extract<Read<RunbookSource>, { ok: true }>;
  drill: Read<DrillSource> | null;
  /** Whose company the scenario was written for. */
  drillOrigin: Source['origin'];
}>;

export type LoadedDrill = Loaded<DrillSource> & Readonly<{ origin: Source['origin'] }>;

/** Runbooks of the program, and the team's own over them. A broken one of the team's leaves the built-in one standing. */
export function readRunbooks(
  disk: Reader,
  sources: readonly Source[],
): Readonly<{ found: readonly Found[]; broken: readonly Broken[] }> {
  const found = new Map<RunbookId, Found>();
  const broken: Broken[] = [];
  for (const { root, origin, reader = disk, pack = null } of sources) {
    const { names, issues } = namesIn(reader, root, 'runbooks', 'folder');
    if (issues.length > 0) broken.push({ kind: 'runbook', id: 'runbooks', issues });
    for (const id of names) {
      const file = `runbooks/${id}/runbook.yaml`;
      if (pack !== null && found.has(id)) {
        broken.push({ kind: 'runbook', id, issues: [taken(file, pack)] });
        continue;
      }
      const drillFile = `runbooks/${id}/drill.yaml`;
      const drill = reader.exists(join(root, drillFile))
        ? readDefinition(reader, root, drillFile, drillSchema)
        : null;
      const shipped = found.get(id);
      // A scenario of the team's own for a runbook that it did not change.
      if (drill !== null && shipped !== undefined && !reader.exists(join(root, file))) {
        found.set(id, { ...shipped, drill, drillOrigin: origin });
        continue;
      }
      const runbook = readDefinition(reader, root, file, runbookSchema);
      // A runbook of the team's own goes on being practised by the scenario that it came with, until it has another one.
      const before = found.get(id);
      const own = { drill, drillOrigin: origin };
      const scenario = drill === null && before !== undefined ? before : own;
      const { drill: played, drillOrigin } = scenario;
      if (runbook.ok) found.set(id, { id, origin, pack, runbook, drill: played, drillOrigin });
      else
        broken.push({ kind: 'runbook', id, issues: [...runbook.issues, ...standing(found.get(id), file)] });
    }
  }
  return { found: [...found.values()], broken };
}

/** What somebody else wrote never takes the place of what is there; the team's own may. */
const taken = (file: string, { name }: PackMark): Issue =>
  fileIssue(file, `pack ${name} has a runbook of this name, and there is one already: it is left out`);

const standing = (other: Found | undefined, file: string): readonly Issue[] =>
  other === undefined
    ? []
    : [fileIssue(file, 'the built-in runbook of this name is used instead', 'warning')];

/** Kinds of connectors and recipes that any runbook names: what has to be loaded to know whether their actions exist. */
export const systemsNamed = (found: readonly Found[]): ReadonlySet<string> =>
  new Set(
    found.flatMap(({ runbook }) =>
      runbook.loaded.value.phases.flatMap(({ steps }) =>
        steps.flatMap((step) => ('act' in step ? [step.act.action.split('.')[0] ?? ''] : [])),
      ),
    ),
  );

export type Checked = Readonly<{
  found: Found;
  runbook: LoadedRunbook | null;
  broken: Broken | null;
  warnings: readonly Issue[];
}>;

/** Refuses a runbook with an error; warnings come along. */
export function checkRunbook(found: Found, vocabulary: Vocabulary): Checked {
  const { id, origin, pack, runbook } = found;
  const issues = lintRunbook(runbook.yaml, runbook.loaded.value, vocabulary);
  if (issues.some(({ severity }) => severity === 'error'))
    return { found, runbook: null, broken: { kind: 'runbook', id, issues }, warnings: [] };
  const { value } = runbook.loaded;
  const marked = frozen({
    ...runbook.loaded,
    value: { ...value, title: markedTitle(value.title, pack) },
    id,
    origin,
    pack,
  });
  return { found, runbook: marked, broken: null, warnings: issues };
}

export type CheckedDrill = Readonly<{
  id: RunbookId;
  drill: LoadedDrill | null;
  broken: Broken | null;
  warnings: readonly Issue[];
}>;

export function checkDrill({ found }: Checked, vocabulary: Vocabulary): CheckedDrill {
  const { id, drill, drillOrigin, origin, runbook } = found;
  if (drill === null) return { id, drill: null, broken: null, warnings: [] };
  if (!drill.ok)
    return { id, drill: null, broken: { kind: 'drill', id, issues: drill.issues }, warnings: [] };
  const issues = lintDrill(drill.yaml, drill.loaded.value, runbook.loaded.value, vocabulary.company);
  const wrong = issues.find(({ severity }) => severity === 'error');
  if (wrong !== undefined && drillOrigin === 'built-in' && origin !== 'built-in')
    return { id, drill: null, broken: null, warnings: [outgrown(id, wrong)] };
  if (wrong !== undefined) return { id, drill: null, broken: { kind: 'drill', id, issues }, warnings: [] };
  return { id, drill: { ...drill.loaded, origin: drillOrigin }, broken: null, warnings: issues };
}

/** The team changed the runbook, and the scenario it came with asks for steps that are no more. */
const outgrown = (id: string, { message }: Issue): Issue =>
  fileIssue(
    `runbooks/${id}/runbook.yaml`,
    `the built-in scenario does not fit this runbook any more (${message}), so it has no drill: firebreak drill new ${id} writes one of its own`,
    'warning',
  );
