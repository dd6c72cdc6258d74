import type { JsonObject } from '../base/canonical.ts';
import type { Instant } from '../base/instant.ts';
import { visibleJson } from '../base/text.ts';
import { packWords } from '../projections/pack.ts';
import type { TimelineRow } from '../projections/timeline.ts';
import type { ExportInput } from './export.ts';

/** What timelines of other programs want of a row of ours: a time in every one, words on one line, and where it comes from. */

/** Where nobody said when it happened this is the time of writing it down, and `known` says that it is no more than that. */
export const stampOf = ({ occurredAt, recordedAt }: TimelineRow): Readonly<{ at: Instant; known: boolean }> =>
  occurredAt === null ? { at: recordedAt, known: false } : { at: occurredAt, known: true };

/** Line ends would be rows of their own to a program that reads a file line by line. */
export const oneLine = (text: string): string =>
  text.replaceAll(/\s*[\r\n\v\f\u0085\u2028\u2029]+\s*/g, ' / ');

export const drillMark = ({ drill }: Readonly<{ drill: boolean }>): string => (drill ? 'DRILL: ' : '');

/** The last event of such a timeline: that it was taken from a journal, from which, its root hash, and whose runbook it was. */
export const takenFrom = ({
  checkpoint: { origin, size, root },
  state: { plan },
}: Pick<ExportInput, 'checkpoint' | 'state'>): string => {
  const pack = packWords(plan);
  const words = `Exported from journal ${origin}, ${size} entries, root hash ${root}`;
  return pack === null ? words : `${words}. ${oneLine(pack)}`;
};

/** One line of JSON that is safe on a terminal too. Halves of a surrogate pair, which not every parser takes, are replaced. */
export const jsonLine = (value: JsonObject): string =>
  `${visibleJson(JSON.stringify(value, (_key, one: unknown) => (typeof one === 'string' ? one.toWellFormed() : one)))}\n`;
