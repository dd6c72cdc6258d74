import { Problem } from '../base/problem.ts';
import type { Answer, Command } from '../model/command.ts';
import type { Fresh, PrivateText } from '../model/event.ts';
import { stepsOf } from '../model/plan.ts';
import type { PlannedStep } from '../model/plan.ts';
import { settledUnder } from './about-approval.ts';
import { overrideTaken } from './approvals.ts';
import { latestActs, targetsOf } from './ready.ts';
import { needed, staff } from './said.ts';
import type { DecideContext } from './said.ts';
import type { IncidentState } from './state.ts';
import { taught } from './teach.ts';

/** What commands about a step of the plan become. */

/** The step of that id in the adopted plan. @throws Problem `not-found` */
export const stepOf = (state: IncidentState, id: string): PlannedStep => {
  const steps = state.plan === null ? [] : stepsOf(state.plan);
  const found = steps.find((step) => step.id === id);
  if (found === undefined) throw new Problem('not-found', { what: 'step', id });
  return found;
};

type StepCommand = Extract<Command, { do: 'start' | 'tick' | 'skip' | 'reopen' | 'override' }>;

export const aboutStep = (
  state: IncidentState,
  command: StepCommand,
  context: DecideContext,
): readonly Fresh[] => {
  const step = stepOf(state, command.step);
  const before = state.steps.get(step.id)?.status;
  const because = (reason: string): Readonly<{ reason: PrivateText }> => ({
    reason: needed(reason, 'reason', context),
  });
  switch (command.do) {
    case 'start':
      return before === undefined ? [{ kind: 'step.started', pub: { step: step.id } }] : [];
    case 'tick':
      needOpen(state, step);
      // The answer and the decision are what such a step is for; a tick would leave its fact unknown in silence.
      if (step.kind === 'ask' || step.kind === 'decide')
        throw new Problem('usage', {
          why: `step ${step.id} wants ${step.kind === 'ask' ? 'an answer' : 'a decision'}; leave it out with a reason if there is none`,
        });
      if (command.result.trim() === '')
        throw new Problem('usage', { why: 'a result is needed, in a few words' });
      return [
        ...settledUnder(state, step, command.result, context),
        ...submission(state, step, command, context),
        ...byHand(state, step),
        {
          kind: 'step.finished',
          pub: { step: step.id, how: step.kind === 'wait' ? 'waited' : 'by-hand' },
          priv: { result: needed(command.result, 'result', context) },
        },
      ];
    case 'skip':
      needOpen(state, step);
      return [{ kind: 'step.skipped', pub: { step: step.id }, priv: because(command.reason) }];
    case 'reopen':
      return [{ kind: 'step.reopened', pub: { step: step.id }, priv: because(command.reason) }];
    case 'override':
      return [overrideTaken(step.id, command.what, because(command.reason).reason, context.now)];
  }
};

/** Evidence that is given up before something is stopped: for a step, or for a row outside of any. */
export const waived = (
  state: IncidentState,
  { step, preserve, reason }: Extract<Command, { do: 'waive' }>,
  context: DecideContext,
): readonly Fresh[] => {
  if (step !== null) stepOf(state, step);
  return [
    {
      kind: 'evidence.waived',
      pub: { step, preserve },
      priv: { reason: needed(reason, 'reason', context) },
    },
  ];
};

/** What a person did at the vendor, target by target, so that the system can be asked about it now and later. */
const byHand = (state: IncidentState, step: PlannedStep): readonly Fresh[] => {
  if (step.kind !== 'act' || !step.stops) return [];
  const latest = latestActs(step.id, state);
  return targetsOf(step, state).flatMap(({ item, instance, action }): readonly Fresh[] => {
    const act = latest.get(item);
    const isProved = act !== undefined && act.proof === 'proved' && !act.undone;
    if (instance === null || action === null || isProved) return [];
    const { effect, confidence, input } = step;
    return [
      {
        kind: 'act.by_hand',
        pub: { step: step.id, target: item, instance, action, effect, retry: 'D', confidence },
        priv: { args: { class: 'exchange', value: JSON.stringify(input) } },
      },
    ];
  });
};

/** A by-hand step that submits a duty: the clock is met at that instant once the proof is recorded, and shows NOT PROVED until then. */
const submission = (
  state: IncidentState,
  step: PlannedStep,
  command: Extract<Command, { do: 'tick' }>,
  context: DecideContext,
): readonly Fresh[] => {
  if (step.kind !== 'do' || step.submits === null) return [];
  const duty = step.submits;
  const { at, reference } = command.submitted ?? { at: context.now, reference: null };
  const phase = (state.submissions.get(duty)?.phase ?? 0) + 1;
  const sent: Fresh = {
    kind: 'duty.submitted',
    pub: { duty, at, phase },
    priv: { channel: staff(command.result, context) },
  };
  if (reference === null || reference.trim() === '') return [sent];
  const priv = { reference: staff(reference, context) };
  return [sent, { kind: 'duty.proved', pub: { duty, kind: 'portal-reference', evidence: null }, priv }];
};

/** What has ended says how it ended: only reopening, with a reason, lets that be said again. */
export const needOpen = (state: IncidentState, step: PlannedStep): void => {
  const status = state.steps.get(step.id)?.status;
  if (status === 'finished' || status === 'skipped') {
    throw new Problem('usage', {
      why: `step ${step.id} is ${status}: open it again with a reason first, or write a note`,
    });
  }
};

export const answered = (
  step: PlannedStep,
  answer: Answer,
  reason: string | undefined,
  state: IncidentState,
  context: DecideContext,
): readonly Fresh[] => {
  if (step.kind !== 'ask') throw new Problem('usage', { why: `step ${step.id} does not ask anything` });
  const fits = answer.is === step.answer || (answer.is === 'text' && step.answer === 'long-text');
  if (!fits && !(answer.is === 'unknown' && step.unknown)) {
    throw new Problem('usage', { why: `step ${step.id} wants an answer of kind ${step.answer}` });
  }
  if (state.steps.get(step.id)?.status === 'finished' && (reason ?? '').trim() === '') {
    throw new Problem('usage', { why: `step ${step.id} is answered: a correction needs a reason` });
  }
  const given: readonly Fresh[] =
    answer.is === 'secret'
      ? answer.credentials.map((one) => ({
          kind: 'credential.given',
          pub: { credential: one.item, fingerprint: context.fingerprint(one.value) },
          priv: { secret: { class: 'secrets-seen', value: one.value } },
        }))
      : [];
  // What was settled under its approvals can be corrected: the correction names what it corrects.
  const under =
    state.steps.get(step.id)?.status === 'finished' ? [] : settledUnder(state, step, reason ?? null, context);
  const told = taught(step.fact, answer, { step: step.id, reason }, state, context);
  return [...under, ...given, told, { kind: 'step.finished', pub: { step: step.id, how: 'answered' } }];
};
