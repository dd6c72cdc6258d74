import type { Instant } from '../base/instant.ts';
import type { StepView } from '../incident/ready.ts';
import { progress } from '../incident/ready.ts';
import type { Act, IncidentState } from '../incident/state.ts';
import type { Effect } from '../model/action.ts';
import { placeOf } from '../model/item.ts';
import { hasNoRow, type Target } from '../model/plan.ts';

/**
 * What became of one thing that had to be stopped. `proved` alone is the real system's word that it is off.
 * `by-hand`: a person says so, the tool did not prove it. `taken-back`: stopped once and switched on again by an undo.
 */
export type Hold =
  | 'proved'
  | 'unproved'
  | 'refuted'
  | 'failed'
  | 'unsure'
  | 'by-hand'
  | 'left-out'
  | 'open'
  | 'taken-back';

/** A hold as it is told: what a person did by hand, or somebody turned on again, is told apart. */
export type HoldWay = Hold | 'hand-proved' | 'hand-refuted' | 'hand-unproved' | 'on-again' | 'hand-on-again';

export type HeldTarget = Readonly<{
  item: string;
  title: string;
  step: string | null;
  action: string;
  hold: Hold;
  /** The hold with how it came to be: what `word` says. */
  way: HoldWay;
  /** The hold in words, for a person who was not there. */
  word: string;
  /** What the attempt gave: `done`, `failed` ...; null where there was none or its outcome is not known. */
  result: Act['result'];
  /** What the real system answered when it was asked. */
  proof: Act['proof'];
  provedAt: Instant | null;
  undone: boolean;
  /** It was proved off, and answers again: somebody turned it back on. */
  drift: boolean;
  /** Journal entries it rests on: intent, outcome, proof. */
  entries: readonly number[];
}>;

/**
 * Are we still bleeding? `no` only when everything to be stopped is stopped and proved. `unsure`: nothing speaks against
 * it, but not all is proved by the tool. `unknown`: nothing to be stopped has been named yet.
 * `since`: for `no` the last of the proofs, else the earliest known time of the incident.
 */
export type ContainmentView = Readonly<{
  bleeding: 'yes' | 'no' | 'unsure' | 'unknown';
  since: Instant | null;
  targets: readonly HeldTarget[];
  counts: Readonly<Record<Hold, number> & { total: number }>;
}>;

/** The answer to "are we still bleeding?", and what it rests on. */
export const bleedingWords: Readonly<
  Record<ContainmentView['bleeding'], Readonly<{ answer: string; because: string }>>
> = {
  yes: { answer: 'YES.', because: 'Not everything that must be stopped is stopped.' },
  no: {
    answer: 'NO.',
    because: 'Everything that had to be stopped is stopped, and the systems themselves confirm it.',
  },
  unsure: {
    answer: 'NOT PROVED.',
    because: 'Nothing shows that it goes on, but not everything is confirmed by the systems themselves.',
  },
  unknown: { answer: 'NOT KNOWN.', because: 'Nothing to be stopped has been named yet.' },
};

/** What somebody turned back on: said before everything else. */
export const driftAlarms = ({ targets }: Pick<ContainmentView, 'targets'>): readonly string[] =>
  targets
    .filter(({ drift }) => drift)
    .map(
      ({ title, action, step }) =>
        `ON AGAIN: ${title} was proved off (${action}) and answers again; stop it again${step === null ? '' : ` with step ${step}`}, and find out who turned it on`,
    );

/** `titles` gives the inventory's name for an id; the id itself is shown where it has none. */
export function containment(state: IncidentState, titles: (item: string) => string | null): ContainmentView {
  const named = (item: string): string => titles(item) ?? item;
  const steps = progress(state).steps.filter(
    ({ step, status }) =>
      step.kind === 'act' &&
      step.phase === 'contain' &&
      status !== 'void' &&
      // Of an action that no row stands for nothing is known, but that somebody did it.
      (step.stops || (hasNoRow(step) && isByHand(status))),
  );
  const planned = steps.flatMap((view) =>
    isNameless(view)
      ? [nameless(view, state)]
      : view.targets.map((target) => ({ ...ofPlan(view, target), title: named(target.item) })),
  );
  const outside = outsidePlan(state).map((draft) => ({ ...draft, title: named(draft.item) }));
  const targets = [...planned, ...outside];
  const bleeding = verdict(
    targets.map(({ hold }) => hold),
    hasBegunRecovery(state),
    steps.every(namesItsTargets),
  );
  return { bleeding, since: since(state, bleeding, targets), targets, counts: count(targets) };
}

type Draft = Omit<HeldTarget, 'title'>;

/**
 * Left out, or done by hand, without anything that could be named, as a token of which nobody has a copy or what no row of the
 * inventory stands for: it is on the board under its own title.
 */
const isNameless = ({ status, targets }: StepView): boolean =>
  targets.length === 0 && (status === 'skip' || isByHand(status));

const isByHand = (status: StepView['status']): boolean => status === 'hand' || status === 'done';

const nameless = ({ step, status }: StepView, { steps }: IncidentState): HeldTarget => ({
  ...bare(
    step.id,
    step.id,
    step.kind === 'act' ? step.action : '',
    isByHand(status) ? 'by-hand' : 'left-out',
  ),
  title: step.title,
  entries: [steps.get(step.id)?.n].filter((n) => n !== undefined),
});

function ofPlan({ step, status, acts }: StepView, { item, action: own }: Target): Draft {
  const action = own ?? (step.kind === 'act' ? step.action : '');
  const act = acts.find(({ target }) => target === item);
  if (act !== undefined && (isSettled(act) || act.hand || status !== 'hand')) return ofAct(act);
  const hold = isByHand(status) ? 'by-hand' : status === 'skip' ? 'left-out' : 'open';
  return {
    ...bare(item, step.id, action, hold),
    entries: act === undefined ? [] : [placeOf(act.intent).entry],
  };
}

