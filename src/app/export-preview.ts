import { isProblem } from '../base/problem.ts';
import { rowCount } from '../exports/words.ts';
import { audiences } from '../projections/audience/audience.ts';
import { SECRET_BYTES } from '../projections/audience/commitment.ts';
import { exportInput, inZone, wantedOf } from './export-input.ts';
import type { ExportAsked } from './withheld-contract.ts';
import type { IncidentParts } from './parts.ts';
import { PRIVILEGED_WORD } from './privileged-word.ts';
import { readingOf, redacting, tallyOf } from './redacting.ts';
import { sinceLast } from './since-last.ts';
import type { ExportPreview } from './withheld-contract.ts';

/** What an export would come to: by the very functions that make it, so that what was counted is what is written. */

/** Formats that show the incident as a whole, and not row by row. */
const WHOLE: ReadonlySet<string> = new Set([
  'brief',
  'handover',
  'register',
  'regulator-pack',
  'ics',
  'veris',
]);

/** It is asked for at every key: the same question about the same journal has the same answer. */
const last = new WeakMap<object, Readonly<{ key: string; found: ExportPreview }>>();

export const previewExport = (
  parts: IncidentParts,
  format: string,
  asked: ExportAsked,
  out: string | null = null,
): ExportPreview => {
  const found = counted(parts, format, asked);
  if (out === null || asked.force === true) return found;
  const kind = parts.files.info(out)?.kind;
  if (kind === undefined || kind === 'folder') return found;
  const says = `There is already a ${out}: nothing is overwritten. Name another path.`;
  return [...found, { says, tone: 'bad' }];
};

const counted = (parts: IncidentParts, format: string, asked: ExportAsked): ExportPreview => {
  const key = JSON.stringify([format, asked, parts.ledger.size()]);
  const before = last.get(parts.ledger);
  if (before?.key === key) return before.found;
  const found = previewed(inZone(parts, asked.zone), format, asked);
  last.set(parts.ledger, { key, found });
  return found;
};

const previewed = (parts: IncidentParts, format: string, asked: ExportAsked): ExportPreview => {
  const stop = stopOf(format, asked);
  if (stop !== null) return [{ says: stop, tone: 'bad' }];
  try {
    const recipients = asked.privileged?.recipients ?? null;
    // No commitment of a preview leaves it, so nothing is drawn for one.
    const redacted = redacting(parts, asked.audience ?? null, recipients, new Uint8Array(SECRET_BYTES));
    const reading = readingOf(parts, redacted);
    const of = WHOLE.has(format) ? 'incident' : 'rows';
    const whole = exportInput(parts, reading, wantedOf(of, asked));
    const input =
      asked.since === undefined
        ? whole
        : sinceLast(parts, reading, { id: format, of }, asked.audience ?? null, whole);
    const { shown, total } = rowCount(input);
    const rows =
      of === 'rows'
        ? `${shown} of ${total} rows are written${shown === total ? '' : `, ${total - shown} are left out`}.`
        : 'The incident as a whole; it is not made of rows.';
    if (redacted === null) return [{ says: rows, tone: 'plain' }];
    const { rows: withheld, texts } = tallyOf(redacted, input);
    const says =
      withheld + texts === 0
        ? 'Nothing is withheld.'
        : `Withheld: ${withheld} ${withheld === 1 ? 'row' : 'rows'} whole, all or part of ${texts} ${texts === 1 ? 'text' : 'texts'}${of === 'rows' ? '' : ', in the whole incident'}.`;
    return [
      { says: rows, tone: 'plain' },
      { says, tone: 'warn' },
    ];
  } catch (error) {
    if (!isProblem(error) || error.code !== 'sealed') throw error;
    return [
      {
        says: 'What would be withheld is sealed and the key is not here: the full copy can be written.',
        tone: 'bad',
      },
    ];
  }
};

/** Why it cannot be written as it stands; null where it can. */
const stopOf = (format: string, { audience, privileged }: ExportAsked): string | null => {
  if (audience === undefined) return null;
  const { title, formats, privileged: marked } = audiences[audience];
  if (!formats.includes(format)) return `${format} is not made for ${title}: choose ${formats.join(', ')}.`;
  if (!marked || (privileged?.typed === PRIVILEGED_WORD && privileged.recipients.trim() !== '')) return null;
  return `What is privileged leaves only for people who are named, with the word ${PRIVILEGED_WORD} typed.`;
};
