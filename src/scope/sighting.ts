import type { Instant } from '../base/instant.ts';
import type { Mapping } from '../model/mapping.ts';
import {
  NAME_MAX,
  brandOf,
  countryOf,
  emailOf,
  idOf,
  isSecret,
  languageOf,
  nameOf,
  phoneOf,
  timeOf,
} from './contact.ts';
import type { Row } from './rows.ts';

/** Somebody as one row of one export knows them. Empty texts where the row says nothing. */
export type Sighting = Readonly<{
  email: string;
  phone: string;
  /** `vendor:id`, in order. */
  ids: readonly string[];
  name: string;
  language: string;
  country: string;
  brand: string;
  card: string;
}>;

/** `doubts`: what of the row could not be used, each in one sentence. `hidden`: cells that held a secret or a card number. */
export type Seen = Readonly<{
  sighting: Sighting;
  at: Instant | null;
  doubts: readonly string[];
  hidden: number;
}>;

export function seenIn(row: Row, mapping: Mapping): Seen {
  const { columns } = mapping;
  const doubts: string[] = [];
  let hidden = 0;
  const cell = (name: string | undefined): string => (name === undefined ? '' : row.cell(name).trim());
  const read = <T>(name: string | undefined, what: string, take: (text: string) => T | null): T | null => {
    const text = cell(name);
    if (text === '') return null;
    const taken = take(text);
    if (taken !== null) return taken;
    if (isSecret(text)) hidden += 1;
    doubts.push(
      isSecret(text)
        ? `"${name ?? ''}" holds a secret or a card number and not ${what}: it was left out`
        : `"${name ?? ''}" is not ${what}`,
    );
    return null;
  };
  const email = read(columns.email, 'an e-mail address', emailOf) ?? '';
  const phone = read(columns.phone, 'a telephone number', (text) => phoneOf(text, mapping));
  const ids = Object.entries(columns.ids ?? {}).flatMap(([vendor, name]) => {
    const id = read(name, 'an id', idOf);
    return id === null ? [] : [`${vendor}:${id}`];
  });
  const name = read(columns.name, `a name of at most ${NAME_MAX} characters`, (text) =>
    isSecret(text) ? null : nameOf(text) || null,
  );
  const sighting = {
    email,
    phone: phone?.number ?? '',
    ids: ids.toSorted(),
    name: name ?? '',
    language: languageOf(cell(columns.language)),
    country: countryOf(cell(columns.country)) || (phone?.country ?? ''),
    brand: mapping.brand === undefined ? brandOf(cell(columns.brand)) : brandOf(mapping.brand),
    card: brandOf(cell(columns.card_brand)),
  };
  const at = read(columns.at, `a time as the mapping says (${mapping.time ?? 'rfc3339'})`, (text) =>
    timeOf(text, mapping.time),
  );
  return { sighting, at, doubts, hidden };
}

export const isNobody = ({ email, phone, ids }: Sighting): boolean =>
  email === '' && phone === '' && ids.length === 0;
