import { plus, type Instant } from '../base/instant.ts';
import { MINUTE } from '../base/duration.ts';
import { hasEnded, type Progress, type StepView } from '../incident/ready.ts';
import type { IncidentState } from '../incident/state.ts';
import { unfilledRoles } from '../incident/roles.ts';
import type { Role } from '../model/names.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { ContainmentView } from './containment.ts';
import { nextClock, type ClockView } from './countdowns.ts';
import { doubts, type Doubt } from './doubts.ts';
import { conditionWords, factWithId } from './fact-names.ts';
import { waitingNow } from './waiting.ts';

/**
 * What somebody must know who takes over: what is still to be done, by whom and until when, what is not known, and what to do if something
 * happens that may happen. Nothing is kept for it: whoever asks gets it as it stands.
 */
export type HandoverView = Readonly<{
  /** What waits for a person, most urgent first. */
  waiting: readonly string[];
  actions: readonly OpenAction[];
  contingencies: readonly Contingency[];
  doubts: readonly Doubt[];
  roles: readonly Readonly<{ role: Role; person: string }>[];
  unfilled: readonly Role[];
  next: ClockView | null;
  /** What must not be done, in the runbook's own words. */
  never: readonly string[];
}>;

/** `due` is the end of the duty that it serves, else the end of its time-box; null while it has neither. */
export type OpenAction = Readonly<{
  step: string;
  title: string;
  status: StepView['status'];
  because: string;
  role: Role;
  /** Who has that role tonight; null while nobody does. */
  person: string | null;
  due: Instant | null;
  dueBy: 'duty' | 'time-box' | null;
  minutes: number;
}>;

export type Contingency = Readonly<{ when: string; what: string }>;

type From = Readonly<{
  state: IncidentState;
  progress: Progress;
  clocks: readonly ClockView[];
  containment: ContainmentView;
}>;

export const handoverOf = (from: From): HandoverView => {
  const { state, progress, clocks } = from;
  return {
    waiting: waitingNow(state, clocks).map(({ text }) => text),
    actions:
      state.phase === 'closed' ? [] : progress.steps.filter(isOpen).map((view) => actionOf(view, from)),
    contingencies: contingenciesOf(from),
    doubts: doubts(state),
    roles: [...state.roles].map(([role, person]) => ({ role: role as Role, person })),
    unfilled: unfilledRoles(state),
    next: nextClock(clocks),
    never: state.plan?.never ?? [],
  };
};

const isOpen = ({ status }: StepView): boolean => !hasEnded(status);

function actionOf({ step, status, because }: StepView, { state, clocks }: From): OpenAction {
  const duty = dutyOf(step);
  const clock = duty === null ? undefined : clocks.find((one) => one.duty === duty && !one.context);
  const started = state.steps.get(step.id)?.startedAt ?? null;
  const box = started === null ? null : plus(started, step.minutes * MINUTE);
  return {
    step: step.id,
    title: step.title,
    status,
    because,
    role: step.role,
    person: state.roles.get(step.role) ?? null,
    due: clock?.due ?? box,
    dueBy: clock?.due != null ? 'duty' : box === null ? null : 'time-box',
    minutes: step.minutes,
  };
}

const dutyOf = (step: PlannedStep): string | null =>
  step.kind === 'write' ? step.duty : step.kind === 'do' ? step.submits : null;

/** How many steps ahead the way out of each is named: further on, other things will be known. */
const AHEAD = 5;

function contingenciesOf({ state, progress, clocks, containment }: From): readonly Contingency[] {
  if (state.phase === 'closed') return [];
  const open = progress.steps.filter(isOpen);
  const near = [...open.filter(isTrouble), ...open.filter((view) => !isTrouble(view))].slice(0, AHEAD);
  return [
    ...containment.targets.flatMap(({ hold, title, step }) =>
      hold === 'proved'
        ? [
            {
              when: `${title} answers again`,
              what: `somebody turned it on: stop it again${step === null ? '' : ` with step ${step}`}, and find out who`,
            },
          ]
        : [],
    ),
    ...near.flatMap(({ step }) =>
      step.fallback === '' ? [] : [{ when: `"${step.title}" cannot be done`, what: step.fallback }],
    ),
    ...open.flatMap(({ step }) =>
      step.kind === 'decide'
        ? step.options.map(({ title, consequence }) => ({
            when: `it is decided "${title}" (${step.question})`,
            what: consequence,
          }))
        : [],
    ),
    ...progress.steps.flatMap(({ step, status }) =>
      status === 'void' && step.when !== null
        ? [
            {
              when: `this becomes true: ${conditionWords(step.when)}`,
              what: `a step is needed that is not needed now: ${step.title}`,
            },
          ]
        : [],
    ),
    ...provisional(clocks),
  ];
}

const isTrouble = ({ status }: StepView): boolean =>
  status === 'fail' || status === 'unsure' || status === 'now';

/** A clock that counts from the earliest sign ends sooner than it must, and goes on doing so until somebody says better. */
const provisional = (clocks: readonly ClockView[]): readonly Contingency[] => {
  const counting = clocks.filter((clock) => clock.provisional && !clock.context && clock.due !== null);
  return [...new Set(counting.map(({ starts }) => starts))].map((fact) => ({
    when: `nobody records or rules out: ${factWithId(fact)}`,
    what: `these go on counting from the earliest known time: ${counting
      .filter(({ starts }) => starts === fact)
      .map(({ title, duty }) => `${title} (${duty})`)
      .join(', ')}`,
  }));
};
