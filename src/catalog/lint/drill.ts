import { parseInstant } from '../../base/instant.ts';
import type { Json } from '../../base/canonical.ts';
import type { Issue } from '../../base/problem.ts';
import type { Company } from '../../model/company.ts';
import type { DrillSource } from '../../model/drill.ts';
import type { RunbookSource } from '../../model/runbook.ts';
import type { Path, YamlFile } from '../yaml.ts';
import { findingsIn, onlyOnce } from './finding.ts';
import type { Findings } from './finding.ts';
import { lintMove } from './move.ts';
import { lintDrillCondition, lintScenario } from './scenario.ts';
import { lintWords } from './words.ts';

/** A drill against its runbook and the company it is played in: every name leads somewhere, every question is answered. */
export function lintDrill(
  yaml: YamlFile,
  drill: DrillSource,
  runbook: RunbookSource,
  company: Company | null,
): readonly Issue[] {
  const findings = findingsIn(yaml);
  const steps = new Map(
    runbook.phases.flatMap((phase) => phase.steps.map((step) => [step.id, step] as const)),
  );
  const instances = Object.keys(company?.connectors ?? {});
  onlyOnce(
    findings,
    'inject',
    drill.injects.map(({ id }, i) => ({ id, path: ['injects', i, 'id'] })),
  );
  onlyOnce(
    findings,
    'check',
    drill.end.map(({ id }, i) => ({ id, path: ['end', i, 'id'] })),
  );
  for (const key of ['starts', 'earliest'] as const) {
    if (parseInstant(drill[key]) === null)
      findings.error('FB001', [key], 'write a time with its offset: 2026-11-20T02:10:00+00:00');
  }
  const [earliest, starts] = [parseInstant(drill.earliest), parseInstant(drill.starts)];
  if (earliest !== null && starts !== null && earliest > starts)
    findings.error('FB004', ['earliest'], 'the earliest sign is later than the page of `starts`');
  for (const [id, move] of Object.entries(drill.moves)) {
    findings.reference(['moves', id], 'step in the runbook', id, steps.keys());
    const step = steps.get(id);
    if (step !== undefined) lintMove(step, move, ['moves', id], findings, drill);
  }
  for (const [id, step] of steps) {
    if (('ask' in step || 'decide' in step) && !Object.hasOwn(drill.moves, id)) {
      findings.error('FB004', ['moves'], `the scripted responder has no answer for \`${id}\``);
    }
  }
  lintStepNames(drill, [...steps.keys()], findings);
  for (const [i, fault] of (drill.faults ?? []).entries()) {
    findings.reference(
      ['faults', i, 'instance'],
      'system in this drill',
      fault.instance,
      Object.keys(drill.systems),
    );
    findings.reference(['faults', i, 'before'], 'step in the runbook', fault.before, steps.keys());
  }
  if (company !== null) {
    for (const id of Object.keys(drill.systems))
      findings.reference(['systems', id], 'connector in firebreak.yaml', id, instances);
  }
  lintSecrets(drill, company, findings);
  lintScenario(drill, runbook, findings);
  lintEnd(drill, [...steps.keys()], findings);
  return [...findings.issues, ...lintWords(yaml, 'unexpected')];
}

/** `$secret:NAME` is a secret of an instance in the company or one that the drill itself makes up. */
function lintSecrets(drill: DrillSource, company: Company | null, findings: Findings): void {
  const own = Object.keys(drill.secrets ?? {});
  const instances = Object.entries(company?.connectors ?? {}).flatMap(([id, one]) =>
    Object.keys(one.secrets ?? {}).map((name) => `${id}.${name}`),
  );
  const walk = (value: unknown, path: Path): void => {
    if (typeof value === 'string' && value.startsWith('$secret:'))
      findings.reference(path, 'secret', value.slice(8), [...own, ...instances]);
    if (Array.isArray(value))
      for (const [i, item] of (value as readonly Json[]).entries()) walk(item, [...path, i]);
    else if (value !== null && typeof value === 'object')
      for (const [key, item] of Object.entries(value)) walk(item, [...path, key]);
  };
  walk(drill.systems, ['systems']);
}

function lintEnd(drill: DrillSource, steps: readonly string[], findings: Findings): void {
  for (const [i, { check }] of drill.end.entries())
    lintDrillCondition(check, ['end', i, 'check'], { drill, steps }, findings);
}

/** Steps that messages expect and objectives rest on. */
function lintStepNames(drill: DrillSource, steps: readonly string[], findings: Findings): void {
  for (const [i, { expect = [] }] of drill.injects.entries()) {
    for (const [j, id] of expect.entries())
      findings.reference(['injects', i, 'expect', j], 'step in the runbook', id, steps);
  }
  for (const [i, { steps: named = [] }] of (drill.objectives ?? []).entries()) {
    for (const [j, id] of named.entries())
      findings.reference(['objectives', i, 'steps', j], 'step in the runbook', id, steps);
  }
}
