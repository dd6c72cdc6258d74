import { conditionName, parseCondition } from '../../base/condition.ts';
import { daysBetween } from '../../base/instant.ts';
import type { Issue } from '../../base/problem.ts';
import type { AnswerKind, RunbookSource, StepSource } from '../../model/runbook.ts';
import { phaseIds } from '../../model/names.ts';
import type { PhaseId } from '../../model/names.ts';
import type { Path, YamlFile } from '../yaml.ts';
import { lintByHand, lintPreserve } from './by-hand.ts';
import { findingsIn, onlyOnce } from './finding.ts';
import type { Findings, Vocabulary } from './finding.ts';
import { lintOverAffected } from './over-affected.ts';
import { lintPreserveFirst } from './preserve-first.ts';
import { lintProse } from './prose.ts';
import { lintTargets } from './targets.ts';
import { lintWords } from './words.ts';

const REVIEW_DAYS = 365;

/** A step with its place, and what stands before it. */
type Placed = Readonly<{ step: StepSource; path: Path; phase: PhaseId; index: number }>;
type Context = Readonly<{
  vocabulary: Vocabulary;
  findings: Findings;
  steps: readonly Placed[];
  ids: ReadonlyMap<string, number>;
  /** Facts that the runbook asks or decides, with the kind of answer. */
  facts: ReadonlyMap<string, AnswerKind | 'decision'>;
}>;

/** Every rule for a runbook whose shape is right. Errors refuse it; warnings are told and it loads. */
export function lintRunbook(
  yaml: YamlFile,
  runbook: RunbookSource,
  vocabulary: Vocabulary,
): readonly Issue[] {
  const findings = findingsIn(yaml);
  const steps = placed(runbook);
  const context: Context = {
    vocabulary,
    findings,
    steps,
    ids: new Map(steps.map(({ step, index }) => [step.id, index])),
    facts: factsOf(steps),
  };
  onlyOnce(
    findings,
    'step',
    steps.map(({ step, path }) => ({ id: step.id, path: [...path, 'id'] })),
  );
  onlyOnce(
    findings,
    'phase',
    runbook.phases.map(({ id }, i) => ({ id, path: ['phases', i, 'id'] })),
  );
  lintPhases(runbook, findings);
  lintDuties(runbook, context);
  const age = daysBetween(runbook.reviewed, vocabulary.today);
  if (age === null) findings.error('FB062', ['reviewed'], 'this is not a date');
  else if (age > REVIEW_DAYS)
    findings.warning(
      'FB062',
      ['reviewed'],
      `not reviewed for ${age} days`,
      'read it through and set the date',
    );
  for (const one of steps) lintStep(one, context);
  lintPreserveFirst(runbook, vocabulary, findings);
  lintOverAffected(runbook, vocabulary, findings);
  lintCircles(context);
  return [...findings.issues, ...lintWords(yaml, 'unexpected')];
}

const placed = (runbook: RunbookSource): readonly Placed[] =>
  runbook.phases
    .flatMap((phase, p) =>
      phase.steps.map((step, s) => ({ step, phase: phase.id, path: ['phases', p, 'steps', s] as const })),
    )
    .map((one, index) => ({ ...one, index }));

/** Facts that a runbook's steps learn, by id. */
const factsOf = (steps: readonly Placed[]): Context['facts'] =>
  new Map(
    steps.flatMap(({ step }): [string, AnswerKind | 'decision'][] => {
      if ('ask' in step) return [[step.ask.fact, step.ask.answer]];
      return 'decide' in step ? [[step.decide.fact, 'decision']] : [];
    }),
  );

function lintPhases(runbook: RunbookSource, findings: Findings): void {
  const order = runbook.phases.map(({ id }) => phaseIds.indexOf(id));
  const wrong = order.findIndex((place, i) => i > 0 && place < (order[i - 1] ?? 0));
  if (wrong !== -1)
    findings.error('FB004', ['phases', wrong, 'id'], `phases come in the order ${phaseIds.join(', ')}`);
}

function lintDuties(runbook: RunbookSource, { vocabulary, findings }: Context): void {
  if (vocabulary.law === null) return;
  for (const [i, duty] of runbook.duties.entries())
    findings.reference(['duties', i], 'duty', duty, vocabulary.law.duties);
}

function lintStep(one: Placed, context: Context): void {
  const { step, path } = one;
  const { findings, vocabulary } = context;
  for (const key of ['after', 'preserve'] as const) {
    for (const [i, id] of (step[key] ?? []).entries()) {
      findings.reference([...path, key, i], 'step', id, context.ids.keys());
      const later = (context.ids.get(id) ?? -1) >= one.index;
      if (key === 'preserve' && later)
        findings.error('FB004', [...path, key, i], `\`${id}\` comes after the step that would destroy it`);
    }
  }
  if (vocabulary.law !== null) {
    for (const [i, item] of step.serves.entries()) {
      // A shorter item stands for all below it: `gdpr:33` for the whole article.
      const whole = [...vocabulary.law.items].some((one) => one.startsWith(`${item}.`));
      if (!whole) findings.reference([...path, 'serves', i], 'item of law', item, vocabulary.law.items);
    }
  }
  if (step.when !== undefined) lintCondition(step.when, [...path, 'when'], context);
  if ('wait' in step && (step.approvals ?? 0) > 0)
    findings.error(
      'FB016',
      [...path, 'approvals'],
      'a wait is over when its fact is known: there is nothing that somebody could approve',
      'put the approvals on the step that acts on it',
    );
  lintProse(step, path, findings);
  lintKind(one, context);
}

