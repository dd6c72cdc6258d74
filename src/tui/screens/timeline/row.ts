import type { Block } from '../../places.ts';
import { formatLocal } from '../../../base/instant.ts';
import type { TimelineRow } from '../../../projections/timeline.ts';
import { listed } from '../../parts/line.ts';
import { bothTimes } from '../../parts/when.ts';

/** One entry in full: both times, who, how it is known, what it rests on. */
export const rowBlocks = (row: TimelineRow, zone: string): readonly Block[] => {
  const basis = row.occurredBasis === null ? '' : ` (${row.occurredBasis})`;
  const facts = [
    `Happened: ${row.occurredAt === null ? 'not known' : bothTimes(row.occurredAt, zone)}${basis}`,
    `Recorded: ${formatLocal(row.recordedAt, zone, 'second')} by ${row.actor}`,
    ...(row.step === null ? [] : [`Step: ${row.step}`]),
    ...(row.targets.length === 0 ? [] : [`Targets: ${row.targets.join(', ')}`]),
    ...(row.result === '' ? [] : [`Result: ${row.result}`]),
    ...(row.clock === '' ? [] : [`Clock: ${row.clock}`]),
    ...(row.corrects === null ? [] : [`Corrects entry ${row.corrects}`]),
    `Kind: ${row.kind}, hash ${row.hash.slice(0, 16)}`,
  ];
  return [
    { head: row.what, body: row.detail },
    ...(row.why === '' ? [] : [{ head: 'Why', body: row.why }]),
    { head: 'About', body: listed(facts) },
  ];
};
