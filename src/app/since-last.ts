import { Problem } from '../base/problem.ts';
import type { ExportFormat, ExportInput } from '../exports/export.ts';
import { rows } from '../exports/words.ts';
import { fold } from '../incident/evolve.ts';
import type { Recorded } from '../model/event.ts';
import type { AudienceId } from '../model/audience.ts';
import { ALL_ROWS } from '../projections/choice.ts';
import { changedGroups } from '../projections/changed.ts';
import { changedSince } from '../projections/since.ts';
import { frozenFor, type Reading } from './export-input.ts';
import type { IncidentParts } from './parts.ts';
import { clocksOf } from './views.ts';

/** What a reader who has the last export of this kind does not know yet. The journal says when that was and what it was made from. */

/** Formats without a head that could say it. */
const HEADLESS: ReadonlySet<string> = new Set(['ics', 'veris', 'bundle']);

export const refuseSince = (id: string): void => {
  if (!HEADLESS.has(id)) return;
  throw new Problem('usage', {
    why: `${id} has no place to say what is new since the last one: leave out --since`,
    next: 'name a format that is read by people, or jsonl, csv, timesketch, iris, ocsf',
  });
};

/** The input with what is new at its head; of what is made of rows, those rows alone. `input` is that of the whole. */
export const sinceLast = (
  parts: IncidentParts,
  reading: Reading,
  { id, of }: Pick<ExportFormat, 'id' | 'of'>,
  audience: AudienceId | null,
  input: ExportInput,
): ExportInput => {
  const before = lastOf(parts, id, audience);
  if (before === null)
    return { ...input, since: { before, entries: [], clocks: [], counts: [], decisions: [] } };
  const from = afterExports(parts, before.pub.size ?? before.n);
  const then = fold(upTo(reading.entries(), from));
  const { reveal, zone } = input;
  const changed = changedSince(
    {
      state: then,
      clocks: clocksOf(then, frozenFor(parts.frozen, reading), input.now, zone, undefined, reveal),
    },
    { state: input.state, clocks: input.clocks },
    { reveal, zone },
  );
  const fresh = [...rows({ ...input, choice: { ...ALL_ROWS, since: from } })];
  return {
    ...input,
    choice: of === 'rows' ? { ...input.choice, since: from } : input.choice,
    since: {
      before: { n: before.n, at: before.recorded_at },
      entries: changedGroups(fresh),
      ...changed,
    },
  };
};

function* upTo(entries: Iterable<Recorded>, end: number): Generator<Recorded> {
  for (const entry of entries) {
    if (entry.n >= end) return;
    yield entry;
  }
}

/** In whatever form it was, for the same reader. */
const lastOf = (
  { ledger }: IncidentParts,
  id: string,
  audience: AudienceId | null,
): Recorded<'export.written'> | null =>
  ledger
    .sought('export.written')
    .findLast(
      ({ pub }) =>
        (pub.format === id || pub.format.startsWith(`${id}.`)) && (pub.audience ?? null) === audience,
    ) ?? null;

/** That it was exported is no news to whoever has the export. */
const afterExports = ({ ledger }: IncidentParts, size: number): number => {
  const written = new Set(ledger.sought('export.written').map(({ n }) => n));
  let from = size;
  while (written.has(from)) from += 1;
  return from;
};
