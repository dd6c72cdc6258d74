import { parseInstant } from '../../base/instant.ts';
import type { Issue } from '../../base/problem.ts';
import type { RunbookTest, RunbookTests } from '../../model/runbook-test.ts';
import type { Path, YamlFile } from '../yaml.ts';
import { lintExpected } from './expected.ts';
import { factsOf, lintFact } from './tested.ts';
import type { TestedAround, TestedIn } from './tested.ts';
import { findingsIn, onlyOnce } from './finding.ts';
import type { Findings } from './finding.ts';
import { lintMove } from './move.ts';
import { lintDeeds, lintDrillCondition } from './scenario.ts';
import { lintWords } from './words.ts';

/** Tests of a runbook against the runbook: every name leads somewhere, and nothing is expected that can never be. */

const lintTimes = (
  times: Readonly<{ starts?: string | undefined; earliest?: string | undefined }>,
  path: Path,
  findings: Findings,
): void => {
  for (const key of ['starts', 'earliest'] as const)
    if (times[key] !== undefined && parseInstant(times[key]) === null)
      findings.error('FB001', [...path, key], 'write a time with its offset: 2026-11-20T02:10:00+00:00');
};

const lintMoves = (
  moves: RunbookTests['moves'],
  path: Path,
  { steps, drill }: TestedAround,
  findings: Findings,
): void => {
  for (const [id, move] of Object.entries(moves ?? {})) {
    const at: Path = [...path, id];
    findings.reference(at, 'step in the runbook', id, steps.keys());
    const step = steps.get(id);
    if (step !== undefined) lintMove(step, move, at, findings, drill);
  }
};

const lintGiven = (test: RunbookTest, path: Path, around: TestedAround, findings: Findings): void => {
  const { steps, facts, drill } = around;
  lintTimes(test, path, findings);
  for (const [fact, value] of Object.entries(test.facts ?? {}))
    lintFact(facts, fact, value, [...path, 'facts', fact], findings);
  lintMoves(test.moves, [...path, 'moves'], around, findings);
  lintDeeds(test.before ?? {}, [...path, 'before'], [...steps.keys()], findings);
  for (const [id, deeds] of Object.entries(test.before ?? {}))
    for (const [i, deed] of deeds.entries())
      if ('learn' in deed)
        lintFact(
          facts,
          deed.learn.fact,
          deed.learn.value,
          [...path, 'before', id, i, 'learn', 'value'],
          findings,
        );
  for (const [i, { instance, before }] of (test.faults ?? []).entries()) {
    const at: Path = [...path, 'faults', i];
    findings.reference([...at, 'instance'], 'system in these tests', instance, Object.keys(drill.systems));
    findings.reference([...at, 'before'], 'step in the runbook', before, steps.keys());
  }
  if (test.until !== undefined)
    findings.reference([...path, 'until'], 'step in the runbook', test.until, steps.keys());
};

/** Nobody answers a question for the script: it would stop there. */
const lintAnswers = (
  tests: RunbookTests,
  { steps, order, drill }: TestedAround,
  findings: Findings,
): void => {
  for (const [i, test] of tests.tests.entries()) {
    const end = test.until === undefined ? order.length : order.indexOf(test.until);
    const answered = new Set(
      [drill.moves, tests.moves, test.moves].flatMap((moves) => Object.keys(moves ?? {})),
    );
    const asked = order.slice(0, end).filter((id) => {
      const step = steps.get(id);
      return step !== undefined && ('ask' in step || 'decide' in step) && step.when === undefined;
    });
    for (const id of asked)
      if (!answered.has(id))
        findings.error(
          'FB004',
          ['tests', i, 'id'],
          `no move answers \`${id}\`, so the test would stop there`,
        );
  }
};

export function lintTests(yaml: YamlFile, tests: RunbookTests, tested: TestedIn): readonly Issue[] {
  const findings = findingsIn(yaml);
  const { drill } = tested;
  const steps = new Map(
    tested.runbook.phases.flatMap((phase) => phase.steps.map((step) => [step.id, step] as const)),
  );
  const around: TestedAround = {
    ...tested,
    steps,
    order: [...steps.keys()],
    facts: factsOf(tested.runbook),
  };
  onlyOnce(
    findings,
    'test',
    tests.tests.map(({ id }, i) => ({ id, path: ['tests', i, 'id'] })),
  );
  lintTimes(tests, [], findings);
  lintMoves(tests.moves, ['moves'], around, findings);
  lintAnswers(tests, around, findings);
  for (const [i, test] of tests.tests.entries()) {
    const path: Path = ['tests', i];
    lintGiven(test, path, around, findings);
    lintExpected(test, [...path, 'expect'], around, findings);
    for (const [j, check] of (test.expect.checks ?? []).entries())
      lintDrillCondition(
        check,
        [...path, 'expect', 'checks', j],
        { drill, steps: [...steps.keys()] },
        findings,
      );
  }
  return [...findings.issues, ...lintWords(yaml, 'unexpected')];
}
