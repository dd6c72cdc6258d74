import { Problem } from '../../base/problem.ts';
import type { Json } from '../../base/canonical.ts';
import { oldIsDead, oldOne, openRotation } from '../../incident/rotation.ts';
import type { Act, RotationState } from '../../incident/state.ts';
import type { Proof } from '../../model/action.ts';
import { ask } from '../ask.ts';
import type { Engine, RunLine } from '../lines.ts';
import { reachTarget } from '../prepare.ts';
import { answers, put } from './placing.ts';
import type { PreparedRotation } from './plan.ts';
import { actsOf, attempted, oldOnes, own } from './stage.ts';
import type { Course, Given, Halt } from './stage.ts';

/** Back to what was: the old one in its place again, the new one ended. Only while the old one lives. */

export type BackReport = Readonly<{
  state: 'back' | 'by-hand' | 'failed' | 'unproved' | 'unsure';
  why: string;
  item: string;
  /** Set where the new one still lives: the vendor’s name for it, '' where nobody recorded one. */
  left: string | null;
  /** What the service says with the old one in its place; null where nothing had been put there. */
  service: Proof | null;
}>;

const newest = (course: Course, stage: 'make' | 'place'): Act | undefined =>
  actsOf(course, stage).findLast(({ direction }) => direction === 'do');

/** Whether the new one may be in its place. */
const mayBeThere = (course: Course): Act | null => {
  const placed = newest(course, 'place');
  return placed === undefined || placed.undone || placed.result === 'failed' ? null : placed;
};

const replaced = async (course: Course, placed: Act): Promise<Halt> => {
  const { place } = course.plan.request;
  const old = oldOnes(course).at(-1) ?? null;
  const byPerson = place === null || course.given.placed === true;
  if (!byPerson && old === null)
    return {
      is: 'by-hand',
      why: 'the tool has no copy of the old one: put it back where the service reads it, then say so',
    };
  if (place === null && course.given.placed !== true)
    return { is: 'by-hand', why: 'a person puts the old one back where the service reads it, and says so' };
  const action = own(
    { title: 'Put the old one back', effect: 'reversible' },
    {
      run: async () => await Promise.resolve({ result: 'failed', detail: 'it is only taken back' }),
      verify: async () => await answers(course),
      undo: async () =>
        byPerson || old === null
          ? { result: 'done', detail: 'a person says that the old one is back in its place' }
          : await put(course, old),
    },
  );
  const { outcome } = await attempted(course, {
    stage: 'place',
    action,
    actionId: byPerson ? 'by-hand.place' : `place.${place ?? ''}`,
    undo: { of: placed.intent, done: { receipt: null, after: null } },
  });
  if (outcome.result === 'done') return null;
  return { is: outcome.result === 'unknown' ? 'unsure' : 'failed', why: outcome.detail };
};

/** The new one ends where the tool made it and can end it. Null: it does not live any more. */
const endNew = async (course: Course): Promise<string | null> => {
  const { engine, plan, rotation } = course;
  const { ledger, signal } = engine;
  const made = ledger.state().rotations.get(rotation)?.made ?? null;
  const act = newest(course, 'make');
  if (made === null || act === undefined) return null;
  const { make, kill } = plan.request;
  const found = await reachTarget(engine.world, engine.definitions, make, kill, oldOnes(course));
  if (found.is === 'by-hand' || found.action.undo === undefined || plan.make.byHand !== null) return made.id;
  const receipt: Json = { made: made.id };
  const { outcome } = await attempted(course, {
    stage: 'make',
    action: found.action,
    actionId: make.action ?? '',
    instance: make.instance,
    input: found.input,
    undo: { of: act.intent, done: { receipt, after: receipt } },
    open: (key, keep) => found.outside({ key, suspects: oldOnes(course), signal, keep }),
  });
  return outcome.result === 'done' || outcome.result === 'already' ? null : made.id;
};

const INSTEAD = 'put the new one in its place again instead';
const NOT_TOLD = 'its end was sent and the system does not say that it still works';

const REFUSED: ReadonlySet<Act['result']> = new Set(['failed', 'forbidden', 'not-supported']);

/** With a dead one in its place and the new one ended there would be none that works: the system is asked first. */
const mayBeDead = async (engine: Engine, rotation: RotationState): Promise<boolean> => {
  const end = oldOne(engine.ledger.state(), rotation);
  if (end === undefined || (REFUSED.has(end.result) && !end.lost)) return false;
  const line = await ask(engine, end);
  return line.is !== 'proof' || line.proof.is !== 'refuted';
};

/** @throws Problem `not-found` where none is under way, `step-not-ready` once the old one is dead */
export const goBack = async (
  engine: Engine,
  plan: PreparedRotation,
  more: Readonly<{ given: Given; fingerprint: (secret: string) => string; heard: (line: RunLine) => void }>,
): Promise<BackReport> => {
  const open = openRotation(engine.ledger.state(), plan.item);
  if (open === null) throw new Problem('not-found', { what: 'rotation under way of', id: plan.item });
  const dead = plan.make.endsOld || oldIsDead(engine.ledger.state(), open);
  if (dead || (await mayBeDead(engine, open)))
    throw new Problem('step-not-ready', {
      step: plan.title,
      why: dead ? `the old one is dead: ${INSTEAD}` : `the old one may be dead, ${NOT_TOLD}: ${INSTEAD}`,
    });
  const course: Course = { engine, plan, rotation: open.n, ...more };
  const placed = mayBeThere(course);
  const halt = placed === null ? null : await replaced(course, placed);
  if (halt !== null)
    return { state: halt.is, why: halt.why, item: plan.item, left: open.made?.id ?? null, service: null };
  const service = placed === null ? null : await answers(course);
  const left = await endNew(course);
  await engine.ledger.append([
    { kind: 'rotation.ended', pub: { rotation: open.n, target: plan.item, how: 'abandoned' } },
  ]);
  return { state: 'back', why: '', item: plan.item, left, service };
};