/** Advice that points at an option which is not there would be shown as a word that means nothing. */
function lintAssess(
  { assess, options }: Extract<StepSource, { decide: unknown }>['decide'],
  path: Path,
  findings: Findings,
): void {
  if (assess === undefined) return;
  const ids = options.map(({ id }) => id);
  for (const key of ['advised', 'not_advised'] as const)
    if (!ids.includes(assess[key]))
      findings.error(
        'FB004',
        [...path, 'decide', 'assess', key],
        `this decision has no option \`${assess[key]}\``,
        `choose one of ${ids.join(', ')}`,
      );
}

/** What is different for each kind of step. */
function lintKind({ step, path, phase }: Placed, context: Context): void {
  const { findings, vocabulary } = context;
  if ('act' in step) return lintAct(step, path, context);
  if ('ask' in step && step.ask.answer === 'choice' && step.ask.choices === undefined) {
    findings.error('FB001', [...path, 'ask', 'answer'], 'a choice needs `choices`');
  }
  if ('decide' in step) {
    onlyOnce(
      findings,
      'option',
      step.decide.options.map(({ id }, i) => ({ id, path: [...path, 'decide', 'options', i, 'id'] })),
    );
    lintAssess(step.decide, path, findings);
  }
  if ('do' in step) lintByHand(step, path, phase, vocabulary, findings);
  if ('write' in step) {
    findings.reference([...path, 'write', 'letter'], 'letter', step.write.letter, vocabulary.letters);
    if (step.write.duty !== undefined && vocabulary.law !== null) {
      findings.reference([...path, 'write', 'duty'], 'duty', step.write.duty, vocabulary.law.duties);
    }
  }
  if ('wait' in step) {
    if (step.wait.fact === undefined && step.wait.minutes === undefined) {
      findings.error('FB001', [...path, 'wait'], 'waits for nothing: give `fact` or `minutes`');
    }
    if (step.wait.fact !== undefined)
      findings.reference(
        [...path, 'wait', 'fact'],
        'fact in this runbook',
        step.wait.fact,
        context.facts.keys(),
      );
  }
}

function lintAct(step: Extract<StepSource, { act: unknown }>, path: Path, context: Context): void {
  const { findings, vocabulary } = context;
  const action = vocabulary.actions.get(step.act.action);
  const [system = ''] = step.act.action.split('.');
  // `item.pause` and `item.revoke`: whatever the inventory names for the row.
  const own = step.act.action === 'item.pause' || step.act.action === 'item.revoke';
  if (!own && !vocabulary.brokenRecipes.has(system)) {
    findings.reference([...path, 'act', 'action'], 'action', step.act.action, vocabulary.actions.keys());
  }
  lintTargets(step.act.targets, [...path, 'act', 'targets'], findings, vocabulary);
  if (step.act.targets.fact !== undefined) {
    const kind = context.facts.get(step.act.targets.fact);
    const at = [...path, 'act', 'targets', 'fact'];
    findings.reference(at, 'fact in this runbook', step.act.targets.fact, context.facts.keys());
    if (kind !== undefined && kind !== 'items' && kind !== 'secret') {
      findings.error(
        'FB004',
        at,
        `the answer of \`${step.act.targets.fact}\` is ${kind}; targets come from an answer of items or secret`,
      );
    }
  }
  const final =
    action?.effect === 'irreversible' ||
    action?.effect === 'destroys-evidence' ||
    step.act.action === 'item.revoke';
  if (!final) return;
  // A killed credential takes its history with it at most vendors; a posted message, though final too, takes nothing.
  const destroys =
    action === undefined || action.effect === 'destroys-evidence' || action.needsSuspect === true;
  if (destroys && step.preserve === undefined) lintPreserve(path, findings);
  if (step.confirm !== undefined && step.confirm !== 'type-target') {
    findings.error(
      'FB021',
      [...path, 'confirm'],
      `\`${step.act.action}\` cannot be undone: its confirmation is the typed name`,
    );
  }
}

const SEALED: ReadonlySet<string> = new Set(['text', 'long-text', 'secret']);

/** FB050 and FB051 with the place inside the condition; FB004 for what it names and nobody answers. */
function lintCondition(text: string, path: Path, { findings, facts, ids }: Context): void {
  const parsed = parseCondition(text);
  if (!parsed.ok) return findings.condition(path, text, parsed);
  const byName = new Map([...facts.keys()].map((id) => [conditionName(id), id]));
  for (const name of parsed.condition.facts) {
    findings.reference(path, 'fact in this runbook', name, byName.keys());
    const kind = facts.get(byName.get(name) ?? '');
    if (kind !== undefined && SEALED.has(kind))
      findings.error('FB050', path, `the answer of \`${name}\` is sealed, no condition can read it`);
  }
  for (const name of parsed.condition.steps)
    findings.reference(path, 'step', name, [...ids.keys()].map(conditionName));
}

/** FB004: steps that wait for each other never begin. */
function lintCircles({ steps, findings }: Context): void {
  const after = new Map(steps.map(({ step }) => [step.id, step.after ?? []]));
  const safe = new Set<string>();
  const circleFrom = (id: string, trail: readonly string[]): readonly string[] | null => {
    if (trail.includes(id)) return [...trail.slice(trail.indexOf(id)), id];
    if (safe.has(id)) return null;
    for (const next of after.get(id) ?? []) {
      const circle = circleFrom(next, [...trail, id]);
      if (circle !== null) return circle;
    }
    safe.add(id);
    return null;
  };
  for (const { step, path } of steps) {
    const circle = circleFrom(step.id, []);
    if (circle === null) continue;
    findings.error('FB004', [...path, 'after'], `these steps wait for each other: ${circle.join(' -> ')}`);
    return;
  }
}
