import { EMAIL, ID, PHONE, type Person } from './people.ts';

/** The list of recipients as a mail merge reads it: the columns that every list has, then what a letter may say beside them. */
export const LIST_HEADER = [
  'id',
  'address',
  'name',
  'salutation',
  'language',
  'country',
  'phone',
  'channels',
  'joined_by',
] as const;

/** Somebody with no e-mail address is listed under the telephone number: a letter by mail reports the row, another way can use it. */
export const listLine = (person: Person, sources: readonly string[]): string =>
  csvLine([
    person.id,
    person.email === '' ? person.phone : person.email,
    person.name,
    '',
    person.language,
    person.country,
    person.phone,
    [...new Set(person.sources.map((at) => sources[at] ?? ''))].toSorted().join(' '),
    [
      ...((person.joined & EMAIL) === 0 ? [] : ['email']),
      ...((person.joined & PHONE) === 0 ? [] : ['phone']),
      ...((person.joined & ID) === 0 ? [] : ['id']),
    ].join(' '),
  ]);

/** For the merge, which must find every name as it is: nothing is put before what a spreadsheet would run. */
export const csvLine = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",\r\n;\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`;
