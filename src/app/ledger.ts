import type { JsonObject } from '../base/canonical.ts';
import { assert } from '../base/assert.ts';
import type { ItemFresh, Ledger } from '../engine/ledger.ts';
import { mustBeHere } from '../incident/handed.ts';
import { Outdated } from '../journal/draft.ts';
import type { Journal } from '../journal/store.ts';
import type { EventKind, Fresh, Recorded, Reveal } from '../model/event.ts';
import { folding } from './folding.ts';
import type { History } from './history.ts';
import type { Snapshots } from './snapshots.ts';

/** The journal as the rest of the house sees it: events in, state and recorded events out. */
export interface IncidentLedger extends Ledger, History {
  /** In the name of somebody who works through this process from another one. */
  appendAs(actor: string, events: readonly Fresh[]): Promise<readonly Recorded[]>;
  /**
   * What was decided on the state as it is: where somebody else wrote in between, it is decided anew. `decide` may be called more
   * than once, and its events are written once.
   */
  appendDecided(decide: () => readonly Fresh[]): Promise<readonly Recorded[]>;
  /** Entries read so far, the journal's own book-keeping among them. */
  size(): number;
  /** Folds what other processes have written meanwhile. True when there was something. */
  refresh(): boolean;
  /** Called after each change, in order. Returns the way to stop. */
  onChange(listener: () => void): () => void;
  revealBytes(ref: Readonly<{ n: number; name: string }>): Uint8Array | null;
  /** As `reveal`, for whoever reads: content that was destroyed says when and under which policy. */
  readonly shown: Reveal;
}

/** Hooks for tests that let the tool die at a chosen entry; nothing else may use them. */
export type LedgerHooks = Readonly<{
  before?: (events: readonly Fresh[]) => void;
  after?: (written: readonly Recorded[]) => void;
}>;

/** Whoever meets others as often as this is not kept waiting: what the fold makes of two that contradict each other is defined too. */
const DECISIONS = 50;

const ABOUT_GOING: ReadonlySet<EventKind> = new Set(['journal.kept', 'journal.handed']);

export const openLedger = (
  journal: Journal,
  actor: string,
  hooks: LedgerHooks = {},
  snapshots: Snapshots | null = null,
): IncidentLedger => {
  const listeners = new Set<() => void>();
  const { state, size, history, more, gone } = folding(journal, snapshots);
  const refresh = (): boolean => {
    if (!more()) return false;
    for (const listener of listeners) listener();
    return true;
  };
  const append = async (
    events: readonly Fresh[],
    rows: Rows = {},
    by = actor,
    decidedOn?: number,
  ): Promise<readonly Recorded[]> => {
    hooks.before?.(events);
    // Whatever wants to write: what goes on elsewhere is not written on here.
    if (!events.every(({ kind }) => ABOUT_GOING.has(kind))) mustBeHere(state());
    const drafts = events.map((event, i) => ({
      ...draftOf(event, by),
      ...rows,
      ...(decidedOn === undefined || i > 0 ? {} : { decidedOn }),
    }));
    const written = await journal.append(drafts);
    refresh();
    const recorded = written.flatMap(({ n }) => history.entry(n) ?? []);
    hooks.after?.(recorded);
    return recorded;
  };
  return {
    state,
    ...history,
    size,
    refresh,
    appendDecided: async (decide) =>
      await decidedNow(
        () => {
          refresh();
          return { on: size(), events: decide() };
        },
        async (events, on) => await append(events, {}, actor, on),
      ),
    reveal: (ref) => journal.reveal(ref),
    shown: (ref) => {
      const text = journal.reveal(ref);
      return text ?? gone(journal.sealedWith(ref) ?? '');
    },
    revealBytes: (ref) => journal.revealBytes(ref),
    append: async (events) => await append(events),
    appendAs: async (by, events) => await append(events, {}, by),
    batches: batchesOf(journal, append),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

type Decision = Readonly<{ on: number; events: readonly Fresh[] }>;

const decidedNow = async (
  decide: () => Decision,
  append: (events: readonly Fresh[], on: number | undefined) => Promise<readonly Recorded[]>,
): Promise<readonly Recorded[]> => {
  for (let left = DECISIONS; ; left -= 1) {
    const { on, events } = decide();
    if (events.length === 0) return [];
    try {
      return await append(events, left > 0 ? on : undefined);
    } catch (error) {
      if (!(error instanceof Outdated)) throw error;
    }
  }
};

const draftOf = (event: Fresh, actor: string) => ({
  kind: event.kind,
  actor,
  // The union of event shapes is JSON by construction; the journal refuses what is not canonical.
  pub: event.pub as unknown as JsonObject,
  ...(event.priv === undefined ? {} : { priv: event.priv }),
});

/** What the journal is to sign with an entry that begins or ends a batch. */
type Rows = Readonly<{ begins?: readonly ItemFresh[]; ends?: number }>;

const batchesOf = (
  journal: Journal,
  append: (events: readonly Fresh[], rows: Rows) => Promise<readonly Recorded[]>,
): Ledger['batches'] => ({
  begin: async (kind, pub, begins) => {
    const [entry] = await append([unsigned(kind, pub)], { begins });
    assert(entry !== undefined, 'an append returns what it wrote');
    return entry.n;
  },
  write: async (batch, rows) => {
    await journal.appendRows({ batch, rows });
  },
  rows: (batch) => journal.items(batch),
  end: async (kind, pub) => {
    await append([unsigned(kind, pub)], { ends: pub.batch });
  },
});

/** The journal puts in the true rows and their root, in the transaction that writes the entry. */
const unsigned = (kind: EventKind, pub: object): Fresh =>
  // The caller's types hold kind and public part together; here they meet as one of all events.
  ({ kind, pub: { ...pub, rows: 0, rows_root: '' } }) as unknown as Fresh;
