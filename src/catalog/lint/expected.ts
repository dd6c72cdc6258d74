import { parseInstant } from '../../base/instant.ts';
import type { StepSource } from '../../model/runbook.ts';
import type { Expected, RunbookTest } from '../../model/runbook-test.ts';
import type { Path } from '../yaml.ts';
import type { Findings } from './finding.ts';
import { lintFact } from './tested.ts';
import type { TestedAround } from './tested.ts';

/** Expectations of a test: none that no play of this runbook could ever meet. */

type StepWord = NonNullable<Expected['steps']>[string];

/** Why a step can never stand so; null where it can. */
const never = (step: StepSource, word: StepWord): string | null => {
  if (word === 'void' && step.when === undefined) return 'it has no condition, so it is always needed';
  if (word === 'wait' && (step.after ?? []).length === 0) return 'it waits for no other step';
  const acts = 'act' in step;
  if ((word === 'unsure' || word === 'fail') && !acts)
    return 'it reaches no system that could fail or leave a doubt';
  if (word === 'hand' && !acts && !('do' in step)) return 'it is not done by hand: write done';
  if (word === 'done' && 'do' in step) return 'a person does it: write hand';
  return null;
};

const lintSteps = ({ steps = {} }: Expected, path: Path, around: TestedAround, findings: Findings): void => {
  for (const [id, word] of Object.entries(steps)) {
    const at: Path = [...path, 'steps', id];
    findings.reference(at, 'step in the runbook', id, around.order);
    const step = around.steps.get(id);
    const why = step === undefined ? null : never(step, word);
    if (why !== null) findings.error('FB004', at, `\`${id}\` can never be ${word}: ${why}`);
  }
};

const lintPath = (test: RunbookTest, path: Path, { order }: TestedAround, findings: Findings): void => {
  const end = test.until === undefined ? order.length : order.indexOf(test.until);
  const ended: ReadonlySet<StepWord> = new Set<StepWord>(['done', 'hand', 'skip']);
  for (const [i, id] of (test.expect.path ?? []).entries()) {
    const at: Path = [...path, 'path', i];
    findings.reference(at, 'step in the runbook', id, order);
    const place = order.indexOf(id);
    if (place >= end && end >= 0 && !takenEarly(test, id))
      findings.error(
        'FB004',
        at,
        `the test ends in front of \`${test.until ?? ''}\`, so it never comes to \`${id}\``,
      );
    const word = test.expect.steps?.[id];
    if (word !== undefined && !ended.has(word) && !(test.expect.again ?? []).includes(id))
      findings.error('FB004', at, `\`${id}\` is to end here, and to be ${word} in \`steps\``);
  }
};

const takenEarly = ({ before = {} }: RunbookTest, id: string): boolean =>
  Object.values(before).some((deeds) => deeds.some((deed) => 'take' in deed && deed.take === id));

const lintDoubts = (
  { again = [], unsure = [] }: Expected,
  path: Path,
  around: TestedAround,
  findings: Findings,
): void => {
  for (const [i, id] of again.entries()) {
    const at: Path = [...path, 'again', i];
    findings.reference(at, 'step in the runbook', id, around.order);
    const step = around.steps.get(id);
    if (step !== undefined && !('decide' in step && step.decide.relies !== undefined))
      findings.error(
        'FB004',
        at,
        `\`${id}\` is no decision that names in \`relies\` what it rests on, so it is never asked again`,
      );
  }
  for (const [i, id] of unsure.entries()) {
    const at: Path = [...path, 'unsure', i];
    findings.reference(at, 'step in the runbook', id, around.order);
    const step = around.steps.get(id);
    if (step !== undefined && !('act' in step))
      findings.error('FB004', at, `\`${id}\` reaches no system, so it is never unsure`);
  }
};

const lintClocks = (
  { clocks = {} }: Expected,
  path: Path,
  { duties }: TestedAround,
  findings: Findings,
): void => {
  for (const [duty, clock] of Object.entries(clocks)) {
    const at: Path = [...path, 'clocks', duty];
    if (duties !== null) findings.reference(at, 'duty', duty, duties);
    for (const key of ['started', 'due'] as const) {
      const text = clock[key];
      if (typeof text === 'string' && text !== 'earliest' && parseInstant(text) === null)
        findings.error('FB001', [...at, key], 'write a time with its offset: 2026-11-20T02:10:00+00:00');
    }
  }
};

const lintLetters = (
  { letters = {} }: Expected,
  path: Path,
  around: TestedAround,
  findings: Findings,
): void => {
  const written = [...around.steps.values()].flatMap((step) => ('write' in step ? [step.write.letter] : []));
  for (const id of Object.keys(letters)) {
    const at: Path = [...path, 'letters', id];
    if (!around.letters.has(id)) findings.reference(at, 'letter', id, around.letters);
    else if (!written.includes(id))
      findings.error('FB004', at, `no step of this runbook writes \`${id}\`, so it is never reached`);
  }
};

export function lintExpected(test: RunbookTest, path: Path, around: TestedAround, findings: Findings): void {
  const { expect } = test;
  lintPath(test, path, around, findings);
  lintSteps(expect, path, around, findings);
  lintDoubts(expect, path, around, findings);
  lintClocks(expect, path, around, findings);
  lintLetters(expect, path, around, findings);
  for (const [id] of Object.entries(expect.contained ?? {}))
    findings.reference([...path, 'contained', id], 'row of the inventory', id, around.items);
  for (const [fact, value] of Object.entries(expect.facts ?? {}))
    lintFact(around.facts, fact, value, [...path, 'facts', fact], findings);
}
