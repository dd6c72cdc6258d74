import type { Instant } from '../../base/instant.ts';
import type { TimelineRow } from '../../projections/timeline.ts';

/** What the chart shows of a row: a step that ended, a proof, or a system that answers again. */
export type Mark = Readonly<{ is: 'step' | 'skipped' | 'proved' | 'drift'; at: Instant; says: string }>;

export function markOf(row: TimelineRow): Mark | null {
  const at = row.occurredAt ?? row.recordedAt;
  const says = `${row.what} (entry ${row.n})`;
  if (row.kind === 'step.finished') return { is: 'step', at, says };
  if (row.kind === 'step.skipped') return { is: 'skipped', at, says };
  if (row.kind !== 'act.verified') return null;
  if (row.outcome === 'ok') return { is: 'proved', at, says };
  return row.outcome === 'fail' ? { is: 'drift', at, says } : null;
}
