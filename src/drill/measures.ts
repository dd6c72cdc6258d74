import { MINUTE } from '../base/duration.ts';
import type { Instant } from '../base/instant.ts';
import { hasEnded } from '../incident/ready.ts';
import type { Progress, StepView } from '../incident/ready.ts';
import type { IncidentState } from '../incident/state.ts';
import type { DrillSource } from '../model/drill.ts';
import type { ClockView } from '../projections/countdowns.ts';
import type { Attempts } from './attacker.ts';
import type { DrillLog } from './log.ts';

/** How well a drill went, each figure from the journal and from what the simulators met; starting values of targets are ours. */
export type Measure = Readonly<{ id: string; title: string; value: string; target: string; met: boolean }>;

export type Played = Readonly<{
  drill: DrillSource;
  state: IncidentState;
  progress: Progress;
  clocks: readonly ClockView[];
  log: DrillLog;
  attempts: ReadonlyMap<string, Attempts>;
  start: Instant;
}>;

const TARGETS = { acknowledge: 5, decide: 240, draft: 1440, wrong: 5 } as const;

/** To a tenth of a minute. */
const minutes = (ms: number): string => `${Math.round((ms * 10) / MINUTE) / 10} min`;

const timed = (id: string, title: string, ms: number | null, within: number, otherwise: string): Measure => ({
  id,
  title,
  value: ms === null ? otherwise : minutes(ms),
  target: `${within} min`,
  met: ms !== null && ms <= within * MINUTE,
});

/** Something of which there should be none. */
const none = (id: string, title: string, count: number): Measure => ({
  id,
  title,
  value: count === 0 ? 'none' : String(count),
  target: 'none',
  met: count === 0,
});

const all = (id: string, title: string, done: number, of: number): Measure => ({
  id,
  title,
  value: `${done} of ${of}`,
  target: 'all',
  met: done === of,
});

/** A role that becomes another one's without a word is how things get lost. */
const handedOver = ({ saidBack, taken }: IncidentState['team']['changed']): Measure => ({
  id: 'handovers',
  title: 'Roles that changed hands, said back',
  value: saidBack + taken === 0 ? 'none changed hands' : `${saidBack} of ${saidBack + taken}`,
  target: 'all',
  met: taken === 0,
});

const since = (from: Instant | null, to: Instant | null): number | null =>
  from === null || to === null ? null : Math.max(0, to - from);

/** Declared when the incident was opened; one that the program opened with the page, when a person wrote down the first thing. */
const declaredAt = ({ state, start }: Played): Instant | null => {
  if (state.openedAt > start) return state.openedAt;
  const ends = [...state.steps.values()].map(({ endedAt }) => endedAt).filter((at) => at !== null);
  return ends.length === 0 ? null : (Math.min(...ends) as Instant);
};

/** When the last tap that the runbook closes was proved closed; null while one runs. */
const containedAt = ({ state, progress }: Played): Instant | null => {
  const stopping = progress.steps.filter(
    ({ step }) => step.phase === 'contain' && step.kind === 'act' && step.stops,
  );
  if (!stopping.every(({ status }) => hasEnded(status))) return null;
  const steps = new Set(stopping.filter(({ status }) => status === 'done').map(({ step }) => step.id));
  const proofs = [...state.acts.values()].filter(
    (act) => act.step !== null && steps.has(act.step) && act.proof === 'proved',
  );
  return proofs.length === 0 ? null : (Math.max(...proofs.map((act) => act.provedAt ?? 0)) as Instant);
};

/** Since when no attacker gets in; null while one does. What was never tried was never kept out. */
const refusedAt = ({ drill, log }: Played): Instant | null => {
  const all = (drill.attacker ?? []).map(({ id }) => log.attacked.get(id)?.refusedAt ?? null);
  return all.some((at) => at === null) ? null : (Math.max(...all.map(Number)) as Instant);
};

const kept = ({ drill, attempts }: Played): Measure => {
  const totals = new Map<string, number>();
  for (const { id, unit = 'records' } of drill.attacker ?? [])
    totals.set(unit, (totals.get(unit) ?? 0) + (attempts.get(id)?.taken ?? 0));
  const words = [...totals].filter(([, count]) => count > 0).map(([unit, count]) => `${count} ${unit}`);
  return {
    id: 'taken',
    title: 'Taken while they got in',
    value: words.length === 0 ? 'nothing' : words.join(', '),
    target: 'as little as can be',
    met: true,
  };
};

const attacked = (played: Played, declared: Instant | null): readonly Measure[] => {
  const { drill } = played;
  if (drill.attacker === undefined) return [];
  return [
    timed(
      'attacker-out',
      'Time until every attempt was refused',
      since(declared, refusedAt(played)),
      drill.targets.contain_minutes,
      'somebody still gets in',
    ),
    kept(played),
  ];
};

const decidedAt = ({ progress, state }: Played): Instant | null => {
  const choices = progress.steps.filter(
    ({ step, status }) => step.kind === 'decide' && step.phase === 'notify' && status !== 'void',
  );
  const ends = choices.map(({ step }) => state.steps.get(step.id)?.endedAt ?? null);
  return ends.length === 0 || ends.includes(null) ? null : (Math.max(...ends.map(Number)) as Instant);
};

