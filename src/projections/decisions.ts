import type { Instant } from '../base/instant.ts';
import { againWords, askedAgain, changedUnder, standingDecisions } from '../incident/again.ts';
import { adviceOn, type Advice } from '../incident/assessment/known.ts';
import type { DecisionState, IncidentState } from '../incident/state.ts';
import type { Reveal } from '../model/event.ts';
import type { PlannedStep } from '../model/plan.ts';
import { stepsOf } from '../model/plan.ts';
import { SEALED, factWords } from './facts.ts';

/** A decision as its record: what was asked, from which options, on which facts, against which objections, by whom. */
export type DecisionRecord = Readonly<{
  n: number;
  at: Instant;
  step: string | null;
  decision: string;
  /** Words of the question and of the option where they are known; ids else. */
  question: string;
  option: string;
  options: readonly string[];
  decider: string;
  why: string | null;
  objections: string | null;
  /** What the rules advised at that moment; null where none speak about it. */
  advised: Readonly<{ option: string; followed: boolean }> | null;
  /** The facts it rested on, as they stand now, each with the entry it was decided on; `changed` where that is another one now. */
  relies: readonly Readonly<{ fact: string; n: number | null; changed: boolean; now: string }>[];
  /** Decided anew since: the record stays. */
  over: boolean;
}>;

export const decisionRecords = (
  state: IncidentState,
  reveal: Reveal,
  zone: string,
): readonly DecisionRecord[] => {
  const standing = new Set(standingDecisions(state).map(({ n }) => n));
  return state.decisions.map((one) => recordOf(one, state, { reveal, zone, over: !standing.has(one.n) }));
};

type About = Readonly<{ reveal: Reveal; zone: string; over: boolean }>;

function recordOf(one: DecisionState, state: IncidentState, { reveal, zone, over }: About): DecisionRecord {
  const { n, at, step, decision, decider } = one;
  const planned = state.plan === null ? undefined : stepsOf(state.plan).find(({ id }) => id === step);
  const words = reveal({ n, name: 'options' });
  const changed = new Set(changedUnder(one, state).map(({ fact }) => fact));
  return {
    n,
    at,
    step,
    decision,
    question: planned?.kind === 'decide' ? planned.question : (reveal({ n, name: 'question' }) ?? decision),
    option: chosenWords(one.option, planned, words),
    options: planned?.kind === 'decide' ? planned.options.map(({ title }) => title) : [],
    decider,
    why: reveal({ n, name: 'rationale' }),
    objections: reveal({ n, name: 'objections' }),
    advised:
      one.advised === undefined
        ? null
        : {
            option: titleOf(planned, one.advised),
            followed: one.advised === one.option,
          },
    relies: (one.relies ?? []).map(({ fact, n: then }) => ({
      fact,
      n: then,
      changed: changed.has(fact),
      now: factWords(state, fact, reveal, zone).text ?? 'not known',
    })),
    over,
  };
}

/** A decision outside the runbook has no list of options: its words are the one that was taken. */
export const chosenWords = (option: string, step: PlannedStep | undefined, words: string | null): string =>
  option === 'free' ? (words ?? SEALED) : titleOf(step, option);

const titleOf = (step: PlannedStep | undefined, option: string): string =>
  (step?.kind === 'decide' ? step.options.find(({ id }) => id === option)?.title : undefined) ?? option;

/** Decisions that are asked again, in words; `step` is null for one outside the runbook. */
export const againNow = (
  state: IncidentState,
): readonly Readonly<{ n: number; step: string | null; text: string }>[] =>
  state.phase === 'closed'
    ? []
    : askedAgain(state).map((one) => ({
        n: one.decision.n,
        step: one.decision.step,
        text: `DECIDE AGAIN ${one.decision.step ?? `the decision in entry ${one.decision.n}`}: ${againWords(one)}`,
      }));

/** What the notification rules say about the question of a step, from the facts as they stand. */
export const adviceFor = (step: PlannedStep, state: IncidentState): Advice | null => adviceOn(step, state);

/** The advice in lines: the answer, both sides of it, the score beside it, and what to find out first. */
export const adviceLines = ({ about, point, severity, open }: Advice): readonly string[] => {
  const what = about === 'authority' ? 'NOTIFY the authority (GDPR 33)' : 'TELL the people (GDPR 34)';
  const unknown = new Set(open.map(({ text }) => text));
  const isKnown = (text: string): boolean => !unknown.has(text);
  return [
    `${what}: ${point.yes ? 'YES, advised' : 'no, not advised'}`,
    ...point.because.filter(isKnown).map((text) => `because ${text}`),
    ...point.against.filter(isKnown).map((text) => `against ${text}`),
    ...open.map(
      ({ fact, text, decisive }) =>
        `${text} (fact ${fact})${decisive ? '. Find this out first: it alone could change the advice' : ''}`,
    ),
    `severity after ENISA ${(severity.points / 100).toFixed(2)} of 6, ${severity.band}: ${severity.meaning}`,
    'It advises, a named person decides. Not legal advice.',
  ];
};
