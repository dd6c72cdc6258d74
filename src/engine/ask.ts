import { inDoubt } from '../incident/state.ts';
import type { Act, IncidentState } from '../incident/state.ts';
import type { Clock } from '../io/clock.ts';
import type { Proof } from '../model/action.ts';
import type { Fresh } from '../model/event.ts';
import type { Target } from '../model/plan.ts';
import { proveOnce } from './attempt.ts';
import type { Engine, TargetLine } from './lines.ts';
import { reachTarget, suspectsOf } from './prepare.ts';
import { proofOf, reopened, settledBy, undoSettledBy } from './settle.ts';

/** Asks the real system about one attempt, and writes down what its answer settles. */

/** What an attempt worked on, as a plan would name it: the inventory may have changed since. */
export const targetOf = (act: Act): Target => ({
  item: act.target,
  instance: act.instance,
  connector: null,
  action: act.action,
});

const inputOf = (engine: Engine, act: Act): Readonly<Record<string, string | number | boolean>> => {
  const args = engine.ledger.reveal({ n: act.intent, name: 'args' });
  return args === null ? {} : (JSON.parse(args) as Readonly<Record<string, string | number | boolean>>);
};

export const ask = async (engine: Engine, act: Act): Promise<TargetLine> => {
  const { world, definitions, ledger, signal } = engine;
  const suspects = suspectsOf(ledger.state(), ledger.reveal, act.target);
  const request = {
    input: inputOf(engine, act),
    fallback: 'Look at the system itself and record what it shows.',
  };
  const found = await reachTarget(world, definitions, targetOf(act), request, suspects, true);
  if (found.is === 'by-hand')
    return { is: 'by-hand', target: act.target, why: found.why, manual: found.manual };
  const reached = found.outside({ key: act.idem, suspects, signal });
  const proof: Proof = await proveOnce(found.action, found.input, reached);
  await ledger.append(answered(ledger.state(), act, proof, world.clock));
  return { is: 'proof', target: act.target, proof };
};

const answered = (state: IncidentState, act: Act, proof: Proof, clock: Clock): readonly Fresh[] => {
  const [now, beat] = [clock.now(), clock.stamp()];
  if (act.direction === 'do') {
    return [proofOf(act, proof, now), ...(inDoubt(act) ? settledBy(proof, act, beat) : [])];
  }
  // What was asked is whether the thing is off: a proof, or its opposite, of the attempt that the undo was to take back.
  const undone = act.of === null ? [] : [proofOf({ ...act, intent: act.of }, proof, now)];
  const settled = undoSettledBy(proof, act, beat);
  const happened = settled.some(({ pub }) => pub.result === 'done');
  const closed = act.step !== null && state.steps.get(act.step)?.status !== 'started';
  return [...undone, ...settled, ...(happened && closed ? [reopened(act.step)] : [])];
};