/** Proved or refuted by the real system: a tick by hand afterwards does not change that. */
const isSettled = (act: Act): boolean => act.proof === 'proved' || act.proof === 'refuted' || act.undone;

/** Pauses and revocations made straight from the inventory, by no step: the newest on each target counts. */
function outsidePlan(state: IncidentState): readonly Draft[] {
  const stops: ReadonlySet<Effect> = new Set<Effect>(['reversible', 'irreversible', 'destroys-evidence']);
  const newest = new Map<string, Act>();
  for (const act of state.acts.values()) {
    if (act.step === null && act.stage === undefined && act.direction === 'do' && stops.has(act.effect))
      newest.set(`${act.target} ${act.action}`, act);
  }
  return [...newest.values()].map(ofAct);
}

function ofAct(act: Act): Draft {
  return {
    ...bare(act.target, act.step, act.action, holdOf(act)),
    ...(act.hand || isDrifted(act) ? told(wayOf(act)) : {}),
    drift: isDrifted(act),
    result: act.result,
    proof: act.proof,
    provedAt: act.provedAt,
    undone: act.undone,
    entries: entriesOf(act),
  };
}

const isDrifted = (act: Act): boolean => act.proof === 'refuted' && act.drifts.length > 0 && !act.undone;

const wayOf = (act: Act): HoldWay => {
  if (isDrifted(act)) return act.hand ? 'hand-on-again' : 'on-again';
  if (act.undone) return 'taken-back';
  return act.proof === null ? 'by-hand' : `hand-${act.proof}`;
};

const told = (way: HoldWay): Pick<Draft, 'way' | 'word'> => ({ way, word: words[way] });

/** An item of a batch rests on the two entries of the batch. */
const entriesOf = ({ intent, outcome, proofEntry }: Act): readonly number[] => [
  ...new Set([intent, outcome, proofEntry].filter((ref) => ref !== null).map((ref) => placeOf(ref).entry)),
];

function holdOf(act: Act): Hold {
  if (act.undone) return 'taken-back';
  if (act.proof === 'refuted') return 'refuted';
  if (act.proof === 'proved') return 'proved';
  switch (act.result) {
    case null:
    case 'unknown':
      return 'unsure';
    case 'failed':
    case 'forbidden':
    case 'not-supported':
      return 'failed';
    case 'done':
    case 'already':
    case 'accepted':
      return act.settledBy === 'person' ? 'by-hand' : 'unproved';
  }
}

const words: Readonly<Record<HoldWay, string>> = {
  proved: 'stopped, and the system itself confirms it',
  unproved: 'done, not proved yet',
  refuted: 'NOT stopped: the system still answers',
  failed: 'NOT stopped: the attempt failed',
  unsure: 'not known: it may have happened',
  'by-hand': 'by hand, not proved by the tool',
  'left-out': 'left out, with a recorded reason',
  open: 'NOT stopped yet',
  'taken-back': 'switched on again',
  'hand-proved': 'by hand, proved: the system itself confirms it',
  'hand-refuted': 'by hand, and NOT stopped: the system still answers',
  'hand-unproved': 'by hand, not proved: the system was asked and could not tell',
  'on-again': 'ON AGAIN: it was proved off, and somebody turned it back on',
  'hand-on-again': 'ON AGAIN: it was proved off, by hand, and somebody turned it back on',
};

const bare = (item: string, step: string | null, action: string, hold: Hold): Draft => ({
  item,
  step,
  action,
  hold,
  ...told(hold),
  result: null,
  proof: null,
  provedAt: null,
  undone: false,
  drift: false,
  entries: [],
});

/** What a step is still to stop and nobody has named yet cannot be proved, whatever else is. */
const namesItsTargets = ({ targets, status }: StepView): boolean =>
  targets.length > 0 || isByHand(status) || status === 'skip';

function verdict(
  holds: readonly Hold[],
  recovering: boolean,
  allNamed: boolean,
): ContainmentView['bleeding'] {
  // Switching on again is the purpose of recovery; before that it opens the wound.
  const counted = recovering ? holds.filter((hold) => hold !== 'taken-back') : holds;
  if (holds.length === 0) return 'unknown';
  const worst: ReadonlySet<Hold> = new Set<Hold>(['open', 'failed', 'refuted', 'taken-back']);
  if (counted.some((hold) => worst.has(hold))) return 'yes';
  return allNamed && counted.length > 0 && counted.every((hold) => hold === 'proved') ? 'no' : 'unsure';
}

const hasBegunRecovery = (state: IncidentState): boolean =>
  state.phase === 'closed' ||
  (state.plan?.phases ?? []).some(
    ({ id, steps }) => id === 'recover' && steps.some((step) => state.steps.has(step.id)),
  );

function since(
  state: IncidentState,
  bleeding: ContainmentView['bleeding'],
  targets: readonly Draft[],
): Instant | null {
  if (state.phase === 'unopened') return null;
  if (bleeding !== 'no') return state.earliestAt;
  return targets.reduce<Instant | null>(
    (last, { provedAt }) => (provedAt !== null && provedAt > (last ?? 0) ? provedAt : last),
    null,
  );
}

function count(targets: readonly Draft[]): ContainmentView['counts'] {
  const of = (hold: Hold): number => targets.filter((target) => target.hold === hold).length;
  return {
    total: targets.length,
    proved: of('proved'),
    unproved: of('unproved'),
    refuted: of('refuted'),
    failed: of('failed'),
    unsure: of('unsure'),
    'by-hand': of('by-hand'),
    'left-out': of('left-out'),
    open: of('open'),
    'taken-back': of('taken-back'),
  };
}