const draftedAt = ({ progress, state }: Played): Instant | null => {
  const ends = progress.steps.flatMap(({ step }) =>
    step.kind === 'write' ? [state.steps.get(step.id)?.endedAt ?? null] : [],
  );
  const written = ends.filter((at) => at !== null);
  return written.length === 0 ? null : (Math.min(...written) as Instant);
};

const awareAt = ({ state, start }: Played): Instant => {
  const aware = state.facts.get('aware');
  return aware !== undefined && aware.known && !aware.ruledOut ? aware.at : start;
};

const didIt = ({ status }: StepView): boolean => status === 'done' || status === 'hand';

/** What the messages that came ask for, and what of it was done, and done in time. */
const reactions = ({ drill, log, progress, state }: Played): readonly Measure[] => {
  const views = new Map(progress.steps.map((view) => [view.step.id, view]));
  const asked = drill.injects.flatMap((inject) => {
    const at = log.arrived.get(inject.id);
    return at === undefined ? [] : (inject.expect ?? []).map((step) => ({ step, at, within: inject.within }));
  });
  const wanted = asked.filter(({ step }) => views.get(step)?.status !== 'void');
  const done = wanted.filter(({ step }) => {
    const view = views.get(step);
    return view !== undefined && didIt(view);
  });
  const late = wanted.filter(({ step, at, within }) => {
    const end = state.steps.get(step)?.endedAt ?? null;
    return within !== undefined && (end === null || end - at > within * MINUTE);
  });
  return [
    all('reactions', 'What the messages asked for, done', done.length, wanted.length),
    none('late', 'Reactions later than asked', late.length),
  ];
};

const evidence = ({ progress, state }: Played): Measure => {
  const kinds = new Set(
    progress.steps.flatMap(({ step, status }) =>
      step.kind === 'act' && status !== 'void' ? step.preserve : [],
    ),
  );
  const views = new Map(progress.steps.map((view) => [view.step.id, view]));
  const kept = [...kinds].filter((id) => {
    const view = views.get(id);
    return view !== undefined && didIt(view) && !state.waived.has(id);
  });
  return all('evidence', 'Evidence kept before it could be lost', kept.length, kinds.size);
};

const wrongMoves = ({ log }: Played): Measure => {
  const points = [...log.sprung.values()].reduce((sum, one) => sum + one.points, 0);
  return {
    id: 'wrong-moves',
    title: 'Wrong moves, weighted',
    value: points === 0 ? 'none' : `${points} points in ${log.sprung.size}`,
    target: `at most ${TARGETS.wrong} points`,
    met: points <= TARGETS.wrong,
  };
};

const law = ({ clocks, state, progress }: Played): readonly Measure[] => {
  const ours = clocks.filter((clock) => !clock.context);
  const late = ours.filter(({ standing }) => standing === 'overdue' || standing === 'met-late');
  const unstarted = ours.filter(({ standing }) => standing === 'provisional');
  const lacking = [...state.letters.values()].reduce((sum, { missing }) => sum + missing.length, 0);
  const undecided = state.decisions.filter((decision) => decision.decider === '');
  return [
    none('clocks', 'Clocks missed', late.length),
    none('unstarted', 'Clocks whose start nobody settled', unstarted.length),
    none('decisions', 'Decisions without a decider', undecided.length),
    none('letters', 'Elements missing in letters', lacking),
    none('unsure', 'Outcomes left unsure', progress.unsure),
    none('skipped', 'Steps skipped', progress.skipped),
    handedOver(state.team.changed),
    // An override is nobody's failure: it is looked at afterwards.
    { ...none('overrides', 'Overrides taken', state.overrides.length), target: 'each reviewed', met: true },
  ];
};

export const measures = (played: Played): readonly Measure[] => {
  const { drill, log, start } = played;
  const { targets } = drill;
  const declared = declaredAt(played);
  const enough = drill.enough === undefined ? declared : (log.arrived.get(drill.enough) ?? declared);
  return [
    timed(
      'acknowledge',
      'Time to acknowledge',
      since(start, log.acknowledged ?? declared),
      targets.acknowledge_minutes ?? TARGETS.acknowledge,
      'not acknowledged',
    ),
    timed('declare', 'Time to declare', since(start, declared), targets.declare_minutes, 'not declared'),
    timed(
      'contain',
      'Time to contain, proved',
      since(declared, containedAt(played)),
      targets.contain_minutes,
      'not contained',
    ),
    ...attacked(played, declared),
    timed(
      'decide',
      'Time to decide whom to tell',
      since(enough, decidedAt(played)),
      targets.decide_minutes ?? TARGETS.decide,
      'not decided',
    ),
    timed(
      'draft',
      'Time to the first letter',
      since(awareAt(played), draftedAt(played)),
      targets.draft_minutes ?? TARGETS.draft,
      'none written',
    ),
    ...reactions(played),
    evidence(played),
    wrongMoves(played),
    ...law(played),
    none('assists', 'Times the facilitator helped', log.assists),
  ];
};
