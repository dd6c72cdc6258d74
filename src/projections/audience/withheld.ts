import type { AudienceId } from '../../model/audience.ts';
import { reasons, type Reason } from './audience.ts';
import type { Place } from './commitment.ts';
import type { Asked } from './redaction.ts';

/** What was taken out of one copy, counted for its first page. */

export type Withheld = Readonly<{
  audience: AudienceId | null;
  /** Rows that are withheld whole, texts that are withheld or changed, and people who stand under a role. */
  rows: number;
  texts: number;
  people: number;
  /** Texts that this copy would have without anything withheld. */
  of: number;
  by: Readonly<Record<Reason, number>>;
  /** The list beside the copy; null while it is not made yet. */
  /** Who was named to get what is marked privileged, which is then in the copy; null where it is not. */
  recipients: string | null;
  list: Readonly<{ name: string; sha256: string }> | null;
}>;

const isName = (place: Place): place is Extract<Place, { name: string }> => 'name' in place;
const isRow = (place: Place): boolean => 'field' in place && place.field === 'entry';

export function countWithheld(audience: AudienceId | null, { texts, removed }: Asked): Withheld {
  const rows = removed.filter(({ place }) => isRow(place)).length;
  const people = removed.filter(({ place }) => isName(place)).length;
  const rest = removed.filter(({ place }) => !isName(place));
  return {
    audience,
    rows,
    people,
    texts: removed.length - rows - people,
    of: texts,
    by: Object.fromEntries(
      reasons.map((reason) => [reason, rest.filter((one) => one.reason === reason).length]),
    ) as Record<Reason, number>,
    recipients: null,
    list: null,
  };
}
