import type { Recorded } from '../model/event.ts';
import { put } from './state.ts';
import type { CollectionState, IncidentState } from './state.ts';

export type LogEntry = Recorded<'collection.begun'> | Recorded<'collection.ended'>;
export const isAboutLogs = (entry: Recorded): entry is LogEntry =>
  entry.kind === 'collection.begun' || entry.kind === 'collection.ended';

/** What an entry does to the logs that are read: begun, one piece more, ended. A later end replaces an earlier one. */
export const collected = (
  collections: IncidentState['collections'],
  entry: LogEntry | Recorded<'evidence.added'>,
): IncidentState['collections'] => {
  if (entry.kind === 'collection.begun')
    return put(collections, entry.n, { ...entry.pub, n: entry.n, parts: [], ended: null });
  const before = collections.get(entry.pub.collection ?? -1);
  if (before === undefined) return collections;
  if (entry.kind === 'collection.ended') return put(collections, before.n, { ...before, ended: entry.pub });
  const { sha256, size, records = 0 } = entry.pub;
  const parts = [...before.parts, { n: entry.n, sha256, size, records }];
  return put(collections, before.n, { ...before, parts });
};

/** The newest reading of the same log for the same window. */
export const collectionOf = (
  { collections }: IncidentState,
  of: Pick<CollectionState, 'instance' | 'log' | 'since' | 'until'>,
): CollectionState | null =>
  [...collections.values()].findLast(
    (one) =>
      one.instance === of.instance && one.log === of.log && one.since === of.since && one.until === of.until,
  ) ?? null;
