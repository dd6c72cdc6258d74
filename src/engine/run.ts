import { MINUTE } from '../base/duration.ts';
import type { Instant } from '../base/instant.ts';
import { maskSecrets } from '../base/mask.ts';
import { Problem } from '../base/problem.ts';
import { approvalUsed, mustBeApproved, releaseMustBeApproved } from '../incident/about-approval.ts';
import { overrideTaken } from '../incident/approvals.ts';
import { hasEnded, latestActs, progress } from '../incident/ready.ts';
import { inDoubt } from '../incident/state.ts';
import type { IncidentState } from '../incident/state.ts';
import { limits } from '../model/limits.ts';
import type { Outcome } from '../model/action.ts';
import type { Fresh } from '../model/event.ts';
import type { Target } from '../model/plan.ts';
import { attempt } from './attempt.ts';
import { endOpenBatches } from './batch/end.ts';
import { runBatch } from './batch/run.ts';
import { attemptsBefore, endOf, jobFor } from './jobs.ts';
import type { Confirmation, Engine, RunLine, RunReport, TargetLine } from './lines.ts';
import { requestSha256 } from './prepare.ts';
import type { Prepared, Request } from './prepare.ts';
import { asEntries } from './record.ts';
import { reopened } from './settle.ts';

/** Runs what was prepared and confirmed, target by target, one journal entry at a time. */

/**
 * Refuses what was not confirmed as its effect deserves. `again` is the request as it would be made now: the caller rebuilds
 * it from the incident, so that a plan that changed since the preview is noticed.
 * @throws Problem `plan-changed`, `step-not-ready`, `needs-confirmation`
 */
export const checkConfirmed = (
  prepared: Omit<Prepared, 'request'>,
  again: Request,
  confirmation: Confirmation,
  elapsed: number,
): void => {
  if (requestSha256(again) !== prepared.sha256)
    throw new Problem('plan-changed', { step: prepared.title, why: 'its targets or its plan changed' });
  if (elapsed - prepared.at > limits.previewMaxAgeMs)
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
  { step, approval, release }: Request,
  confirmation: Confirmation,
): void => {
  if (approval === null || approval.enough) return;
  if (release !== undefined) throw releaseMustBeApproved(approval);
  if (approval.strict) throw mustBeApproved({ id: step ?? title }, approval);
  if ((confirmation.reason ?? '').trim() !== '') return;
  const reason = needsReason ?? 'its approval has expired; a typed reason is recorded as an OVERRIDE';
  throw new Problem('needs-confirmation', { step: title, reason });
};

const failed = (line: TargetLine): boolean => line.is === 'outcome' && !worked(line.outcome);
const worked = (outcome: Outcome): boolean => outcome.result === 'done' || outcome.result === 'already';

/** One word for the whole run, the worst of its targets. */
export const runState = (lines: readonly TargetLine[], unsure: boolean): RunReport['state'] => {
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

export const beginning = (
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

/** Target by target, in the plan's order, or as a batch where there are many. One in doubt stops the first and is left by the other. */
export const run = async (
  engine: Engine,
  prepared: Prepared,
  confirmation: Confirmation,
  heard: (line: RunLine) => void,
): Promise<RunReport> => {
  const { ledger } = engine;
  await endOpenBatches(ledger);
  const first = beginning(ledger.state(), prepared, confirmation, engine.world.clock.now());
  if (first.length > 0) await ledger.append(first);
  const { targets } = prepared.request;
  const many = targets.length > limits.batchFrom;
  const lines = many ? await runBatch(engine, prepared, heard) : await oneByOne(engine, prepared, heard);
  const whole = lines.length === targets.length;
  if (
    prepared.direction === 'undo' &&
    prepared.step !== null &&
    whole &&
    lines.every((line) => line.is === 'outcome' && worked(line.outcome))
  ) {
    await ledger.append([reopened(prepared.step)]);
  }
  const finished = prepared.direction === 'do' ? finishIfProved(ledger.state(), prepared.step) : [];
  if (finished.length > 0) await ledger.append(finished);
  return { lines, state: reportState(engine, prepared, lines) };
};

const oneByOne = async (
  engine: Engine,
  prepared: Prepared,
  heard: (line: RunLine) => void,
): Promise<readonly TargetLine[]> => {
  const lines: TargetLine[] = [];
  for (const target of prepared.request.targets) {
    if (engine.signal.aborted || engine.stop?.aborted === true) break;
    lines.push(await runTarget(engine, prepared, target, heard));
  }
  return lines;
};

const runTarget = async (
  engine: Engine,
  prepared: Prepared,
  target: Target,
  heard: (line: RunLine) => void,
): Promise<TargetLine> => {
  const before = attemptsBefore(engine.ledger, prepared.request);
  const found = await jobFor(engine, prepared, target, before);
  if (found.is === 'doubt') {
    throw new Problem('outcome-unknown', {
      targets: target.item,
      why: 'check it first: it may have happened already',
    });
  }
  if (found.is === 'line') {
    if (found.line.is === 'by-hand') heard(found.line);
    return found.line;
  }
  const { outcome, proof } = await attempt(
    engine.world,
    asEntries(engine.ledger, found.job),
    found.job,
    heard,
  );
  return endOf(target.item, outcome, proof);
};

const reportState = (
  { ledger, stop }: Engine,
  { direction, step, request }: Prepared,
  lines: readonly TargetLine[],
): RunReport['state'] => {
  const targets = new Set(request.targets.map((target) => target.item));
  const unsure = [...ledger.state().acts.values()].some(
    (act) => act.step === step && targets.has(act.target) && inDoubt(act),
  );
  // Left half way, the rest was neither done nor proved.
  const whole = lines.length === request.targets.length;
  const state = runState(lines, unsure);
  if (!whole && state !== 'unsure' && stop?.aborted === true) return 'stopped';
  if (state === 'proved' && !whole) return 'unproved';
  return state === 'proved' && direction === 'undo' ? 'restored' : state;
};
