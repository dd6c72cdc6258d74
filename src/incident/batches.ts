import { passedAtLeast } from '../base/beat.ts';
import type { Beat } from '../base/beat.ts';
import type { Proof, Result } from '../model/action.ts';
import type { Recorded } from '../model/event.ts';
import { itemRef, proofLetters, resultLetters } from '../model/item.ts';
import { actChanged, nothingYet, takenBack } from './acts.ts';
import type { ActEntry } from './acts.ts';
import type { Act, IncidentState } from './state.ts';

/** What the two entries of a batch do to the attempts. Which of its items were begun is known only when it has ended. */

const onTarget = (step: string | null, direction: Act['direction'], target: string): string =>
  JSON.stringify([step, direction, target]);

/** Every item may have been begun from now on: until the batch has ended, each is an attempt without an outcome. */
const batchBegun = (acts: IncidentState['acts'], entry: Recorded<'batch.intent'>): IncidentState['acts'] => {
  const { step, direction, ways, targets, way } = entry.pub;
  const before = new Map<string, readonly Act[]>();
  for (const act of acts.values()) {
    if (act.stage !== undefined) continue;
    const key = onTarget(act.step, act.direction, act.target);
    before.set(key, [...(before.get(key) ?? []), act]);
  }
  const next = new Map(acts);
  for (const [place, target] of targets.entries()) {
    const how = ways[way[place] ?? 0];
    if (how === undefined) continue;
    const standing = before.get(onTarget(step, 'do', target))?.find((act) => !act.undone);
    const intent = itemRef(entry.n, place);
    next.set(intent, {
      ...how,
      ...nothingYet,
      intent,
      at: entry.recorded_at,
      begun: entry.beat,
      by: entry.actor,
      step,
      target,
      direction,
      attempt: (before.get(onTarget(step, direction, target))?.length ?? 0) + 1,
      of: direction === 'undo' ? (standing?.intent ?? null) : null,
      idem: '',
    });
  }
  return next;
};

const wordOf = <Word extends string>(letters: Readonly<Record<Word, string>>, letter: string | undefined) =>
  (Object.keys(letters) as Word[]).find((word) => letters[word] === letter) ?? null;

/**
 * What somebody else said of an item while its batch was open stands where the batch knows no better: where it was not
 * begun, and where no answer came. Said before the item may have been begun, it can only be a guess.
 */
const keepsItsEnd = (act: Act, result: Result | null, lastBegun: Beat | undefined): boolean => {
  if (act.settledAt === null) return false;
  if (result === null) return true;
  return result === 'unknown' && lastBegun !== undefined && passedAtLeast(lastBegun, act.settledAt) > 0;
};

/** What became of each item; one that was not begun is as if it had never been meant. */
const batchEnded = (acts: IncidentState['acts'], entry: Recorded<'batch.outcome'>): IncidentState['acts'] => {
  const { batch, results, proofs } = entry.pub;
  const next = new Map(acts);
  const ended: Act[] = [];
  for (let place = 0; place < results.length; place += 1) {
    const intent = itemRef(batch, place);
    const act = acts.get(intent);
    const result = wordOf<Result>(resultLetters, results[place]);
    if (act === undefined || keepsItsEnd(act, result, entry.pub.last_begun)) continue;
    if (result === null) {
      next.delete(intent);
      continue;
    }
    const proof = wordOf<Proof['is']>(proofLetters, proofs[place]);
    const known: Act = {
      ...act,
      // Not known of each: no item of it left later than this.
      begun: entry.pub.last_begun ?? entry.beat,
      kept: intent,
      result,
      outcome: intent,
      settledBy: 'tool',
      // A refusal is never asked about: a failure with a proof was found by asking, after its answer was lost.
      lost: result === 'unknown' || (result === 'failed' && proof !== null),
      proof,
      proofEntry: proof === null ? null : entry.n,
      provedAt: proof === null ? null : entry.recorded_at,
    };
    next.set(intent, known);
    ended.push(known);
  }
  return takenBack(next, ended);
};

type Attempts = Pick<IncidentState, 'acts' | 'openBatches'>;

/** What an entry about an attempt, or about a batch of them, does to what has been tried. */
export const attemptsChanged = (
  { acts, openBatches }: Attempts,
  entry: ActEntry | Recorded<'batch.intent'> | Recorded<'batch.outcome'>,
): Attempts => {
  if (entry.kind === 'batch.intent')
    return { acts: batchBegun(acts, entry), openBatches: [...openBatches, entry.n] };
  if (entry.kind !== 'batch.outcome') return { acts: actChanged(acts, entry), openBatches };
  const { batch } = entry.pub;
  return { acts: batchEnded(acts, entry), openBatches: openBatches.filter((one) => one !== batch) };
};
