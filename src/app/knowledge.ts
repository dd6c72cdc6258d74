import { join, isAbsolute, relative } from 'node:path';
import { Problem } from '../base/problem.ts';
import type { Issue } from '../base/problem.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { markedTitle } from '../catalog/load.ts';
import { compilePlan, planSha256 } from '../plan/compile.ts';
import type { Bindings } from '../plan/compile.ts';
import { coverage } from '../regulations/coverage.ts';
import type { CoverageRow } from '../regulations/coverage.ts';
import { regulations } from '../regulations/index.ts';
import { BUNDLE } from '../exports/bundle/names.ts';
import { exportFormats } from '../exports/index.ts';
import type {
  CompiledRunbook,
  DrillSummary,
  FormatSummary,
  LetterSummary,
  RunbookSummary,
} from './contract.ts';

/** What this installation knows, as lists for people: runbooks, drills, letters, coverage, faults in files. */
export type Knowledge = Readonly<{ catalog: Catalog; bindings: Bindings }>;

export const runbookSummaries = ({ catalog }: Knowledge): readonly RunbookSummary[] =>
  [...catalog.runbooks.values()].map(({ id, value }) => ({
    id,
    title: value.title,
    summary: value.summary,
    severity: value.severity,
    words: value.words,
    steps: value.phases.reduce((sum, phase) => sum + phase.steps.length, 0),
  }));

export const compiledOf = ({ catalog, bindings }: Knowledge, id: string): CompiledRunbook => {
  const found = catalog.runbooks.get(id);
  if (found === undefined)
    throw new Problem('not-found', { what: 'runbook', id, near: [...catalog.runbooks.keys()].join(', ') });
  const plan = compilePlan(id, found.value, bindings, found.pack);
  return { summary: found.value.summary, sha256: planSha256(plan), plan };
};

export const coverageOf = ({ catalog }: Knowledge): readonly CoverageRow[] => {
  const serving = [...catalog.runbooks.values()].map(({ id, value }) => ({
    id,
    serves: [...new Set(value.phases.flatMap((phase) => phase.steps.flatMap((step) => step.serves)))],
  }));
  return coverage(serving, Object.values(regulations));
};

export const drillSummaries = (
  { catalog }: Knowledge,
  last: (runbook: string) => DrillSummary['last'],
): readonly DrillSummary[] =>
  [...catalog.drills].map(([runbook, { value }]) => ({
    runbook,
    title: value.title,
    story: value.story,
    minutes: value.duration_minutes,
    last: last(runbook),
  }));

export const letterSummaries = ({ catalog }: Knowledge): readonly LetterSummary[] =>
  [...catalog.letters].map(([id, { value, pack }]) => ({
    id,
    title: markedTitle(value.title, pack),
    to: value.to,
    duty: value.duty ?? null,
    languages: value.languages,
  }));

export const formatList = (): readonly FormatSummary[] => [
  ...Object.entries(exportFormats).map(([id, { title, extensions }]) => ({ id, title, extensions })),
  { ...BUNDLE, extensions: ['zip'] },
];

/** Issues of one file or folder. A path nobody reads is an error: a lint that checks nothing must not look green. */
export const lintOf = (
  { catalog }: Knowledge,
  roots: readonly string[],
  path: string,
  exists: boolean,
): readonly Issue[] => {
  const named =
    catalog.runbooks.has(path) || catalog.broken.some(({ kind, id }) => kind === 'runbook' && id === path);
  if (!exists && !named) throw new Problem('not-found', { what: 'file or folder', id: path });
  const wanted = roots
    .map((root) => relative(root, path))
    .filter((one) => !one.startsWith('..') && !isAbsolute(one));
  const under = named ? [join('runbooks', path)] : wanted;
  return catalog.issues.filter((issue) =>
    under.some((one) => one === '' || issue.file === one || issue.file.startsWith(`${one}/`)),
  );
};
