import { passedAtLeast } from '../base/beat.ts';
import { toHex } from '../base/hash.ts';
import type { Json } from '../base/canonical.ts';
import { openRotation } from '../incident/rotation.ts';
import { inDoubt } from '../incident/state.ts';
import type { Act } from '../incident/state.ts';
import type { Outcome, Proof, Result } from '../model/action.ts';
import { placeOf } from '../model/item.ts';
import { limits } from '../model/limits.ts';
import type { Target } from '../model/plan.ts';
import { ask } from './ask.ts';
import type { Job } from './job.ts';
import type { Ledger } from './ledger.ts';
import type { Engine, TargetLine } from './lines.ts';
import { reachTarget, suspectsOf } from './prepare.ts';
import type { Prepared, Request } from './prepare.ts';

/** From a target that was confirmed to the attempt that is to be made on it; or why none is. */
export type Found =
  | Readonly<{ is: 'job'; job: Job }>
  /** Nothing is to be done: it is proved, or only a person can do it. */
  | Readonly<{ is: 'line'; line: TargetLine }>
  /** It may have happened already, and doing it again could do it twice. */
  | Readonly<{ is: 'doubt' }>;

/** What was tried before, by target: what a run looks up for each of them. */
export type Before = Readonly<{
  on: (target: Target) => readonly Act[];
  /** The key that an attempt was made under: its own entry says it, or the plan of its batch. */
  key: (act: Act) => string;
}>;

/** Attempts that belong to what is asked for: those of its step, or those outside any step by the same action. */
export const attemptsBefore = (ledger: Ledger, { step }: Pick<Request, 'step'>): Before => {
  const found = Map.groupBy(
    [...ledger.state().acts.values()].filter((act) => act.step === step && act.stage === undefined),
    (act) => act.target,
  );
  const plans = new Map<number, ReadonlyMap<number, string>>();
  const planOf = (batch: number): ReadonlyMap<number, string> => {
    const rows = ledger.batches.rows(batch).filter(({ kind }) => kind === 'plan');
    const keys = new Map(
      rows.map(({ item, pub }) => [item, typeof pub['idem'] === 'string' ? pub['idem'] : '']),
    );
    plans.set(batch, keys);
    return keys;
  };
  return {
    on: ({ item, action }) => (found.get(item) ?? []).filter((act) => step !== null || act.action === action),
    key: (act) => {
      const { entry, place } = placeOf(act.intent);
      return place === null ? act.idem : ((plans.get(entry) ?? planOf(entry)).get(place) ?? '');
    },
  };
};

/** Whether the vendor surely still knows the key; across a restart of the machine the wall clock may know better. */
const isKeyKnown = ({ world: { clock } }: Engine, { begun, at }: Act): boolean =>
  Math.max(passedAtLeast(begun, clock.stamp()), clock.now() - at) < limits.keyHonouredMs;

type Doubt = Readonly<{ is: 'none' | 'again' | 'stop'; older: readonly Act[] }>;

/**
 * What may have happened already, by class. A: sent again under the same key the vendor does it once, as long as it knows the key; later
 * it is as C. B: the state is read first
 * and only what is missing is applied. C: the system is asked, and only "it did not happen" lets it be done again. D, and any
 * undo: a person says. All of it only because a person runs the step again: nothing here is sent again by itself.
 */
const doubtOn = async (engine: Engine, request: Request, acts: readonly Act[]): Promise<Doubt> => {
  const older = acts.filter(inDoubt);
  if (older.length === 0) return { is: 'none', older };
  if (request.direction === 'undo' || older.some((act) => act.direction === 'undo'))
    return { is: 'stop', older };
  const harmless = (act: Act): boolean => act.retry === 'B' || (act.retry === 'A' && isKeyKnown(engine, act));
  if (older.every(harmless)) return { is: 'again', older };
  if (older.some(({ retry }) => retry === 'D')) return { is: 'stop', older };
  for (const act of older) await ask(engine, act);
  const after = engine.ledger.state().acts;
  const open = older.some(({ intent }) => inDoubt(after.get(intent) ?? { result: null }));
  return open ? { is: 'stop', older } : { is: 'none', older: [] };
};

/** The newest attempt that is proved and stands: it is not done again. */
const isProved = (request: Request, acts: readonly Act[]): boolean => {
  if (request.direction === 'undo' || request.step === null) return false;
  const act = acts.findLast(({ direction }) => direction === 'do');
  return act !== undefined && !act.undone && act.proof === 'proved' && !inDoubt(act);
};

/**
 * Done, and the proof is missing: the system is asked before anything is repeated. Where a repeat could do it twice (all but
 * class B), only its word that it did not happen lets it be done again. Null: it may be done.
 */
const askedAgain = async (
  engine: Engine,
  request: Request,
  acts: readonly Act[],
): Promise<TargetLine | null> => {
  if (request.direction === 'undo' || request.step === null) return null;
  const act = acts.findLast(({ direction }) => direction === 'do');
  if (act === undefined || act.undone || !WORKED.has(act.result ?? 'unknown')) return null;
  const line = await ask(engine, act);
  if (line.is !== 'proof' || line.proof.is === 'refuted') return null;
  if (line.proof.is === 'proved') return line;
  return act.retry === 'B' ? null : { is: 'proof', target: act.target, proof: TAKEN };
};

