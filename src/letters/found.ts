import { formatLocal, parseInstant, type Instant } from '../base/instant.ts';
import type { Inventory } from '../model/inventory.ts';
import { factWords, isUtc } from '../projections/facts.ts';
import { wordsOf } from './locale.ts';
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
export function fromFact(asked: string, input: LetterInput): Found {
  const { state, reveal, zone, inventory } = input;
  const id = untold(asked, input) ?? asked;
  const words = factWords(state, id, reveal, zone, wordsOf(input.language).values);
  if (words.text === null || state.facts.get(id)?.ruledOut === true) return null;
  if (words.sealed) return { shown: { is: 'text', text: words.text }, entries: words.entries, sealed: true };
  const value = state.facts.get(id)?.value ?? null;
  const at = typeof value === 'string' ? parseInstant(value) : null;
  if (at !== null) return text(momentWords(at, input), words.entries);
  if (Array.isArray(value))
    return list(
      value.map((item) => titleOf(String(item), inventory)),
      words.entries,
    );
  // A number without where it comes from is an invented number.
  const numeric = typeof value === 'number' || (typeof value === 'object' && value !== null);
  return text(numeric ? `${words.text}; ${basisWords(id, input)}` : words.text, words.entries);
}

/** Where a number comes from; its reason is a free text too, and `subjects-count-basis-de` says it in German. */
function basisWords(id: string, input: LetterInput): string {
  const { state, reveal, language } = input;
  const words = wordsOf(language);
  const fact = state.facts.get(id);
  if (fact === undefined) return '';
  const how = words.known[fact.basis];
  const reason = reveal({ n: fact.n, name: 'reason' });
  if (reason === null) return words.basis(how);
  const translation = state.facts.get(`${id}-basis-${language}`);
  const translated = translation?.known === true ? reveal({ n: translation.n, name: 'text' }) : null;
  return words.basis(`${translated ?? inOwnWords(reason, input)} (${how})`);
}

/** What this company wrote for itself, shown as its own words where the letter is in another language. */
export const inOwnWords = (words: string, input: LetterInput): string =>
  input.language === ownLanguage(input) ? words : wordsOf(input.language).original(words);

/** People are told a day; colleagues get the minute where they are; offices in the zone and in UTC. */
export function momentWords(at: Instant, { source, zone, language }: LetterInput): string {
  if (source.to === 'people') return dayWords(at, zone, language);
  const { time } = wordsOf(language);
  const inZone = (where: string): string =>
    time === null
      ? formatLocal(at, where).slice(0, 16)
      : time(dayWords(at, where, language), formatLocal(at, where, 'time'));
  if (isUtc(zone) && source.to !== 'management') return `${inZone('UTC')} UTC`;
  const offset = formatLocal(at, zone).slice(17);
  const local = time === null ? `${inZone(zone)} ${offset}` : `${inZone(zone)} (UTC${offset})`;
  if (source.to === 'management') return local;
  return time === null ? `${local} (${inZone('UTC')} UTC)` : `${inZone(zone)} (${inZone('UTC')} UTC)`;
}

/** The day as a letter in this language writes it. */
export function dayWords(at: Instant, zone: string, language: string): string {
  const [year = '', month = '', day = ''] = formatLocal(at, zone, 'date').split('-');
  return wordsOf(language).day(year, Number(month), Number(day));
}

/** The language in which this company writes its facts down. */
const ownLanguage = ({ company }: LetterInput): string => company.organisation.languages?.[0] ?? 'en';

/**
 * The fact that says a free text in the language of the letter, where that is another one than the facts are written in: `nature` is said in
 * German by `nature-de`. Null where none is needed: nobody gets a letter in two languages.
 */
export function untold(id: string, input: LetterInput): string | null {
  const { state, language } = input;
  const fact = state.facts.get(id);
  const free = fact !== undefined && fact.known && !fact.ruledOut && fact.value === null;
  return free && language !== ownLanguage(input) ? `${id}-${language}` : null;
}

function titleOf(id: string, inventory: Inventory): string {
  const rows = [...inventory.channels, ...inventory.integrations, ...inventory.credentials];
  return rows.find((row) => row.id === id)?.title ?? id;
}
