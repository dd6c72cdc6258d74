import { unreachable } from '../../base/assert.ts';
import { bothTimes } from '../../projections/facts.ts';
import type { ToldView } from '../../projections/told.ts';
import { entriesIn } from '../words.ts';
import type { FormField, PackSource } from './form.ts';
import type { PackField } from './shape.ts';

type OfPack = Extract<FormField, { pack: unknown }>;

type Own = Pick<PackField, 'value' | 'basis' | 'entries'>;

/** What the pack itself knows: the journal's own word on what was submitted, and what is still open in this form. */
function ownOf(source: PackSource, open: readonly PackField[], told: ToldView['told'], zone: string): Own {
  const entries = told.map(({ entry }) => entry);
  switch (source) {
    case 'report-type':
      return {
        value: told.length === 0 ? 'First notification' : `Follow-up: notification ${told.length + 1}`,
        basis: told.length === 0 ? 'nothing was submitted yet' : entriesIn(entries),
        entries,
      };
    case 'earlier':
      return {
        value: told.map((one) => earlierWords(one, zone)).join('\n') || null,
        basis: told.length === 0 ? '' : entriesIn(entries),
        entries,
      };
    case 'to-follow':
      return {
        value: open.map((one) => one.title).join('\n') || null,
        basis: open.length === 0 ? '' : 'the fields that are not known yet',
        entries: [],
      };
    default:
      return unreachable(source);
  }
}

const earlierWords = (
  { phase, at, proofs, acknowledged }: ToldView['told'][number],
  zone: string,
): string => {
  const references = [...proofs.map(({ reference }) => reference), acknowledged?.reference ?? null];
  const known = references.filter((text) => text !== null && text !== '');
  return [`Notification ${phase}, submitted ${bothTimes(at, zone)}`, ...new Set(known)].join('; proof: ');
};

export function ownField(
  { id, title, article, pack }: OfPack,
  open: readonly PackField[],
  told: ToldView | null,
  zone: string,
): PackField {
  const own = ownOf(pack, open, told?.told ?? [], zone);
  return {
    id,
    title,
    article,
    status: own.value === null ? 'not-needed' : 'known',
    ...own,
    characters: Array.from(own.value ?? '').length,
    withheld: 0,
    since: null,
    fact: null,
  };
}
