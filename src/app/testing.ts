import { Problem } from '../base/problem.ts';
import type { Issue } from '../base/problem.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { parseYaml } from '../catalog/yaml.ts';
import type { Path, Place as Spot } from '../catalog/yaml.ts';
import { wrongIn } from '../drill/testing/compare.ts';
import { coverageOf } from '../drill/testing/coverage.ts';
import type { Seen } from '../drill/testing/seen.ts';
import { makeScratch } from '../io/scratch.ts';
import type { RunbookTest } from '../model/runbook-test.ts';
import type { Base } from './base.ts';
import type { Shelves } from './own-drill.ts';
import { findTests } from './test-places.ts';
import type { Playable } from './test-places.ts';
import { playTest } from './test-play.ts';
import type { TestCoverage, TestedRunbook, TestReport, TestResult } from './testing-contract.ts';

/** Plays the tests of runbooks, one after the other, in a folder of their own: no list of drills ever holds them. */

type Ran = Readonly<{ result: TestResult; seen: Seen }>;

const runOne = async (base: Base, playable: Playable, test: RunbookTest, index: number): Promise<Ran> => {
  const { yaml } = playable.file;
  const { seen, earliest } = await playTest(base, playable, test);
  const path: Path = ['tests', index];
  const faults = wrongIn(test.expect, seen, earliest).map(({ path: where, what, expected, seen: was }) => ({
    file: yaml.file,
    ...yaml.placeOf(where.length === 0 ? [...path, 'id'] : [...path, 'expect', ...where], 'key'),
    what,
    expected,
    seen: was,
  }));
  const { id, says } = test;
  const { line } = yaml.placeOf([...path, 'id']);
  return {
    result: { test: id, says, file: yaml.file, line, passed: faults.length === 0, faults },
    seen,
  };
};

/** Where the steps of a runbook stand in its own file. */
const spots = (
  catalog: Catalog,
  runbook: string,
): ((step: string, key?: 'when') => Spot & { file: string }) => {
  const loaded = catalog.runbooks.get(runbook);
  const parsed = loaded === undefined ? null : parseYaml(loaded.file, loaded.text);
  const places = new Map(
    (loaded?.value.phases ?? []).flatMap(({ steps }, i) =>
      steps.map(({ id }, j): readonly [string, Path] => [id, ['phases', i, 'steps', j]]),
    ),
  );
  return (step, key) => ({
    file: loaded?.file ?? '',
    ...(parsed?.ok === true
      ? parsed.yaml.placeOf([...(places.get(step) ?? []), key ?? 'id'], 'key')
      : { line: 1, col: 1 }),
  });
};

const coverageIn = (catalog: Catalog, runbook: string, ran: readonly Ran[]): TestCoverage => {
  const steps = (catalog.runbooks.get(runbook)?.value.phases ?? [])
    .flatMap((phase) => phase.steps)
    .map(({ id, when }) => ({ id, when: when ?? null }));
  const { unreached, untaken, ...counts } = coverageOf(
    steps,
    ran.map(({ seen }) => seen),
  );
  const at = spots(catalog, runbook);
  return {
    ...counts,
    unreached: unreached.map((step) => ({ step, file: at(step).file, line: at(step).line })),
    untaken: untaken.map((branch) => {
      const { file, line } = at(branch.step, 'when');
      return { ...branch, file, line };
    }),
  };
};

const mustBeKnown = (catalog: Catalog, named: readonly string[]): void => {
  const unknown = named.find(
    (id) =>
      !catalog.runbooks.has(id) && !catalog.broken.some((one) => one.kind === 'runbook' && one.id === id),
  );
  if (unknown !== undefined)
    throw new Problem('not-found', {
      what: 'runbook',
      id: unknown,
      near: [...catalog.runbooks.keys()].join(', '),
    });
};

const testedRunbook = async (
  base: Base,
  runbook: string,
  files: readonly Playable[],
  heard: (result: TestResult, runbook: string) => void,
): Promise<TestedRunbook> => {
  const ran: Ran[] = [];
  for (const playable of files) {
    for (const [i, test] of playable.file.loaded.value.tests.entries()) {
      const one = await runOne(base, playable, test, i);
      ran.push(one);
      heard(one.result, runbook);
    }
  }
  const catalog = files[0]?.place.catalog;
  return {
    runbook,
    tests: ran.map(({ result }) => result),
    coverage:
      catalog === undefined
        ? { steps: 0, branches: 0, unreached: [], untaken: [] }
        : coverageIn(catalog, runbook, ran),
  };
};

/**
 * `named` empty: the tests of the workspace, else those that ship. A runbook that is named and has none is not passed.
 * @throws Problem `not-found`, `drill-unmapped`
 */
export const testRunbooks = async (
  base: Base,
  shelves: Shelves,
  named: readonly string[],
  heard: (result: TestResult, runbook: string) => void,
): Promise<TestReport> => {
  const catalog = await shelves.own();
  mustBeKnown(catalog, named);
  const { playable, issues } = await findTests(base, shelves, named.length === 0 ? null : named);
  const scratch = makeScratch('firebreak-test');
  try {
    const apart: Base = { ...base, home: scratch.path };
    const runbooks: TestedRunbook[] = [];
    for (const [runbook, files] of Map.groupBy(playable, (one) => one.runbook))
      runbooks.push(await testedRunbook(apart, runbook, files, heard));
    const untested = untestedOf(base, catalog, named, playable, issues);
    const passed =
      runbooks.every(({ tests }) => tests.every((one) => one.passed)) &&
      issues.every(({ severity }) => severity !== 'error') &&
      (named.length === 0 || untested.length === 0);
    return { passed, runbooks, issues, untested };
  } finally {
    scratch.remove();
  }
};

const untestedOf = (
  { workspace }: Base,
  catalog: Catalog,
  named: readonly string[],
  playable: readonly Playable[],
  issues: readonly Issue[],
): readonly string[] => {
  const asked =
    named.length > 0
      ? named
      : [...catalog.runbooks.values()]
          .filter(({ origin }) => origin === (workspace === null ? 'built-in' : 'workspace'))
          .map(({ id }) => id);
  const has = new Set(playable.map(({ runbook }) => runbook));
  return asked.filter((id) => !has.has(id) && !issues.some(({ file }) => file.startsWith(`runbooks/${id}/`)));
};
