import type { Instant } from '../base/instant.ts';
import { isProblem } from '../base/problem.ts';
import { StorageError } from '../io/storage.ts';
import { openJournal } from '../journal/store.ts';
import type { Journal } from '../journal/store.ts';
import { ownPid, processAlive } from '../io/alive.ts';
import type { Base } from './base.ts';
import { incidentFolder, journalPath } from './base.ts';
import type { IncidentSummary } from './contract.ts';
import { thaw } from './definitions.ts';
import { openLedger } from './ledger.ts';
import type { IncidentLedger } from './ledger.ts';
import { idsIn, keysFor } from './store.ts';
import { clocksOf, summaryOf, titleOf } from './views.ts';

/** One line for each incident, read without taking anything: another process may be working on it. */

const readOne = <T>(base: Base, id: string, drill: boolean, take: (ledger: IncidentLedger, journal: Journal) => T): T | null => {
  const path = journalPath(incidentFolder(base.home, id, drill));
  try {
    const journal = openJournal({ path, clock: base.clock, random: base.random, keys: keysFor(base, id, drill), readOnly: true });
    try {
      return take(openLedger(journal, base.actor), journal);
    } finally {
      journal.close();
    }
  } catch (error) {
    // A journal that does not open must not hide the others; `verify` and `open` tell what is wrong with it.
    if (error instanceof StorageError || isProblem(error)) return null;
    throw error;
  }
};

/** A lease whose process is gone holds nothing; one of our own process is no other's. */
const isHeld = (journal: Journal): boolean => {
  const holder = journal.lease.holder();
  return holder !== null && holder.pid !== ownPid() && processAlive(holder.pid);
};

export const summaries = (base: Base, drill: boolean): readonly IncidentSummary[] =>
  idsIn(base, drill).flatMap((id) => {
    const one = readOne(base, id, drill, (ledger, journal) => {
      const state = ledger.state();
      const now = drill ? (ledger.entries().at(-1)?.recorded_at ?? base.clock.now()) : base.clock.now();
      const views = clocksOf(state, thaw(ledger.entries(), ledger.reveal), now, base.zone ?? state.zone);
      return summaryOf(id, state, titleOf(ledger.entries(), ledger.reveal), views, isHeld(journal));
    });
    return one === null ? [] : [one];
  });

export const lastDrill = (base: Base, runbook: string): Readonly<{ at: Instant; passed: boolean }> | null => {
  for (const id of idsIn(base, true).toReversed()) {
    const found = readOne(base, id, true, (ledger) => {
      if (ledger.state().runbook !== runbook) return null;
      const scored = ledger.entries().findLast((entry) => entry.kind === 'drill.scored');
      return scored === undefined ? null : { at: scored.recorded_at, passed: scored.pub.passed };
    });
    if (found !== null) return found;
  }
  return null;
};
