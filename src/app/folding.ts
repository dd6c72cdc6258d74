import { evolve } from '../incident/evolve.ts';
import { unopened, type IncidentState } from '../incident/state.ts';
import type { Entry } from '../journal/entry.ts';
import type { Journal } from '../journal/store.ts';
import { keepHistory, recordedOf, type Folded, type History } from './history.ts';
import { nothingRemembered } from './remembering.ts';
import type { Snapshots } from './snapshots.ts';

/** A journal folded up to its end, and on from there. */
export type Folding = Folded &
  Readonly<{
    history: History;
    /** Folds what was written since. True when there was something. */
    more: () => boolean;
    /** What stands in the place of content whose data key was destroyed; null for a key that was not. */
    gone: (dek: string) => string | null;
  }>;

/** So many are folded within a moment. */
const SNAPSHOT_EACH = 1000;

/** Begins with the snapshot where there is one that fits, and leaves another after so many entries. */
export const folding = (journal: Journal, snapshots: Snapshots | null): Folding => {
  const before = snapshots?.read() ?? null;
  let state: IncidentState = before?.state ?? unopened;
  let next = before?.size ?? 0;
  let kept = next;
  const gone = new Map(before?.gone);
  const folded: Folded = { state: () => state, size: () => next };
  const history = keepHistory(journal, folded, before?.remembered ?? nothingRemembered);
  const take = (entry: Entry, size: number): void => {
    next = entry.n + 1;
    if (entry.kind === 'key.shred') gone.set(textOf(entry.pub['dek']), destroyedWords(entry));
    const recorded = recordedOf(journal, entry);
    if (recorded === null) return history.passOver(entry.kind);
    state = evolve(state, recorded);
    history.take(recorded, size - next);
  };
  const more = (): boolean => {
    const from = next;
    const size = journal.size();
    for (const entry of journal.walk({ from, to: size })) take(entry, size);
    if (snapshots !== null && next - kept >= SNAPSHOT_EACH) {
      snapshots.write({ size: next, state, remembered: history.remembered(), gone });
      kept = next;
    }
    return next > from;
  };
  more();
  return { ...folded, history, more, gone: (dek) => gone.get(dek) ?? null };
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const destroyedWords = ({ at, pub }: Entry): string => {
  const policy = textOf(pub['policy']);
  const why = `${textOf(pub['class'])}: ${textOf(pub['reason']).replaceAll('-', ' ')}`;
  return `[content destroyed on ${at.wall.slice(0, 10)} under ${policy === '' ? why : policy}]`;
};