const TAKEN: Proof = {
  is: 'unproved',
  how: 'the system took it before, and doing it again could do it twice',
};

/**
 * Class A: a request whose answer was lost may still be under way. Sent again with the same key, the vendor takes the two
 * for one.
 */
const lostBefore = (request: Request, acts: readonly Act[]): Act | null => {
  const last = acts.findLast(({ direction }) => direction === request.direction);
  return last?.retry === 'A' && last.lost && !last.undone && last.result === 'failed' ? last : null;
};

const WORKED: ReadonlySet<Result> = new Set(['done', 'already', 'accepted']);

const jsonOf = (text: string | null): Json => (text === null ? null : (JSON.parse(text) as Json));

/** Refused, and the answer was heard: it changed nothing, and whatever stands there now is somebody else's. */
const changedNothing = ({ result, lost }: Act): boolean =>
  !lost && (result === 'failed' || result === 'forbidden' || result === 'not-supported');

/** Attempts that stand, or may: what an undo is to take back. */
const standing = (acts: readonly Act[]): readonly Act[] =>
  acts.filter((act) => act.direction === 'do' && !act.undone && !changedNothing(act));

/**
 * What an undo needs: the state before the first attempt on the target that still stands. A later attempt found it off already,
 * and would restore nothing. Null when no state before was ever recorded.
 */
const undoOf = (ledger: Ledger, acts: readonly Act[]): Job['undo'] => {
  for (const act of standing(acts)) {
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

export const jobFor = async (
  engine: Engine,
  prepared: Prepared,
  target: Target,
  earlier: Before,
): Promise<Found> => {
  const { world, definitions, ledger, signal } = engine;
  const { request } = prepared;
  const before = earlier.on(target);
  const doubt = await doubtOn(engine, request, before);
  if (doubt.is === 'stop') return { is: 'doubt' };
  const acts = actsNow(ledger, before);
  const seen = prepared.targets.find((one) => one.target.item === target.item);
  // What was proved once and was just seen on is asked about like anything else that worked.
  if (isProved(request, acts) && seen?.preview?.now !== 'active')
    return { is: 'line', line: { is: 'proof', target: target.item, proof: PROVED } };
  const stands = await askedAgain(engine, request, acts);
  if (stands !== null) return { is: 'line', line: stands };
  const suspects = suspectsOf(ledger.state(), ledger.reveal, target.item);
  const found = await reachTarget(world, definitions, target, request, suspects);
  if (found.is === 'by-hand') return byHand(target, found);
  // Nobody confirmed what was shown as work for a person: a secret that turned up meanwhile wants a new preview.
  if (seen !== undefined && seen.byHand !== null) return byHand(target, seen.byHand);
  const undo = request.direction === 'undo' ? undoOf(ledger, acts) : null;
  if (request.direction === 'undo' && undo === null) {
    const why =
      acts.length > 0 && standing(acts).length === 0
        ? 'no attempt of ours changed it, so there is nothing to take back'
        : 'the state before was not recorded, so it cannot be restored exactly';
    return byHand(target, { why, manual: found.action.byHand });
  }
  const resent = doubt.older.findLast(({ retry }) => retry === 'A') ?? lostBefore(request, acts);
  return {
    is: 'job',
    job: {
      step: request.step,
      target,
      action: found.action,
      actionId: target.action ?? '',
      input: found.input,
      planSha256: request.planSha256,
      key: resent === null ? toHex(world.random.bytes(16)) : earlier.key(resent),
      older: doubt.older,
      attempt: acts.filter(({ direction }) => direction === request.direction).length + 1,
      confidence: found.action.confidence,
      suspects,
      undo,
      open: (key, keep) =>
        found.outside({ key, suspects, signal, keep, fresh: freshFor(ledger, target.item) }),
    },
  };
};

/** The new credential that a rotation under way has made for this one. */
const freshFor = (ledger: Ledger, item: string): string | null => {
  const made = openRotation(ledger.state(), item)?.made ?? null;
  return made === null ? null : ledger.reveal({ n: made.n, name: 'secret' });
};

const PROVED: Proof = { is: 'proved', how: 'proved before' };

/** The same attempts as they stand now: asking about one may have settled it. */
const actsNow = (ledger: Ledger, acts: readonly Act[]): readonly Act[] =>
  acts.map((act) => ledger.state().acts.get(act.intent) ?? act);

const byHand = (
  target: Target,
  { why, manual }: Pick<Extract<TargetLine, { is: 'by-hand' }>, 'why' | 'manual'>,
): Found => ({
  is: 'line',
  line: { is: 'by-hand', target: target.item, why, manual },
});

/** What is said of a target at the end: its proof where it was asked for one. */
export const endOf = (target: string, outcome: Outcome, proof: Proof | null): TargetLine =>
  proof === null ? { is: 'outcome', target, outcome } : { is: 'proof', target, proof };
