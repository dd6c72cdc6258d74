import { MINUTE } from '../base/duration.ts';
import type { Instant } from '../base/instant.ts';
import { maskSecrets } from '../base/mask.ts';
import { Problem } from '../base/problem.ts';
import type { Json } from '../base/canonical.ts';
import { approvalUsed, mustBeApproved } from '../incident/about-approval.ts';
import { overrideTaken } from '../incident/approvals.ts';
import { hasEnded, latestActs, progress, undosInDoubt } from '../incident/ready.ts';
import { inDoubt } from '../incident/state.ts';
import type { Act, IncidentState } from '../incident/state.ts';
import { limits } from '../model/limits.ts';
import type { Manual, Outcome, Proof } from '../model/action.ts';
import type { Fresh } from '../model/event.ts';
import type { Target } from '../model/plan.ts';
import { attempt } from './attempt.ts';
import type { AttemptLine, Job } from './attempt.ts';
import type { Ledger } from './ledger.ts';
import { reachTarget, requestSha256, suspectsOf } from './prepare.ts';
import type { Prepared, Request } from './prepare.ts';
import { reopened } from './settle.ts';
import type { Definitions, World } from './world.ts';

/** Runs what was prepared and confirmed, target by target, one journal entry at a time. */

export type Confirmation = Readonly<{ typed?: string; yes?: boolean; reason?: string }>;
export type RunLine = AttemptLine | Readonly<{ is: 'by-hand'; target: string; why: string; manual: Manual }>;
export type RunReport = Readonly<{
  lines: readonly RunLine[];
  state: 'proved' | 'restored' | 'failed' | 'unsure' | 'by-hand' | 'unproved';
}>;

export type Engine = Readonly<{
  world: World;
  definitions: Definitions;
  ledger: Ledger;
  signal: AbortSignal;
}>;

/**
 * Refuses what was not confirmed as its effect deserves. `again` is the request as it would be made now: the caller rebuilds
 * it from the incident, so that a plan that changed since the preview is noticed.
 * @throws Problem `plan-changed`, `step-not-ready`, `needs-confirmation`
 */
export const checkConfirmed = (
  prepared: Omit<Prepared, 'request'>,
  again: Request,
  confirmation: Confirmation,
  now: number,
): void => {
  if (requestSha256(again) !== prepared.sha256)
    throw new Problem('plan-changed', { step: prepared.title, why: 'its targets or its plan changed' });
  if (now - prepared.at > limits.previewMaxAgeMs)
    throw new Problem('plan-changed', {
      step: prepared.title,
      why: `its preview is older than ${limits.previewMaxAgeMs / MINUTE} minutes`,
    });
  if (again.targets.length === 0)
    throw new Problem('step-not-ready', {
      step: prepared.title,
      why: 'it has no targets: nothing in the inventory is meant by it',
    });
  // Asked anew: what was waived or captured since the preview stands no longer in the way.
  if (again.preserve.length > 0) {
    throw new Problem('needs-confirmation', { step: prepared.title, preserve: again.preserve.join(', ') });
  }
  if (prepared.friction === 'yes' && confirmation.yes !== true && confirmation.typed !== prepared.phrase) {
    throw new Problem('needs-confirmation', { step: prepared.title, with: 'yes' });
  }
  if (prepared.friction === 'type-target' && confirmation.typed !== prepared.phrase) {
    throw new Problem('needs-confirmation', { step: prepared.title, with: prepared.phrase });
  }
  checkApproved(prepared, again, confirmation);
};

/** Asked anew too: an approval may have come, or expired, since the preview. */
const checkApproved = (
  { title, needsReason }: Pick<Prepared, 'title' | 'needsReason'>,
  { step, approval }: Request,
  confirmation: Confirmation,
): void => {
  if (approval === null || approval.enough) return;
  if (approval.strict) throw mustBeApproved({ id: step ?? title }, approval);
  if ((confirmation.reason ?? '').trim() !== '') return;
  const reason = needsReason ?? 'its approval has expired; a typed reason is recorded as an OVERRIDE';
  throw new Problem('needs-confirmation', { step: title, reason });
};

const jsonOf = (text: string | null): Json => (text === null ? null : (JSON.parse(text) as Json));

/**
 * What an undo needs: the state before the first attempt on the target that still stands. A later attempt found it off already,
 * and would restore nothing. Null when no state before was ever recorded.
 */
