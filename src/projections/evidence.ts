import type { EvidenceState, IncidentState } from '../incident/state.ts';
import type { Reveal } from '../model/event.ts';

/** One thing kept as evidence: what it is, when it was taken, by what way, and the hash that names its bytes for ever. */
export type EvidenceRow = EvidenceState &
  Readonly<{
    /** Null without the key, or where nobody said. */
    source: string | null;
    collector: string | null;
    note: string | null;
  }>;

/** The evidence inventory, in the order in which it was taken in. */
export const evidenceRows = (state: IncidentState, reveal: Reveal): readonly EvidenceRow[] =>
  state.evidence.map((one) => ({
    ...one,
    source: reveal({ n: one.n, name: 'source' }),
    collector: reveal({ n: one.n, name: 'collector' }),
    note: reveal({ n: one.n, name: 'note' }),
  }));
