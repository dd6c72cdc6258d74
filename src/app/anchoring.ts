import { passedAtLeast } from '../base/beat.ts';
import { placesOf } from '../engine/anchor/places.ts';
import { startKeeper, type Keeper } from '../engine/anchor/keeper.ts';
import { anchoredSize } from '../incident/anchored.ts';
import { within } from '../io/http.ts';
import { kindOf } from '../model/anchor.ts';
import { limits } from '../model/limits.ts';
import { anchorsView, type AnchorsView } from '../projections/anchors.ts';
import { definitionsOf } from './definitions.ts';
import type { IncidentParts } from './parts.ts';

/** Anchoring of one open incident: runs while it is open, and gets a bounded moment when it is left. */
export interface Anchoring {
  /** Takes everything out now. Resolves when it stands elsewhere, or after `ms`. */
  flush(ms: number): Promise<boolean>;
  recheck(): Promise<void>;
  /** As `flush`, for as long as what is open deserves; a place that failed a moment ago is not waited for again. */
  leave(): Promise<void>;
}

/** Nothing is configured, or another process holds the engine and does this. */
const nothing: Anchoring = {
  flush: () => Promise.resolve(false),
  recheck: () => Promise.resolve(),
  leave: () => Promise.resolve(),
};

export const startAnchoring = (parts: IncidentParts, left: AbortSignal): Anchoring => {
  const { world, ledger, journal, marks } = parts;
  if (parts.readOnly) return nothing;
  const keeper = keeperOf(parts, left);
  let marked = Number.NEGATIVE_INFINITY;
  ledger.onChange(() => {
    keeper?.poke();
    const now = world.clock.elapsed();
    if (now - marked < limits.markEveryMs) return;
    marked = now;
    void marks.advance(journal).catch(() => undefined);
  });
  return {
    flush: async (ms) => (keeper === null ? false : await keeper.flush(ms)),
    recheck: async () => await keeper?.recheck(left),
    async leave() {
      if (keeper !== null) await lastRound(parts, keeper);
      await marks.advance(journal).catch(() => undefined);
    },
  };
};

const keeperOf = (parts: IncidentParts, left: AbortSignal): Keeper | null => {
  const { world, frozen, ledger, journal } = parts;
  const places = placesOf(world, definitionsOf(frozen, parts.connectors), parts.files);
  if (Object.keys(places).length === 0) return null;
  return startKeeper({ clock: world.clock, places, journal, ledger, actor: parts.actor, within }, left);
};

const lastRound = async ({ world, ledger, journal }: IncidentParts, keeper: Keeper): Promise<void> => {
  ledger.refresh();
  const state = ledger.state();
  // The entry that hands it over is the last one here; the next machine takes it out.
  if (state.handed !== null) return;
  const { behind, urgentSince } = ledger.window(anchoredSize(state.anchors), journal.size());
  if (behind === 0) return;
  const now = world.clock.stamp();
  const failed = [...state.anchors.by.values()].some(
    ({ failing }) => failing !== null && passedAtLeast(failing.beat, now) < limits.anchorNagMs,
  );
  if (urgentSince === null && failed) return;
  await keeper.flush(urgentSince === null ? limits.anchorLeaveMs : limits.anchorLeaveUrgentMs);
};

/** What a screen shows of it; known from the journal alone, whoever does the anchoring. */
export const anchorsOf = ({ frozen, ledger, world, unrecorded }: IncidentParts): AnchorsView => {
  const configured = Object.entries(frozen.company.anchors ?? {}).map(([name, anchor]) => ({
    name,
    type: kindOf(anchor),
  }));
  const state = ledger.state();
  const window = ledger.window(anchoredSize(state.anchors), ledger.size());
  return anchorsView(state, window, configured, world.clock.now(), unrecorded);
};
