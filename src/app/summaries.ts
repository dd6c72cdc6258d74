import { instant, type Instant } from '../base/instant.ts';
import { StorageError } from '../io/storage.ts';
import { openJournal } from '../journal/store.ts';
import type { Journal } from '../journal/store.ts';
import { ownPid, processAlive } from '../io/alive.ts';
import type { Base } from './base.ts';
import { incidentFolder, journalPath } from './base.ts';
import type { IncidentSummary, Unreadable } from './contract.ts';
import { cardPath, readCard } from './drill-card.ts';
import { thaw } from './definitions.ts';
import { openLedger } from './ledger.ts';
import type { IncidentLedger } from './ledger.ts';
import { withRoom } from './room.ts';
import { idsIn, keysFor, snapshotsIn } from './store.ts';
import { clocksOf, summaryOf, titleOf } from './views.ts';

/** One line for each incident, read without taking anything: another process may be working on it. */

type Read<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; error: StorageError }>;

/** A journal that does not open must not hide the others; what is wrong with it is told beside them. */
export const readOne = <T>(
  base: Base,
  id: string,
  drill: boolean,
  take: (ledger: IncidentLedger, journal: Journal) => T,
): Read<T> => {
  const path = journalPath(incidentFolder(base.home, id, drill));
  const keys = keysFor(base, id, drill);
  try {
    const journal = withRoom(base, () =>
      openJournal({ path, clock: base.clock, random: base.random, keys, readOnly: true }),
    );
    try {
      return {
        ok: true,
        value: take(
          openLedger(journal, base.actor, {}, snapshotsIn(base, id, drill, journal, true)),
          journal,
        ),
      };
    } finally {
      journal.close();
    }
  } catch (error) {
    if (error instanceof StorageError) return { ok: false, error };
    throw error;
  }
};

/** A lease whose process is gone holds nothing; one of our own process is no other's. */
const isHeld = (journal: Journal): boolean => {
  const holder = journal.lease.holder();
  return holder !== null && holder.pid !== ownPid() && processAlive(holder.pid);
};

export type Summaries = Readonly<{ readable: readonly IncidentSummary[]; unreadable: readonly Unreadable[] }>;

export const summaries = (base: Base, drill: boolean): Summaries => {
  const readable: IncidentSummary[] = [];
  const unreadable: Unreadable[] = [];
  for (const id of idsIn(base, drill)) {
    const one = readOne(base, id, drill, (ledger, journal) => {
      const state = ledger.state();
      // Died between making the journal and declaring: nothing was acknowledged, so there is no incident to list.
      if (state.phase === 'unopened') return null;
      const now = drill ? (ledger.newest()?.recorded_at ?? base.clock.now()) : base.clock.now();
      const frozen = thaw(ledger.sought('definition.frozen'), ledger.reveal, [
        'situation',
        'company',
        'inventory',
        'rules',
        'holidays',
      ]);
      // Another party's duty is never the next thing to do, and theirs are counted in days: those need time zones.
      const zone = base.zone ?? state.zone;
      const views = () => clocksOf(state, frozen, now, zone, (duty) => duty.owed_by !== 'context');
      return summaryOf(
        id,
        state,
        titleOf(ledger.sought('incident.opened')[0], ledger.shown),
        views,
        isHeld(journal),
      );
    });
    if (one.ok) {
      if (one.value !== null) readable.push(one.value);
    } else unreadable.push({ id, drill, error: one.error });
  }
  return { readable, unreadable };
};

/** By the machine's clock: the drill's own time is that of its scenario. */
const playedAt = (base: Base, id: string, scored: Instant): Instant => {
  if (!base.files.exists(cardPath(base, id))) return scored;
  const { at, begun } = readCard(base, id);
  return instant(at ?? begun);
};

export const lastDrill = (base: Base, runbook: string): Readonly<{ at: Instant; passed: boolean }> | null => {
  for (const id of idsIn(base, true).toReversed()) {
    const found = readOne(base, id, true, (ledger) => {
      if (ledger.state().runbook !== runbook) return null;
      const scored = ledger.sought('drill.scored').at(-1);
      return scored === undefined
        ? null
        : { at: playedAt(base, id, scored.recorded_at), passed: scored.pub.passed };
    });
    if (found.ok && found.value !== null) return found.value;
  }
  return null;
};
