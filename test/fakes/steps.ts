import type { Choice, PlannedStep, Target } from '../../src/model/plan.ts';

/** Steps with everything filled in that a test does not care about. */

type Common = Pick<
  PlannedStep,
  'phase' | 'role' | 'minutes' | 'when' | 'after' | 'preserve' | 'approvals' | 'serves' | 'star'
>;
const common: Common = {
  phase: 'contain',
  role: 'responder',
  minutes: 5,
  when: null,
  after: [],
  preserve: [],
  approvals: 0,
  serves: ['gdpr:33'],
  star: false,
};
export const words = (id: string, title: string, why: string) =>
  ({
    ...common,
    id,
    title,
    why,
    verify: `A colleague sees that "${title}" is true.`,
    fallback: 'Do it in the console of the vendor and write down what you saw.',
  }) as const;

export const target = (item: string, instance: string | null = 'meta'): Target => ({
  item,
  instance,
  connector: instance === null ? null : 'meta',
  action: null,
});
export const act = (
  id: string,
  title: string,
  why: string,
  action: string,
  targets: readonly Target[],
  more: Partial<Extract<PlannedStep, { kind: 'act' }>> = {},
): PlannedStep =>
  ({
    ...words(id, title, why),
    kind: 'act',
    action,
    targets,
    from_fact: null,
    input: {},
    effect: 'reversible',
    retry: 'B',
    confidence: 'confirmed',
    reversible: true,
    friction: 'yes',
    ...more,
  }) as PlannedStep;
type AskKind = Extract<PlannedStep, { kind: 'ask' }>['answer'];
export const ask = (
  id: string,
  title: string,
  question: string,
  fact: string,
  answer: AskKind,
  more: Partial<Extract<PlannedStep, { kind: 'ask' }>> = {},
): PlannedStep =>
  ({
    ...words(id, title, 'It is needed for the clocks and for the letters.'),
    kind: 'ask',
    question,
    fact,
    answer,
    choices: [],
    unknown: true,
    help: '',
    ...more,
  }) as PlannedStep;
export const hand = (
  id: string,
  title: string,
  instruction: string,
  more: Partial<Extract<PlannedStep, { kind: 'do' }>> = {},
): PlannedStep =>
  ({
    ...words(id, title, 'No API reaches this.'),
    kind: 'do',
    instruction,
    record: 'what you did and what you saw',
    call: null,
    evidence: false,
    effect: 'reads',
    ...more,
  }) as PlannedStep;
export const decide = (
  id: string,
  title: string,
  question: string,
  fact: string,
  options: readonly Choice[],
  more: Partial<Extract<PlannedStep, { kind: 'decide' }>> = {},
): PlannedStep =>
  ({
    ...words(id, title, 'Somebody must decide it, by name, with a reason.'),
    kind: 'decide',
    question,
    fact,
    options,
    decider: 'commander',
    advice: '',
    ...more,
  }) as PlannedStep;
export const yesNo: readonly Choice[] = [
  { id: 'yes', title: 'Yes', consequence: 'the duty to tell the people starts' },
  { id: 'no', title: 'No', consequence: 'that duty is ruled out, with your reason' },
];
