import type { Beat } from '../base/beat.ts';
import type { Instant } from '../base/instant.ts';
import type { Effect } from '../model/action.ts';
import type { AnchorFault, AnchorKind } from '../model/anchor.ts';
import type { EventKind, Recorded } from '../model/event.ts';

/** Which checkpoints of this journal stand elsewhere, and what does not: folded from the entries that say so. */

/** One checkpoint that stood elsewhere when it was last looked at. `size` counts the entries it covers. */
export type Standing = Readonly<{ size: number; at: Instant; n: number }>;

export type AnchorState = Readonly<{
  type: AnchorKind;
  /** Oldest first, the newest few: what was found edited or removed is not among them. */
  standing: readonly Standing[];
  /** The newest that was sent without being read back. */
  copied: Standing | null;
  /** Set since the last success. */
  failing: Readonly<{ since: Instant; last: Instant; beat: Beat; n: number; fault: AnchorFault }> | null;
}>;

/** `is` tells what is wrong, `n` the entry that says so; null where it could only be shown. It stays: what was once contradicted is never whole again. */
export type Alarm = Readonly<{
  n: number | null;
  at: Instant | null;
  is: 'changed' | 'gone' | 'shorter' | 'other';
  anchor: string | null;
  size: number;
}>;

export type AnchorsState = Readonly<{
  by: ReadonlyMap<string, AnchorState>;
  alarms: readonly Alarm[];
}>;

export const noAnchors: AnchorsState = { by: new Map(), alarms: [] };

const KEPT = 16;

type AnchorEntry =
  | Recorded<'anchor.made'>
  | Recorded<'anchor.copied'>
  | Recorded<'anchor.failed'>
  | Recorded<'anchor.lost'>
  | Recorded<'journal.contradicted'>
  | Recorded<'journal.acknowledged'>;

export const isAboutAnchors = (entry: Recorded): entry is AnchorEntry =>
  entry.kind === 'anchor.made' ||
  entry.kind === 'anchor.copied' ||
  entry.kind === 'anchor.failed' ||
  entry.kind === 'anchor.lost' ||
  entry.kind === 'journal.contradicted' ||
  entry.kind === 'journal.acknowledged';

export const anchorsChanged = (state: AnchorsState, entry: AnchorEntry): AnchorsState => {
  // The alarm stays: that somebody stands for it makes it no less true.
  if (entry.kind === 'journal.acknowledged') return state;
  if (entry.kind === 'journal.contradicted') {
    const { known_size: size, story } = entry.pub;
    return {
      ...state,
      alarms: [...state.alarms, { n: entry.n, at: entry.recorded_at, is: story, anchor: null, size }],
    };
  }
  const { anchor, type } = entry.pub;
  const before = state.by.get(anchor) ?? { type, standing: [], copied: null, failing: null };
  const by = new Map([...state.by, [anchor, changed(before, entry)]]);
  if (entry.kind !== 'anchor.lost') return { ...state, by };
  const { size, found } = entry.pub;
  return { by, alarms: [...state.alarms, { n: entry.n, at: entry.recorded_at, is: found, anchor, size }] };
};

const changed = (
  before: AnchorState,
  entry: Exclude<AnchorEntry, Recorded<'journal.contradicted'> | Recorded<'journal.acknowledged'>>,
): AnchorState => {
  const { size, type } = entry.pub;
  const stands: Standing = { size, at: entry.recorded_at, n: entry.n };
  switch (entry.kind) {
    case 'anchor.made':
      return {
        ...before,
        type,
        failing: null,
        standing: [...before.standing, stands].toSorted((a, b) => a.size - b.size).slice(-KEPT),
      };
    case 'anchor.copied':
      return { ...before, type, failing: null, copied: stands };
    case 'anchor.failed': {
      const since = before.failing?.since ?? entry.recorded_at;
      return {
        ...before,
        type,
        failing: { since, last: entry.recorded_at, beat: entry.beat, n: entry.n, fault: entry.pub.fault },
      };
    }
    case 'anchor.lost':
      return { ...before, type, standing: before.standing.filter((one) => one.size !== size) };
  }
};

/** How many entries the newest checkpoint that stands elsewhere covers; 0 for none. */
export const anchoredSize = ({ by }: AnchorsState): number =>
  Math.max(0, ...[...by.values()].map(({ standing }) => standing.at(-1)?.size ?? 0));

/** An entry about an anchor says nothing that an anchor would have to hold: without this, each would ask for the next. */
const aboutAnchors: ReadonlySet<EventKind> = new Set<EventKind>([
  'anchor.made',
  'anchor.copied',
  'anchor.failed',
]);

/**
 * What an attacker, or the owner of this machine, could still rewrite unseen. `behind` counts entries; `since` is the time of
 * the oldest of them, `urgentSince` that of the oldest that cannot be undone. Instants are UTC milliseconds.
 */
export type Window = Readonly<{
  size: number;
  behind: number;
  since: Instant | null;
  urgentSince: Instant | null;
}>;

/** What the window depends on beside the entries. */
type Anchorable = Readonly<{
  anchors: AnchorsState;
  acts: ReadonlyMap<number, Readonly<{ effect: Effect }>>;
}>;

/** `total`: entries in the journal, the journal's own book-keeping among them. Reads no further back than the window. */
export const windowOf = (state: Anchorable, entries: readonly Recorded[], total: number): Window =>
  windowFrom(anchoredSize(state.anchors), state, entries, total);

/** The same for one place, which covers `size` entries. */
export const windowFrom = (
  size: number,
  state: Pick<Anchorable, 'acts'>,
  entries: readonly Recorded[],
  total: number,
): Window => {
  let about = 0;
  let since: Instant | null = null;
  let urgentSince: Instant | null = null;
  for (let i = entries.length - 1; i >= 0; i -= 1) {
    const entry = entries[i];
    if (entry === undefined || entry.n < size) break;
    if (aboutAnchors.has(entry.kind)) about += 1;
    else {
      since = entry.recorded_at;
      if (isUrgent(entry, state.acts)) urgentSince = entry.recorded_at;
    }
  }
  return { size, behind: Math.max(0, total - size - about), since, urgentSince };
};

/** What cannot be undone must not stay deniable: an irreversible effect, from its intent on, and the end of the incident. */
const isUrgent = (entry: Recorded, acts: Anchorable['acts']): boolean => {
  if (entry.kind === 'incident.closed') return true;
  if (entry.kind === 'act.intent') return final.has(entry.pub.effect);
  if (entry.kind !== 'act.outcome' && entry.kind !== 'act.verified') return false;
  const act = acts.get(entry.pub.intent);
  return act !== undefined && final.has(act.effect);
};

const final: ReadonlySet<Effect> = new Set<Effect>(['irreversible', 'destroys-evidence']);
