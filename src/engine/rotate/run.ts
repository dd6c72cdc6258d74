import { Problem } from '../../base/problem.ts';
import { nextStage, oldIsDead, openRotation } from '../../incident/rotation.ts';
import type { NextStage } from '../../incident/rotation.ts';
import { limits } from '../../model/limits.ts';
import type { Confirmation, Engine, RunLine } from '../lines.ts';
import { checkConfirmed } from '../run.ts';
import { endOld } from './end-old.ts';
import { makeStage } from './make.ts';
import { afterStage, placeStage, provedAt, proveStage } from './placing.ts';
import type { Prepared } from '../prepare.ts';
import { rotationSha256 } from './plan.ts';
import type { PreparedRotation, RotateRequest } from './plan.ts';
import type { Course, Given, Halt } from './stage.ts';

/**
 * Make, place, prove, and only then end the old one. Each is its own intent, outcome and proof, so that a crash at any point is
 * gone on from where it happened; where the new one is not proved, the old one is left alone.
 */

export type RotationReport = Readonly<{
  state: 'rotated' | 'by-hand' | 'failed' | 'unproved' | 'unsure' | 'stopped';
  /** Where it stopped; `done` when it did not. */
  at: NextStage;
  /** Why it stopped, in a sentence. */
  why: string;
  item: string;
  /** The vendor’s name for the new one; null where there is none yet. */
  made: string | null;
  /** Whether the old one is proved dead. */
  oldDead: boolean;
  /** Whether the new one may be in its place by now. */
  placed: boolean;
}>;

const stages: Readonly<Record<Exclude<NextStage, 'done' | 'revoke'>, (course: Course) => Promise<Halt>>> = {
  make: makeStage,
  place: placeStage,
  prove: proveStage,
  after: afterStage,
};

/** @throws Problem `plan-changed`, `needs-confirmation`, `step-not-ready`, `not-authorised` */
export const checkRotation = (
  prepared: Omit<PreparedRotation, 'request' | 'kill'> & Readonly<{ kill: Omit<Prepared, 'request'> }>,
  again: RotateRequest,
  engine: Engine,
  confirmation: Confirmation,
  elapsed: number,
): void => {
  const { kill, title } = prepared;
  if (rotationSha256(again, engine.definitions) !== prepared.sha256)
    throw new Problem('plan-changed', { step: title, why: 'its targets, its place or its plan changed' });
  // It ends what cannot be brought back, whatever makes the new one: consent is asked for as for that.
  checkConfirmed({ ...kill, title, friction: 'type-target' }, again.kill, confirmation, elapsed);
};

const begin = async ({ ledger }: Engine, plan: PreparedRotation): Promise<number> => {
  const { request, step, item } = plan;
  const open = openRotation(ledger.state(), item);
  if (open !== null) return open.n;
  const { kill, make, place } = request;
  const [target] = kill.targets;
  const isNew = step !== null && ledger.state().steps.get(step) === undefined;
  const written = await ledger.append([
    ...(isNew ? [{ kind: 'step.started', pub: { step } } as const] : []),
    {
      kind: 'rotation.begun',
      pub: {
        step,
        target: item,
        make: plan.make.byHand === null ? make.action : null,
        place,
        revoke: target?.action ?? null,
        plan_sha256: kill.planSha256,
      },
    },
  ]);
  return written.at(-1)?.n ?? 0;
};

/** A proof from before the tool died may be hours old, and one that lies ahead (the clock was set back) any age: nothing ends on it. */
const isStale = (course: Course): boolean => {
  const at = provedAt(course);
  if (at === null) return true;
  const age = course.engine.world.clock.now() - at;
  return age < 0 || age > limits.previewMaxAgeMs;
};

const next = (course: Course): NextStage => {
  const state = course.engine.ledger.state();
  const rotation = state.rotations.get(course.rotation);
  return rotation === undefined ? 'done' : nextStage(state, rotation);
};

export const rotate = async (
  engine: Engine,
  plan: PreparedRotation,
  confirmation: Confirmation,
  more: Readonly<{ given: Given; fingerprint: (secret: string) => string; heard: (line: RunLine) => void }>,
): Promise<RotationReport> => {
  const course: Course = { engine, plan, rotation: await begin(engine, plan), ...more };
  // A new one that a person gives takes the place of whichever there was before.
  const taken = more.given.fresh === undefined ? null : await makeStage(course);
  if (taken !== null) return reportOf(course, taken.is, 'make', taken.why);
  const given = { placed: more.given.placed === true };
  if (more.given.again === true && AGAIN.has(next(course))) {
    const placed = await placeStage(course);
    if (placed !== null) return reportOf(course, placed.is, 'place', placed.why);
  }
  return await goOn({ ...course, given }, confirmation);
};

/** Once it has been put there; before that it is put there anyway. */
const AGAIN: ReadonlySet<NextStage> = new Set<NextStage>(['prove', 'revoke', 'after']);

const goOn = async (course: Course, confirmation: Confirmation): Promise<RotationReport> => {
  const { engine } = course;
  let before: NextStage | null = null;
  for (;;) {
    const at = next(course);
    if (at === 'done') return reportOf(course, 'rotated', at, '');
    if (engine.signal.aborted || engine.stop?.aborted === true)
      return reportOf(course, 'stopped', at, 'it was stopped, and goes on here');
    // Whatever a stage says of itself, none is gone through twice in a row.
    if (at === before) return reportOf(course, 'unproved', at, 'it could not be proved');
    const halt = await stageOf(course, at, confirmation);
    if (halt !== null) return reportOf(course, halt.is, at, halt.why);
    if (at === 'after') await ended(course);
    before = at;
  }
};

const stageOf = async (
  course: Course,
  at: Exclude<NextStage, 'done'>,
  confirmation: Confirmation,
): Promise<Halt> => {
  if (at !== 'revoke') return await stages[at](course);
  if (isStale(course)) {
    const halt = await proveStage(course);
    if (halt !== null) return halt;
  }
  return await endOld(course, confirmation);
};

const ended = async ({ engine, rotation, plan }: Course): Promise<void> => {
  await engine.ledger.append([
    { kind: 'rotation.ended', pub: { rotation, target: plan.item, how: 'rotated' } },
  ]);
};

const reportOf = (
  { engine, plan, rotation }: Course,
  state: RotationReport['state'],
  at: NextStage,
  why: string,
): RotationReport => {
  const found = engine.ledger.state().rotations.get(rotation);
  const placed = [...engine.ledger.state().acts.values()].some(
    (act) => act.rotation === rotation && act.stage === 'place' && !act.undone && act.result !== 'failed',
  );
  return {
    state,
    at,
    why,
    item: plan.item,
    made: found?.made?.id ?? null,
    oldDead: found !== undefined && oldIsDead(engine.ledger.state(), found),
    placed,
  };
};
