import type { Recorded } from '../model/event.ts';
import { placeOf } from '../model/item.ts';
import { put } from './state.ts';
import type { Act, IncidentState } from './state.ts';

export type ActEntry =
  | Recorded<'act.intent'>
  | Recorded<'act.by_hand'>
  | Recorded<'act.kept'>
  | Recorded<'act.outcome'>
  | Recorded<'act.verified'>;

/** An attempt of which no more is known than that it was intended. */
export const nothingYet = {
  kept: null,
  result: null,
  outcome: null,
  settledBy: null,
  settledAt: null,
  lost: false,
  proof: null,
  proofEntry: null,
  provedAt: null,
  hand: false,
  drifts: [],
  undone: false,
} as const;

/** What an entry about an attempt does to the attempts: from intent to proof, and back by an undo. */
export const actChanged = (acts: IncidentState['acts'], entry: ActEntry): IncidentState['acts'] => {
  if (entry.kind === 'act.intent') {
    const { plan_sha256: _plan, ...pub } = entry.pub;
    return put(acts, entry.n, {
      intent: entry.n,
      at: entry.recorded_at,
      begun: entry.beat,
      by: entry.actor,
      ...pub,
      ...nothingYet,
    });
  }
  if (entry.kind === 'act.by_hand') {
    const act = doneByHand(entry);
    return takenBack(put(acts, entry.n, act), [act]);
  }
  const before = acts.get(entry.pub.intent);
  if (before === undefined) return acts;
  if (entry.kind === 'act.kept') return put(acts, before.intent, { ...before, kept: entry.n });
  if (entry.kind === 'act.verified') {
    // A check that could not be made says nothing against one that was.
    if (entry.pub.proof === 'unproved' && before.proof === 'proved') return acts;
    return put(acts, before.intent, {
      ...before,
      proof: entry.pub.proof,
      proofEntry: entry.n,
      provedAt: entry.pub.at,
      drifts:
        before.proof === 'proved' && entry.pub.proof === 'refuted'
          ? [...before.drifts, entry.n]
          : before.drifts,
    });
  }
  // An answer is written before the proof that follows it; an end that comes later was found by asking, or told.
  const late = before.proof !== null || entry.pub.by === 'person' || entry.pub.result === 'unknown';
  const settled: Act = {
    ...before,
    result: entry.pub.result,
    outcome: entry.n,
    settledBy: entry.pub.by,
    settledAt: entry.beat,
    lost: before.lost || late,
  };
  const next = put(acts, before.intent, settled);
  return takenBack(next, [settled]);
};

/** Nothing of it is in doubt: a person saw it. Whether the system agrees is asked afterwards. */
const doneByHand = ({ n, recorded_at, beat, actor, pub }: Recorded<'act.by_hand'>): Act => ({
  ...pub,
  intent: n,
  at: recorded_at,
  begun: beat,
  by: actor,
  attempt: 1,
  direction: pub.of === undefined ? 'do' : 'undo',
  of: pub.of ?? null,
  idem: '',
  ...nothingYet,
  hand: true,
  result: 'done',
  outcome: n,
  settledBy: 'person',
});

/** The attempts once these have ended. An undo takes back every attempt on its target, not the last alone: all led to one state. */
export const takenBack = (acts: IncidentState['acts'], ended: readonly Act[]): IncidentState['acts'] => {
  const undos = new Map(
    ended
      .filter((act) => act.direction === 'undo' && (act.result === 'done' || act.result === 'already'))
      .map((act) => [whereOf(act), placeOf(act.intent).entry]),
  );
  if (undos.size === 0) return acts;
  const isBack = (act: Act): boolean =>
    act.direction === 'do' && placeOf(act.intent).entry < (undos.get(whereOf(act)) ?? -1);
  return new Map([...acts].map(([n, act]) => [n, isBack(act) ? { ...act, undone: true } : act]));
};

/** What belongs to a rotation is taken back by itself: the old credential stays as dead or alive as it is. */
const whereOf = ({ step, target, stage }: Act): string => `${step ?? ''} ${target} ${stage ?? ''}`;
