import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import { instantOrNull, parseInstant, parseMailDate, type Instant } from '../base/instant.ts';
import { isMailAddress } from '../base/mail-address.ts';
import { maskSecrets } from '../base/mask.ts';
import type { Mapping } from '../model/mapping.ts';

/** Words of vendors made comparable. Null: it is none of its kind, and nobody is known by it. */

/** Case is no difference, anything else is: dots and tags lead to one mailbox at some providers and to two at others. */
export function emailOf(text: string): string | null {
  const mail = text.trim().normalize('NFC').toLowerCase();
  return isMailAddress(mail) && !isSecret(mail) ? mail : null;
}

export type Phone = Readonly<{ number: string; country: string | null }>;

/** E.164. A row of digits without a plus that is a card number is taken for that, never for a number to ring. */
export function phoneOf(text: string, { phone_prefix, phone_country }: Mapping): Phone | null {
  const typed = text.trim();
  if (typed.length > 40 || !/\d/.test(typed)) return null;
  const written = phone_prefix === undefined || /^\+|^00/.test(typed) ? typed : `${phone_prefix}${typed}`;
  const full = written.startsWith('00') ? `+${written.slice(2)}` : written;
  if (!full.startsWith('+') && (phone_country === undefined || isSecret(full))) return null;
  const found = parsePhoneNumberFromString(full, phone_country as CountryCode | undefined);
  return found === undefined || !found.isValid()
    ? null
    : { number: found.number, country: found.country ?? null };
}

const ID_MAX = 128;
/** An id as it came, unless it is a secret or a card number. */
export function idOf(text: string): string | null {
  const own = text.trim();
  return own === '' || own.length > ID_MAX || isSecret(own) ? null : own;
}

export const NAME_MAX = 200;
export function nameOf(text: string): string {
  // A line end or an escape code is part of no name, and a letter has both only where it says so.
  const plain = text
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  return plain.length > NAME_MAX ? '' : plain;
}

export const countryOf = (text: string): string => {
  const code = text.trim().toUpperCase();
  return /^[A-Z]{2}$/.test(code) ? code : '';
};

export const languageOf = (text: string): string =>
  /^([a-z]{2})(?:[-_][A-Za-z0-9]{2,8})*$/i.exec(text.trim())?.[1]?.toLowerCase() ?? '';

/** Brands are few: a long one is no brand. */
export const brandOf = (text: string): string => {
  const brand = nameOf(text).toLowerCase();
  return brand.length > 60 || isSecret(brand) ? '' : brand;
};

export function timeOf(text: string, how: Mapping['time'] = 'rfc3339'): Instant | null {
  const typed = text.trim();
  switch (how) {
    case 'rfc3339':
      return parseInstant(typed);
    case 'mail':
      return parseMailDate(typed);
    case 'utc':
      return parseInstant(`${typed.replace(' ', 'T').replace(/(T\d{2}:\d{2})$/, '$1:00')}Z`);
    case 'unix':
    case 'unix-ms': {
      if (!/^\d{1,14}(?:\.\d+)?$/.test(typed)) return null;
      return instantOrNull(Math.trunc(Number(typed) * (how === 'unix' ? 1000 : 1)));
    }
  }
}

/** Long runs alone can be one: nearly every cell is spared the search. */
const SUSPECT = /(?:\d[ -]?){12}|[\w+/=.-]{20}/;
export const isSecret = (text: string): boolean =>
  SUSPECT.test(text) && maskSecrets(text).masked.some(({ kind }) => kind !== 'cut');
