import { formatLocal, parseInstant, type Instant } from '../base/instant.ts';
import type { Inventory } from '../model/inventory.ts';
import { factWords } from '../projections/facts.ts';
import type { LetterInput } from './input.ts';
import type { Shown } from './sinks.ts';

/** What a source gives: null while nobody knows. */
export type Found = Readonly<{
  shown: Exclude<Shown, { is: 'marker' }>;
  entries: readonly number[];
  sealed?: boolean;
}> | null;

export const text = (words: string | null | undefined, entries: readonly number[] = []): Found =>
  words === null || words === undefined || words.trim() === ''
    ? null
    : { shown: { is: 'text', text: words }, entries };

export const list = (items: readonly string[], entries: readonly number[] = []): Found =>
  items.length === 0 ? null : { shown: { is: 'list', items }, entries };

/** What a fact says, with the entry that taught it. */
export function fromFact(
  id: string,
  { state, reveal, zone, inventory, source, language }: LetterInput,
): Found {
  const words = factWords(state, id, reveal, zone);
  if (words.text === null || state.facts.get(id)?.ruledOut === true) return null;
  if (words.sealed) return { shown: { is: 'text', text: words.text }, entries: words.entries, sealed: true };
  const value = state.facts.get(id)?.value ?? null;
  const at = typeof value === 'string' ? parseInstant(value) : null;
  // People are told a day; offices get the minute, in the zone and in UTC.
  if (at !== null && source.to === 'people') return text(dayWords(at, zone, language), words.entries);
  if (Array.isArray(value))
    return list(
      value.map((item) => titleOf(String(item), inventory)),
      words.entries,
    );
  // A number without where it comes from is an invented number.
  const numeric = typeof value === 'number' || (typeof value === 'object' && value !== null);
  return text(
    numeric && words.basis !== '' ? `${words.text}; basis: ${words.basis}` : words.text,
    words.entries,
  );
}

const months: Readonly<Record<string, readonly string[]>> = {
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
};

/** The day as a letter writes it: `20 November 2026`; in a language without month names here, `2026-11-20`. */
export function dayWords(at: Instant, zone: string, language: string): string {
  const date = formatLocal(at, zone, 'date');
  const [year = '', month = '', day = ''] = date.split('-');
  const name = months[language]?.[Number(month) - 1];
  return name === undefined ? date : `${Number(day)} ${name} ${year}`;
}

function titleOf(id: string, inventory: Inventory): string {
  const rows = [...inventory.channels, ...inventory.integrations, ...inventory.credentials];
  return rows.find((row) => row.id === id)?.title ?? id;
}
