import { unreachable } from '../base/assert.ts';
import { Problem } from '../base/problem.ts';
import type { Answer, Command } from '../model/command.ts';
import type { Fresh } from '../model/event.ts';
import { stepsOf } from '../model/plan.ts';
import type { PlannedStep } from '../model/plan.ts';
import { inDoubt } from './state.ts';
import type { IncidentState } from './state.ts';
import { staff, taught } from './teach.ts';
import type { DecideContext } from './teach.ts';

/** What a command becomes: the events to write, in order. Pure; refusals are Problems with the fact that is in the way. */
export const decide = (state: IncidentState, command: Command, context: DecideContext): readonly Fresh[] => {
  if (state.phase === 'unopened') throw new Problem('no-incident');
  // A closed incident can still be written about: what is learned later must have a place.
  if (state.phase === 'closed' && command.do !== 'note')
    throw new Problem('incident-closed', { incident: state.codename });
  switch (command.do) {
    case 'start':
    case 'tick':
    case 'skip':
    case 'reopen':
    case 'waive':
    case 'override':
      return aboutStep(state, command, context);
    case 'answer':
      return answered(stepOf(state, command.step), command.answer, command.reason, state, context);
    case 'decide':
      return decided(state, command, context);
    case 'learn':
    case 'correct':
    case 'rule-out':
      return aboutFact(state, command, context);
    case 'submit':
    case 'prove':
    case 'acknowledge':
      return aboutDuty(state, command, context);
    case 'note':
      needText(command.text, 'text');
      return [
        {
          kind: 'note.added',
          pub: {
            at: command.at ?? context.now,
            star: command.star ?? false,
            corrects: command.corrects ?? null,
          },
          priv: { text: staff(command.text, context) },
        },
      ];
    case 'call':
      return [
        {
          kind: 'contact.called',
          pub: { contact: command.contact, outcome: command.outcome },
          ...(command.note === undefined ? {} : { priv: { note: staff(command.note, context) } }),
        },
      ];
    case 'severity':
      needText(command.reason, 'reason');
      return [
        {
          kind: 'severity.set',
          pub: { severity: command.severity },
          priv: { reason: staff(command.reason, context) },
        },
      ];
    case 'role':
      return [{ kind: 'role.claimed', pub: { role: command.role, person: command.person } }];
    case 'settle':
      return settled(state, command, context);
    case 'close':
      return closed(state, command, context);
    default:
      return unreachable(command);
  }
};

/** The step of that id in the adopted plan. @throws Problem `not-found` */
export const stepOf = (state: IncidentState, id: string): PlannedStep => {
  const steps = state.plan === null ? [] : stepsOf(state.plan);
  const found = steps.find((step) => step.id === id);
  if (found === undefined) throw new Problem('not-found', { what: 'step', id });
  return found;
};

type StepCommand = Extract<Command, { do: 'start' | 'tick' | 'skip' | 'reopen' | 'waive' | 'override' }>;

const aboutStep = (state: IncidentState, command: StepCommand, context: DecideContext): readonly Fresh[] => {
  const step = stepOf(state, command.step);
  const before = state.steps.get(step.id)?.status;
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
      needText(command.result, 'result');
      return [
        ...submission(state, step, command, context),
        {
          kind: 'step.finished',
          pub: { step: step.id, how: step.kind === 'wait' ? 'waited' : 'by-hand' },
          priv: { result: staff(command.result, context) },
        },
      ];
    case 'skip':
      needOpen(state, step);
      needText(command.reason, 'reason');
      return [
        {
          kind: 'step.skipped',
          pub: { step: step.id },
          priv: { reason: staff(command.reason, context) },
        },
      ];
    case 'reopen':
      needText(command.reason, 'reason');
      return [
        {
          kind: 'step.reopened',
          pub: { step: step.id },
          priv: { reason: staff(command.reason, context) },
        },
      ];
    case 'waive':
      needText(command.reason, 'reason');
      return [
        {
          kind: 'evidence.waived',
          pub: { step: step.id, preserve: command.preserve },
          priv: { reason: staff(command.reason, context) },
        },
      ];
    case 'override':
      needText(command.reason, 'reason');
      return [
        {
          kind: 'override.taken',
          pub: { step: step.id, what: command.what },
          priv: { reason: staff(command.reason, context) },
        },
      ];
  }
};

/** A by-hand step that submits a duty: the clock is met at that instant once the proof is recorded, and shows UNPROVEN until then. */
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
const needOpen = (state: IncidentState, step: PlannedStep): void => {
  const status = state.steps.get(step.id)?.status;
  if (status === 'finished' || status === 'skipped') {
    throw new Problem('usage', {
      why: `step ${step.id} is ${status}: open it again with a reason first, or write a note`,
    });
  }
};

const needText = (text: string, what: string): void => {
  if (text.trim() === '') throw new Problem('usage', { why: `a ${what} is needed, in a few words` });
};

