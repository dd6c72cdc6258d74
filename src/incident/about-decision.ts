import { Problem } from '../base/problem.ts';
import type { Command } from '../model/command.ts';
import type { Fresh } from '../model/event.ts';
import { settledUnder } from './about-approval.ts';
import { needOpen, stepOf } from './about-step.ts';
import { askedAgain, needDecision, reliedOn } from './again.ts';
import { adviceOn } from './assessment/known.ts';
import { needed, staff } from './said.ts';
import type { DecideContext } from './said.ts';
import type { IncidentState } from './state.ts';
import { taught } from './teach.ts';

/** What a decision becomes: the entry with its reason and what it rests on, and for a step also the fact that it makes. */
export const decided = (
  state: IncidentState,
  command: Extract<Command, { do: 'decide' }>,
  context: DecideContext,
): readonly Fresh[] => {
  const step = command.step === null ? null : stepOf(state, command.step);
  if (step !== null && step.kind !== 'decide')
    throw new Problem('usage', { why: `step ${step.id} decides nothing` });
  if (step !== null && !step.options.some((option) => option.id === command.option)) {
    throw new Problem('usage', {
      why: `choose one of ${step.options.map((option) => option.id).join(', ')}`,
    });
  }
  const stale = step !== null && askedAgain(state).some((one) => one.decision.step === step.id);
  if (step !== null && !stale) needOpen(state, step);
  if (command.instead !== undefined) needDecision(state, command.instead);
  const under = step === null ? [] : settledUnder(state, step, command.rationale, context);
  const advice = step === null ? null : adviceOn(step, state);
  const relies = reliedOn(state, step, [...(advice?.facts ?? []), ...(command.relies ?? [])]);
  const decision = step?.fact ?? command.decision ?? 'free';
  const question = step?.question ?? command.question ?? '';
  const options = step?.options.map((option) => option.title).join(' | ') ?? '';
  const made: Fresh = {
    kind: 'decision.made',
    pub: {
      decision,
      option: step === null ? 'free' : command.option,
      decider: command.decider,
      step: command.step,
      star: true,
      ...(relies.length === 0 ? {} : { relies }),
      ...(advice === null ? {} : { advised: advice.option }),
      ...(command.instead === undefined ? {} : { instead: command.instead }),
    },
    priv: {
      question: staff(question, context),
      options: staff(step === null ? command.option : options, context),
      rationale: needed(command.rationale, 'rationale', context),
      ...(command.objections === undefined ? {} : { objections: staff(command.objections, context) }),
    },
  };
  if (step === null) return [made];
  const told = taught(
    step.fact,
    { is: 'choice', id: command.option },
    { step: step.id, reason: command.rationale },
    state,
    context,
  );
  return [...under, made, told, { kind: 'step.finished', pub: { step: step.id, how: 'decided' } }];
};