const undoOf = (engine: Engine, request: Request, target: Target): Job['undo'] => {
  const { ledger } = engine;
  const standing = [...ledger.state().acts.values()].filter(
    (act) => act.step === request.step && act.target === target.item && act.direction === 'do' && !act.undone,
  );
  for (const act of standing) {
    // The outcome was read back from the system; what was kept before it is all there is after a crash in between.
    for (const entry of [act.outcome, act.kept]) {
      const receipt = entry === null ? null : ledger.reveal({ n: entry, name: 'receipt' });
      if (entry === null || receipt === null) continue;
      return {
        of: act.intent,
        done: { receipt: jsonOf(receipt), after: jsonOf(ledger.reveal({ n: entry, name: 'after' })) },
      };
    }
  }
  return null;
};

const attemptsBefore = (state: IncidentState, request: Request, target: Target): number =>
  [...state.acts.values()].filter(
    (act) => act.step === request.step && act.target === target.item && act.direction === request.direction,
  ).length;

/** What may have happened already to this target: asked for by the step, or outside any step by the same action. */
const doubtOn = (state: IncidentState, { step }: Request, target: Target): boolean =>
  step === null
    ? [...state.acts.values()].some(
        (act) =>
          act.step === null && act.target === target.item && act.action === target.action && inDoubt(act),
      )
    : [...latestActs(step, state).values(), ...undosInDoubt(step, state)].some(
        (act) => act.target === target.item && inDoubt(act),
      );

const told = ({ result }: Act): boolean => result === 'done' || result === 'already' || result === 'accepted';

/** Asking for a state twice is asking once; anything else done twice may be two of it, and nobody can see the first. */
const onceOnly = (act: Act): boolean => act.retry !== 'B' && told(act) && act.proof !== 'refuted';

/**
 * Class A: a request whose answer was lost may still be under way. Sent again with the same key, the vendor takes the two
 * for one.
 */
const sameKey = (state: IncidentState, request: Request, target: Target): string | null => {
  const last = [...state.acts.values()].findLast(
    (act) =>
      act.step === request.step &&
      act.target === target.item &&
      act.action === target.action &&
      act.direction === request.direction,
  );
  return last?.retry === 'A' && last.lost && !last.undone && last.result === 'failed' ? last.idem : null;
};

/** A proved target is not done again, and one in doubt is not repeated: it must be settled first. */
const standing = (state: IncidentState, request: Request, target: Target): Act | null => {
  if (doubtOn(state, request, target)) {
    throw new Problem('outcome-unknown', {
      targets: target.item,
      why: 'check it first: it may have happened already',
    });
  }
  if (request.direction === 'undo' || request.step === null) return null;
  const act = latestActs(request.step, state).get(target.item) ?? null;
  return act !== null && !act.undone && (act.proof === 'proved' || onceOnly(act)) ? act : null;
};

const knownOf = ({ proof }: Act): Proof =>
  proof === 'proved'
    ? { is: 'proved', how: 'proved before' }
    : { is: 'unproved', how: 'the system took it before, and doing it again could do it twice' };

const runTarget = async (
  engine: Engine,
  prepared: Prepared,
  target: Target,
  heard: (line: RunLine) => void,
): Promise<RunLine> => {
  const { world, definitions, ledger, signal } = engine;
  const { request } = prepared;
  const suspects = suspectsOf(ledger.state(), ledger.reveal, target.item);
  const found = await reachTarget(world, definitions, target, request, suspects);
  const byHand = (why: string, manual: Manual): RunLine => {
    const line: RunLine = { is: 'by-hand', target: target.item, why, manual };
    heard(line);
    return line;
  };
  if (found.is === 'by-hand') return byHand(found.why, found.manual);
  // Nobody confirmed what was shown as work for a person: a secret that turned up meanwhile wants a new preview.
  const shown = prepared.targets.find((one) => one.target.item === target.item)?.byHand ?? null;
  if (shown !== null) return byHand(shown.why, shown.manual);
  const undo = request.direction === 'undo' ? undoOf(engine, request, target) : null;
  if (request.direction === 'undo' && undo === null) {
    return byHand('the state before was not recorded, so it cannot be restored exactly', found.action.byHand);
  }
  const job: Job = {
    step: request.step,
    target,
    action: found.action,
    actionId: target.action ?? '',
    input: found.input,
    planSha256: request.planSha256,
    attempt: attemptsBefore(ledger.state(), request, target) + 1,
    key: sameKey(ledger.state(), request, target),
    confidence: found.action.confidence,
    suspects,
    undo,
    open: (key, keep) => found.outside({ key, suspects, signal, keep }),
  };
  const { outcome, proof } = await attempt(world, ledger, job, heard);
  return proof === null
    ? { is: 'outcome', target: target.item, outcome }
    : { is: 'proof', target: target.item, proof };
};

