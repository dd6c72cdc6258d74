import type { TimelineOptions } from '../../src/app/contract.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import type { Recorded } from '../../src/model/event.ts';
import { timelineContext, timelineRow, type TimelineRow } from '../../src/projections/timeline.ts';
import { gdpr } from '../../src/regulations/gdpr.ts';

type Past = Readonly<{
  entries: readonly Recorded[];
  state: IncidentState;
  /** Clear texts by number and name of the field. */
  sealed: ReadonlyMap<string, string>;
  titles: (id: string) => string | null;
  zone: string;
}>;

/** A stretch of the timeline of an incident that lies in memory. */
export const rowsOf = (
  { entries, state, sealed, titles, zone }: Past,
  { starred, limit, newestFirst, from = 0, before = Number.POSITIVE_INFINITY }: TimelineOptions = {},
): readonly TimelineRow[] => {
  const context = timelineContext(state, gdpr.obligations, zone, titles);
  return (newestFirst === true ? entries.toReversed() : entries)
    .filter(({ n }) => n >= from && n < before)
    .map((entry) => timelineRow(entry, ({ n, name }) => sealed.get(`${n} ${name}`) ?? null, context))
    .filter(({ star }) => starred !== true || star)
    .slice(0, limit);
};
