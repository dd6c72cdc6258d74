import { conditionName, parseCondition } from '../../base/condition.ts';
import type { DrillSource } from '../../model/drill.ts';
import type { RunbookSource, StepSource } from '../../model/runbook.ts';
import type { Deed, TrapSource } from '../../model/scenario.ts';
import type { Path } from '../yaml.ts';
import { onlyOnce } from './finding.ts';
import type { Findings } from './finding.ts';
import { lintMove } from './move.ts';
import { lintWhen } from './when.ts';

/** Traps, attackers, conditional messages and rules that end a drill: every name leads somewhere, every trap can be walked into. */

export type Around = Readonly<{ drill: DrillSource; steps: readonly string[] }>;

export function lintDrillCondition(
  text: string,
  path: Path,
  { drill, steps }: Around,
  findings: Findings,
): void {
  const parsed = parseCondition(text, 'drill');
  if (!parsed.ok) {
    findings.condition(path, text, parsed);
    return;
  }
  const { condition } = parsed;
  const systems = Object.keys(drill.systems).map(conditionName);
  const named = steps.map(conditionName);
  for (const name of condition.systems) findings.reference(path, 'system in this drill', name, systems);
  for (const name of [...condition.steps, ...condition.ends, ...condition.choices])
    findings.reference(path, 'step in the runbook', name, named);
}

export function lintScenario(drill: DrillSource, runbook: RunbookSource, findings: Findings): void {
  const steps = new Map(
    runbook.phases.flatMap((phase) => phase.steps.map((step) => [step.id, step] as const)),
  );
  const around: Around = { drill, steps: [...steps.keys()] };
  const { traps = [], attacker = [], stops = [] } = drill;
  const trapIds = traps.map(({ id }) => id);
  const injects = drill.injects.map(({ id }) => id);
  for (const [i, inject] of drill.injects.entries()) {
    const path: Path = ['injects', i];
    if (inject.after !== undefined)
      findings.reference([...path, 'after'], 'trap in this drill', inject.after, trapIds);
    if (inject.if !== undefined) lintDrillCondition(inject.if, [...path, 'if'], around, findings);
  }
  lintWhen(drill, findings);
  if (drill.enough !== undefined)
    findings.reference(['enough'], 'message in this drill', drill.enough, injects);
  onlyOnce(
    findings,
    'trap',
    trapIds.map((id, i) => ({ id, path: ['traps', i, 'id'] })),
  );
  for (const [i, trap] of traps.entries()) lintTrap(trap, ['traps', i], steps, around, findings);
  onlyOnce(
    findings,
    'attacker',
    attacker.map(({ id }, i) => ({ id, path: ['attacker', i, 'id'] })),
  );
  for (const [i, { instance }] of attacker.entries())
    findings.reference(
      ['attacker', i, 'instance'],
      'system in this drill',
      instance,
      Object.keys(drill.systems),
    );
  for (const [i, { when }] of stops.entries())
    lintDrillCondition(when, ['stops', i, 'when'], around, findings);
}

function lintTrap(
  trap: TrapSource,
  path: Path,
  steps: ReadonlyMap<string, StepSource>,
  around: Around,
  findings: Findings,
): void {
  const { drill } = around;
  if (trap.inject !== undefined)
    findings.reference(
      [...path, 'inject'],
      'message in this drill',
      trap.inject,
      drill.injects.map(({ id }) => id),
    );
  lintDrillCondition(trap.when, [...path, 'when'], around, findings);
  const { moves = {}, before = {} } = trap.play;
  if (Object.keys(moves).length === 0 && Object.keys(before).length === 0)
    findings.error('FB004', [...path, 'play'], 'say how somebody walks into it: moves or before');
  for (const [id, move] of Object.entries(moves)) {
    const at: Path = [...path, 'play', 'moves', id];
    findings.reference(at, 'step in the runbook', id, steps.keys());
    const step = steps.get(id);
    if (step !== undefined) lintMove(step, move, at, findings, drill);
  }
  lintDeeds(before, [...path, 'play', 'before'], [...steps.keys()], findings);
}

/** What the scripted responder does before a step. */
export function lintDeeds(
  before: Readonly<Record<string, readonly Deed[]>>,
  path: Path,
  steps: readonly string[],
  findings: Findings,
): void {
  for (const [id, deeds] of Object.entries(before)) {
    const at: Path = [...path, id];
    findings.reference(at, 'step in the runbook', id, steps);
    for (const [i, deed] of deeds.entries()) {
      const named = stepOf(deed);
      if (named !== null) findings.reference([...at, i], 'step in the runbook', named, steps);
    }
  }
}

const stepOf = (deed: Deed): string | null =>
  'take' in deed ? deed.take : 'undo' in deed ? deed.undo : null;
