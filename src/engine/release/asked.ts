import type { Ordered } from '../../incident/release-order.ts';
import { inDoubt } from '../../incident/state.ts';
import type { Act } from '../../incident/state.ts';
import type { Proof } from '../../model/action.ts';
import type { Fresh } from '../../model/event.ts';
import { limits } from '../../model/limits.ts';
import { ask } from '../ask.ts';
import { proveOnce } from '../attempt.ts';
import type { Engine } from '../lines.ts';
import { reachTarget } from '../prepare.ts';
import type { Request } from '../prepare.ts';
import { proofOf, undoSettledBy } from '../settle.ts';
import { targetOf } from './item.ts';

/** What the real systems say of a thing that is being let go. "It is not off" is here the good answer. */

/** Null where it cannot be asked at all. */
const proofNow = async (engine: Engine, request: Request): Promise<Proof | null> => {
  const { world, definitions, signal } = engine;
  const [target] = request.targets;
  if (target === undefined) return null;
  const found = await reachTarget(world, definitions, target, request, [], true);
  if (found.is === 'by-hand') return null;
  return await proveOnce(found.action, found.input, found.outside({ key: 'proof', suspects: [], signal }));
};

const NOT_ASKED: Proof = { is: 'unproved', how: 'the system cannot be asked' };

/** Asked once, or for a while where the vendor had only taken it in; the answer settles what the undo left open. */
export const isOnAgain = async (
  engine: Engine,
  request: Request,
  intent: number,
  queued: boolean,
): Promise<Proof> => {
  const { clock } = engine.world;
  const until = clock.elapsed() + (queued ? limits.pollDeadlineMs : 0);
  for (;;) {
    const proof = (await proofNow(engine, request)) ?? NOT_ASKED;
    if (proof.is === 'refuted' || clock.elapsed() >= until) {
      await written(engine, intent, proof);
      return proof;
    }
    await clock.sleep(limits.pollMs, engine.signal);
  }
};

const written = async (engine: Engine, intent: number, proof: Proof): Promise<void> => {
  const { ledger, world } = engine;
  const act = ledger.state().acts.get(intent);
  if (act === undefined) return;
  const open = inDoubt(act) || act.result === 'accepted';
  const [now, beat] = [world.clock.now(), world.clock.stamp()];
  await ledger.append([
    ...(open ? undoSettledBy(proof, act, beat) : []),
    // Of the attempt that was taken back: it is not off any more, as it should be.
    ...(act.of === null ? [] : [proofOf({ ...act, intent: act.of }, proof, now)]),
  ]);
};

/** Asks about whatever was tried on it and has no end: after a crash the undo may have happened. */
export const settleDoubts = async (
  engine: Engine,
  request: Request,
  one: Ordered,
): Promise<'settled' | 'open'> => {
  const doubtful = (): readonly Act[] =>
    [...engine.ledger.state().acts.values()].filter(
      (act) => act.step === one.step && act.target === one.item && act.action === one.action && inDoubt(act),
    );
  for (const act of doubtful()) {
    if (act.direction === 'undo') await isOnAgain(engine, request, act.intent, false);
    else await ask(engine, act);
  }
  return doubtful().length === 0 ? 'settled' : 'open';
};

/** A person switched on by hand what a person had switched off: that it is on, is the system's word. Null while it is not. */
export const foundOnByHand = async (engine: Engine, whole: Request, one: Ordered): Promise<string | null> => {
  const { ledger, world } = engine;
  const act = ledger.state().acts.get(one.intent);
  const request: Request = { ...whole, targets: [targetOf(one)] };
  const proof = await proofNow(engine, request);
  if (act === undefined || proof?.is !== 'refuted') return null;
  await ledger.append([takenBackByHand(act), proofOf(act, proof, world.clock.now())]);
  return proof.how;
};

const takenBackByHand = (act: Act): Fresh<'act.by_hand'> => ({
  kind: 'act.by_hand',
  pub: {
    step: act.step,
    target: act.target,
    instance: act.instance,
    action: act.action,
    effect: act.effect,
    retry: act.retry,
    confidence: act.confidence,
    of: act.intent,
  },
});