const failed = (line: RunLine): boolean => line.is === 'outcome' && !worked(line.outcome);
const worked = (outcome: Outcome): boolean => outcome.result === 'done' || outcome.result === 'already';

/** One word for the whole run, the worst of its targets. */
export const runState = (lines: readonly RunLine[], unsure: boolean): RunReport['state'] => {
  if (unsure) return 'unsure';
  if (lines.some(failed) || lines.some((line) => line.is === 'proof' && line.proof.is === 'refuted'))
    return 'failed';
  if (lines.some((line) => line.is === 'proof' && line.proof.is === 'unproved')) return 'unproved';
  return lines.some((line) => line.is === 'by-hand') ? 'by-hand' : 'proved';
};

/** After every run: a step whose every target is proved is finished; nothing else finishes by itself. */
export const finishIfProved = (state: IncidentState, step: string | null): readonly Fresh[] => {
  if (step === null || state.steps.get(step)?.status === 'finished') return [];
  const view = progress(state).steps.find((one) => one.step.id === step);
  if (view === undefined || hasEnded(view.status) || view.targets.length === 0) return [];
  const latest = latestActs(step, state);
  const all = view.targets.every((target) => {
    const act = latest.get(target.item);
    return act !== undefined && !act.undone && act.proof === 'proved' && !inDoubt(act);
  });
  return all ? [{ kind: 'step.finished', pub: { step, how: 'acted' } }] : [];
};

const beginning = (
  state: IncidentState,
  prepared: Prepared,
  confirmation: Confirmation,
  now: Instant,
): readonly Fresh[] => {
  const { step, request } = prepared;
  const started: readonly Fresh[] =
    step !== null && prepared.direction === 'do' && state.steps.get(step) === undefined
      ? [{ kind: 'step.started', pub: { step } }]
      : [];
  const { approval } = request;
  if (approval === null) return started;
  const reason = { class: 'staff', value: maskSecrets(confirmation.reason ?? '').text } as const;
  return [
    ...started,
    approval.enough ? approvalUsed(approval) : overrideTaken(step, 'approval', reason, now),
  ];
};

/** Target by target, in the plan's order: a target that is proved is not done again, one in doubt stops the run. */
export const run = async (
  engine: Engine,
  prepared: Prepared,
  confirmation: Confirmation,
  heard: (line: RunLine) => void,
): Promise<RunReport> => {
  const { ledger } = engine;
  const first = beginning(ledger.state(), prepared, confirmation, engine.world.clock.now());
  if (first.length > 0) await ledger.append(first);
  const lines: RunLine[] = [];
  for (const target of prepared.request.targets) {
    if (engine.signal.aborted) break;
    const before = standing(ledger.state(), prepared.request, target);
    lines.push(
      before === null
        ? await runTarget(engine, prepared, target, heard)
        : { is: 'proof', target: target.item, proof: knownOf(before) },
    );
  }
  if (
    prepared.direction === 'undo' &&
    prepared.step !== null &&
    lines.length === prepared.request.targets.length &&
    lines.every((line) => line.is === 'outcome' && worked(line.outcome))
  ) {
    await ledger.append([reopened(prepared.step)]);
  }
  const finished = prepared.direction === 'do' ? finishIfProved(ledger.state(), prepared.step) : [];
  if (finished.length > 0) await ledger.append(finished);
  const targets = new Set(prepared.request.targets.map((target) => target.item));
  const unsure = [...ledger.state().acts.values()].some(
    (act) => act.step === prepared.step && targets.has(act.target) && inDoubt(act),
  );
  // Left half way, the rest was neither done nor proved.
  const whole = lines.length === prepared.request.targets.length;
  const state = runState(lines, unsure);
  if (state === 'proved' && !whole) return { lines, state: 'unproved' };
  return { lines, state: state === 'proved' && prepared.direction === 'undo' ? 'restored' : state };
};
