import type { Json } from '../base/canonical.ts';
import { grouped } from '../base/grouped.ts';
import { formatLocal, formatUtc, parseInstant, type Instant } from '../base/instant.ts';
import type { FactState, IncidentState } from '../incident/state.ts';
import type { Reveal } from '../model/event.ts';

/** What a view prints for a private text that it has no key for. */
export const SEALED = '[sealed]';

/** A fact in words. `text` is null while nobody knows; `basis` says where a number comes from. */
export type FactWords = Readonly<{
  text: string | null;
  basis: string;
  sealed: boolean;
  entries: readonly number[];
  at: Instant | null;
}>;

const nothing: FactWords = { text: null, basis: '', sealed: false, entries: [], at: null };

/** The answer to a question as a person reads it, with the entries it rests on. */
export function factWords(state: IncidentState, id: string, reveal: Reveal, zone: string): FactWords {
  const fact = state.facts.get(id);
  if (fact === undefined) return nothing;
  const entries = [fact.n];
  if (!fact.known || fact.ruledOut) return { ...nothing, entries, text: fact.ruledOut ? 'ruled out' : null };
  const at = fact.at;
  if (fact.value !== null) {
    return { text: valueWords(fact.value, zone), basis: basisOf(fact, reveal), sealed: false, entries, at };
  }
  const text = reveal({ n: fact.n, name: 'text' });
  return { text: text ?? SEALED, basis: basisOf(fact, reveal), sealed: text === null, entries, at };
}

/** A public value in words: a range as `about 1,200 (between 1,000 and 1,500)`, a time in the zone with UTC beside it. */
export function valueWords(value: Json, zone: string): string {
  if (value === null) return '';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (typeof value === 'number') return grouped(value);
  if (typeof value === 'string') return timeWords(value, zone) ?? value;
  if (Array.isArray(value)) return value.map((one: Json) => valueWords(one, zone)).join(', ');
  const range = value as Readonly<Record<string, Json>>;
  const { about, from, to } = range as Readonly<{ about?: Json; from?: Json; to?: Json }>;
  if (typeof about === 'number')
    return rangeWords(about, typeof from === 'number' ? from : null, typeof to === 'number' ? to : null);
  return Object.entries(range)
    .map(([key, one]) => `${key}: ${valueWords(one, zone)}`)
    .join(', ');
}

export function rangeWords(about: number, from: number | null, to: number | null): string {
  const number = `about ${grouped(about)}`;
  if (from === null && to === null) return number;
  if (from === about && to === about) return grouped(about);
  if (from === null) return `${number} (at most ${grouped(to ?? about)})`;
  return to === null
    ? `${number} (at least ${grouped(from)})`
    : `${number} (between ${grouped(from)} and ${grouped(to)})`;
}

/** The moment in the zone, with UTC beside it. */
export const bothTimes = (at: Instant, zone: string): string =>
  `${formatLocal(at, zone)} (${formatUtc(at).slice(0, 16).replace('T', ' ')} UTC)`;

const timeWords = (text: string, zone: string): string | null => {
  const at = parseInstant(text);
  return at === null ? null : bothTimes(at, zone);
};

const basisOf = (fact: FactState, reveal: Reveal): string => {
  const reason = reveal({ n: fact.n, name: 'reason' });
  return reason === null ? fact.basis : `${reason} (${fact.basis})`;
};
