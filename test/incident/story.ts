import type { Beat } from '../../src/base/beat.ts';
import { sha256Hex } from '../../src/base/hash.ts';
import { instant, plus, type Instant } from '../../src/base/instant.ts';
import { decide } from '../../src/incident/decide.ts';
import { evolve } from '../../src/incident/evolve.ts';
import { progress, type StepView } from '../../src/incident/ready.ts';
import { unopened, type IncidentState } from '../../src/incident/state.ts';
import type { Command } from '../../src/model/command.ts';
import type { Fresh, Recorded } from '../../src/model/event.ts';
import type { Plan, PlannedPhase, PlannedStep } from '../../src/model/plan.ts';
import { at } from '../fakes/clock.ts';

/** An incident told step by step: what has happened, what a person does next, and what stands afterwards. */
export interface Story {
  /** What a person does; the events it became. Throws the Problem that `decide` refuses with. */
  does(command: Command): readonly Fresh[];
  /** What the engine or another process writes. The place of the first entry. */
  happens(...events: readonly Fresh[]): number;
  state(): IncidentState;
  step(id: string): StepView;
  now(): Instant;
  /** Lets time pass. */
  later(ms: number): void;
  entries(): readonly Recorded[];
}

export const opened: Fresh<'incident.opened'> = {
  kind: 'incident.opened',
  pub: {
    codename: 'amber-otter',
    runbook: null,
    severity: 'high',
    drill: false,
    zone: 'Europe/Dublin',
    earliest_at: at('2026-11-20T02:10:00Z'),
  },
};

export const adopted = (plan: Plan): Fresh<'plan.adopted'> => ({
  kind: 'plan.adopted',
  pub: { plan_sha256: 'ab'.repeat(32), runbook: plan.runbook, part: 0, of: 1, text: JSON.stringify(plan) },
});

export const story = (
  steps: readonly PlannedStep[] = [],
  opening: Fresh<'incident.opened'> = opened,
  beat: () => Beat = () => ({ boot: 'c0ffee01', mono: '0' }),
): Story => {
  let now = at('2026-11-20T06:40:00Z');
  let state: IncidentState = unopened;
  const entries: Recorded[] = [];
  const happens = (...events: readonly Fresh[]): number => {
    const first = entries.length;
    for (const event of events) {
      const entry = {
        ...event,
        n: entries.length,
        actor: 'ada',
        recorded_at: now,
        beat: beat(),
        priv: Object.keys(event.priv ?? {}),
        hash: sha256Hex(`entry ${entries.length}`),
      } as unknown as Recorded;
      entries.push(entry);
      state = evolve(state, entry);
    }
    return first;
  };
  happens(opening);
  if (steps.length > 0) happens(adopted(planOf(steps)));
  return {
    does: (command) => {
      const events = decide(state, command, {
        now,
        actor: 'ada',
        mask: (text) => text.replaceAll('4111111111111111', '[card]'),
        fingerprint: () => 'fp-1',
      });
      happens(...events);
      return events;
    },
    happens,
    state: () => state,
    step: (id) => {
      const found = progress(state).steps.find((one) => one.step.id === id);
      if (found === undefined) throw new Error(`the plan has no step ${id}`);
      return found;
    },
    now: () => now,
    later: (ms) => {
      now = instant(plus(now, ms));
    },
    entries: () => entries,
  };
};

export const planOf = (steps: readonly PlannedStep[]): Plan => {
  const phase: PlannedPhase = { id: 'contain', title: 'Contain', goal: 'It has stopped', steps };
  return {
    runbook: 'small',
    version: '1.0.0',
    title: 'A small runbook',
    severity: 'high',
    duties: [],
    never: [],
    phases: [phase],
  };
};

type Kind<K extends PlannedStep['kind']> = Extract<PlannedStep, { kind: K }>;

const common = {
  phase: 'contain',
  title: 'Look at it',
  why: 'To know.',
  role: 'responder',
  minutes: 5,
  when: null,
  after: [],
  verify: 'It is known.',
  fallback: 'Look by hand.',
  preserve: [],
  approvals: 0,
  serves: ['gdpr:33'],
  star: false,
} as const;

export const act = (id: string, items: readonly string[], more: Partial<Kind<'act'>> = {}): Kind<'act'> => ({
  ...common,
  id,
  kind: 'act',
  action: 'tiny.stop',
  targets: items.map((item) => ({ item, instance: 'tiny', connector: 'tiny', action: 'tiny.stop' })),
  from_fact: null,
  input: {},
  effect: 'reversible',
  retry: 'B',
  confidence: 'confirmed',
  reversible: true,
  stops: true,
  friction: 'yes',
  ...more,
});

export const ask = (
  id: string,
  fact: string,
  answer: Kind<'ask'>['answer'],
  more: Partial<Kind<'ask'>> = {},
): Kind<'ask'> => ({
  ...common,
  id,
  kind: 'ask',
  question: 'What?',
  fact,
  answer,
  choices: [],
  unknown: true,
  help: '',
  ...more,
});

export const byHand = (id: string, more: Partial<Kind<'do'>> = {}): Kind<'do'> => ({
  ...common,
  id,
  kind: 'do',
  instruction: 'Look.',
  record: 'what was seen',
  call: null,
  evidence: false,
  submits: null,
  effect: 'reads',
  ...more,
});

export const choice = (id: string, fact: string, more: Partial<Kind<'decide'>> = {}): Kind<'decide'> => ({
  ...common,
  id,
  kind: 'decide',
  question: 'Is there a risk?',
  fact,
  options: [
    { id: 'yes', title: 'Yes', consequence: 'A letter.' },
    { id: 'no', title: 'No', consequence: 'None.' },
  ],
  decider: 'legal',
  advice: '',
  ...more,
});

export const wait = (id: string, fact: string | null): Kind<'wait'> => ({
  ...common,
  id,
  kind: 'wait',
  fact,
  for_minutes: fact === null ? 10 : null,
});

export const intent = (
  step: string | null,
  target: string,
  more: Partial<Fresh<'act.intent'>['pub']> = {},
): Fresh<'act.intent'> => ({
  kind: 'act.intent',
  pub: {
    step,
    target,
    instance: 'tiny',
    action: 'tiny.stop',
    attempt: 1,
    direction: 'do',
    of: null,
    effect: 'reversible',
    retry: 'B',
    confidence: 'confirmed',
    idem: '00',
    plan_sha256: 'ab'.repeat(32),
    ...more,
  },
});

export const outcome = (
  of: number,
  step: string | null,
  target: string,
  result: Fresh<'act.outcome'>['pub']['result'],
): Fresh<'act.outcome'> => ({
  kind: 'act.outcome',
  pub: { intent: of, step, target, result, http: 200, by: 'tool' },
});

export const verified = (
  of: number,
  step: string | null,
  target: string,
  proof: Fresh<'act.verified'>['pub']['proof'],
): Fresh<'act.verified'> => ({
  kind: 'act.verified',
  pub: { intent: of, step, target, proof, http: 200, at: at('2026-11-20T06:41:00Z') },
});
