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
  is: 'changed' | 'gone' | 'shorter' | 'other' | 'key-lost';
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
  | Recorded<'journal.acknowledged'>
  | Recorded<'key.lost'>
  | Recorded<'key.accepted'>;

export const isAboutAnchors = (entry: Recorded): entry is AnchorEntry =>
  entry.kind === 'anchor.made' ||
  entry.kind === 'anchor.copied' ||
  entry.kind === 'anchor.failed' ||
  entry.kind === 'anchor.lost' ||
  entry.kind === 'journal.contradicted' ||
  entry.kind === 'journal.acknowledged' ||
  entry.kind === 'key.lost' ||
  entry.kind === 'key.accepted';

export const anchorsChanged = (state: AnchorsState, entry: AnchorEntry): AnchorsState => {
  // The alarm stays: that somebody stands for it makes it no less true.
  if (entry.kind === 'journal.acknowledged' || entry.kind === 'key.accepted') return state;
  if (entry.kind === 'journal.contradicted') {
    const { known_size: size, story } = entry.pub;
    return {
      ...state,
      alarms: [...state.alarms, { n: entry.n, at: entry.recorded_at, is: story, anchor: null, size }],
    };
  }
  if (entry.kind === 'key.lost') {
    const { n, recorded_at: at } = entry;
    return { ...state, alarms: [...state.alarms, { n, at, is: 'key-lost', anchor: null, size: n }] };
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
  entry: Extract<AnchorEntry, Recorded<'anchor.made' | 'anchor.copied' | 'anchor.failed' | 'anchor.lost'>>,
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
type Anchorable = Readonly<{ acts: ReadonlyMap<number, Readonly<{ effect: Effect }>> }>;

/** What is open of a stretch of entries: how many of them are only about anchors, and when the others began. */
export type Open = Readonly<{ about: number; since: Instant | null; urgentSince: Instant | null }>;

export const nothingOpen: Open = { about: 0, since: null, urgentSince: null };

/** The same with one entry more, in order. */
export const alsoOpen = (open: Open, entry: Recorded, acts: Anchorable['acts']): Open => {
  if (aboutAnchors.has(entry.kind)) return { ...open, about: open.about + 1 };
  if (open.since !== null && open.urgentSince !== null) return open;
  const at = entry.recorded_at;
  return {
    about: open.about,
    since: open.since ?? at,
    urgentSince: open.urgentSince ?? (isUrgent(entry, acts) ? at : null),
  };
};

export const openIn = (
  entries: Iterable<Recorded>,
  acts: Anchorable['acts'],
  before: Open = nothingOpen,
): Open => {
  let open = before;
  for (const entry of entries) open = alsoOpen(open, entry, acts);
  return open;
};

/** `open` is of the entries from `size` on; `total`: entries in the journal, the journal's own book-keeping among them. */
export const windowOf = (size: number, open: Open, total: number): Window => ({
  size,
  behind: Math.max(0, total - size - open.about),
  since: open.since,
  urgentSince: open.urgentSince,
});

/** What cannot be undone must not stay deniable: an irreversible effect, from its intent on, and the end of the incident. */
const isUrgent = (entry: Recorded, acts: Anchorable['acts']): boolean => {
  if (entry.kind === 'incident.closed') return true;
  if (entry.kind === 'act.intent') return final.has(entry.pub.effect);
  if (entry.kind !== 'act.outcome' && entry.kind !== 'act.verified') return false;
  const act = acts.get(entry.pub.intent);
  return act !== undefined && final.has(act.effect);
};

const final: ReadonlySet<Effect> = new Set<Effect>(['irreversible', 'destroys-evidence']);