const answered = (
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
  const told = taught(step.fact, answer, { step: step.id, reason }, state, context);
  return [...given, told, { kind: 'step.finished', pub: { step: step.id, how: 'answered' } }];
};

const decided = (
  state: IncidentState,
  command: Extract<Command, { do: 'decide' }>,
  context: DecideContext,
): readonly Fresh[] => {
  needText(command.rationale, 'rationale');
  const step = command.step === null ? null : stepOf(state, command.step);
  if (step !== null && step.kind !== 'decide')
    throw new Problem('usage', { why: `step ${step.id} decides nothing` });
  if (step !== null && !step.options.some((option) => option.id === command.option)) {
    throw new Problem('usage', {
      why: `choose one of ${step.options.map((option) => option.id).join(', ')}`,
    });
  }
  if (step !== null) needOpen(state, step);
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
    },
    priv: {
      question: staff(question, context),
      options: staff(step === null ? command.option : options, context),
      rationale: staff(command.rationale, context),
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
  return [made, told, { kind: 'step.finished', pub: { step: step.id, how: 'decided' } }];
};

type FactCommand = Extract<Command, { do: 'learn' | 'correct' | 'rule-out' }>;

const aboutFact = (state: IncidentState, command: FactCommand, context: DecideContext): readonly Fresh[] => {
  const stands = state.facts.get(command.fact);
  if (command.do === 'rule-out') {
    needText(command.reason, 'reason');
    return [
      {
        kind: 'fact.ruled_out',
        pub: { fact: command.fact, step: null },
        priv: { reason: staff(command.reason, context) },
      },
    ];
  }
  const how = {
    step: null,
    ...(command.at === undefined ? {} : { at: command.at }),
    ...(command.basis === undefined ? {} : { basis: command.basis }),
    reason: command.reason,
  };
  if (command.do === 'learn') {
    if (stands?.known === true) {
      throw new Problem('usage', {
        why: `${command.fact} is already recorded in entry ${stands.n}; correct it with a reason instead`,
      });
    }
  } else {
    if (stands === undefined) throw new Problem('not-found', { what: 'fact', id: command.fact });
    needText(command.reason, 'reason');
  }
  return [taught(command.fact, command.answer, how, state, context)];
};

type DutyCommand = Extract<Command, { do: 'submit' | 'prove' | 'acknowledge' }>;

const aboutDuty = (state: IncidentState, command: DutyCommand, context: DecideContext): readonly Fresh[] => {
  const sent = state.submissions.get(command.duty);
  if (command.do === 'submit') {
    const pub = { duty: command.duty, at: command.at ?? context.now, phase: (sent?.phase ?? 0) + 1 };
    return [{ kind: 'duty.submitted', pub, priv: { channel: staff(command.channel, context) } }];
  }
  if (sent === undefined)
    throw new Problem('usage', { why: `${command.duty} was not submitted yet: record the submission first` });
  needText(command.reference, 'reference');
  const reference = staff(command.reference, context);
  return command.do === 'prove'
    ? [
        {
          kind: 'duty.proved',
          pub: { duty: command.duty, kind: command.kind, evidence: null },
          priv: { reference },
        },
      ]
    : [
        {
          kind: 'duty.acknowledged',
          pub: { duty: command.duty, at: command.at ?? context.now },
          priv: { reference },
        },
      ];
};

const settled = (
  state: IncidentState,
  command: Extract<Command, { do: 'settle' }>,
  context: DecideContext,
): readonly Fresh[] => {
  needText(command.reason, 'reason');
  const act = state.acts.get(command.intent);
  if (act === undefined) throw new Problem('not-found', { what: 'attempt', id: String(command.intent) });
  if (!inDoubt(act)) throw new Problem('usage', { why: 'the outcome of this attempt is known already' });
  return [
    {
      kind: 'act.outcome',
      pub: {
        intent: act.intent,
        step: act.step,
        target: act.target,
        result: command.result,
        http: null,
        by: 'person',
      },
      priv: { detail: staff(command.reason, context) },
    },
  ];
};

const closed = (
  state: IncidentState,
  command: Extract<Command, { do: 'close' }>,
  context: DecideContext,
): readonly Fresh[] => {
  needText(command.summary, 'summary');
  if (command.outcome === 'drill-ended' && !state.drill)
    throw new Problem('usage', { why: 'only a drill ends as a drill' });
  const unsure = [...state.acts.values()].filter(inDoubt);
  // A false alarm too may have changed something that nobody has looked at.
  if (unsure.length > 0 && command.outcome !== 'drill-ended') {
    const which = unsure.map((act) => act.target).join(', ');
    throw new Problem('outcome-unknown', { targets: which, why: 'say what became of it before closing' });
  }
  return [
    {
      kind: 'incident.closed',
      pub: { outcome: command.outcome },
      priv: { summary: staff(command.summary, context) },
    },
  ];
};
