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

/** Public values in the words of one language. */
export type ValueWording = Readonly<{
  yes: string;
  no: string;
  number: (value: number) => string;
  about: (number: string) => string;
  atMost: (number: string) => string;
  atLeast: (number: string) => string;
  between: (from: string, to: string) => string;
}>;

export const englishValues: ValueWording = {
  yes: 'yes',
  no: 'no',
  number: grouped,
  about: (number) => `about ${number}`,
  atMost: (number) => `at most ${number}`,
  atLeast: (number) => `at least ${number}`,
  between: (from, to) => `between ${from} and ${to}`,
};

const nothing: FactWords = { text: null, basis: '', sealed: false, entries: [], at: null };

/** The answer to a question as a person reads it, with the entries it rests on. */
export function factWords(
  state: Pick<IncidentState, 'facts'>,
  id: string,
  reveal: Reveal,
  zone: string,
  wording = englishValues,
): FactWords {
  const fact = state.facts.get(id);
  if (fact === undefined) return nothing;
  const entries = [fact.n];
  if (!fact.known || fact.ruledOut) return { ...nothing, entries, text: fact.ruledOut ? 'ruled out' : null };
  const at = fact.at;
  if (fact.value !== null) {
    const text = valueWords(fact.value, zone, wording);
    return { text, basis: basisOf(fact, reveal), sealed: false, entries, at };
  }
  const text = reveal({ n: fact.n, name: 'text' });
  return { text: text ?? SEALED, basis: basisOf(fact, reveal), sealed: text === null, entries, at };
}

/** A public value in words: a range as `about 1,200 (between 1,000 and 1,500)`, a time in the zone with UTC beside it. */
export function valueWords(value: Json, zone: string, wording = englishValues): string {
  if (value === null) return '';
  if (value === true || value === 'yes') return wording.yes;
  if (value === false || value === 'no') return wording.no;
  if (typeof value === 'number') return wording.number(value);
  if (typeof value === 'string') return timeWords(value, zone) ?? value;
  if (Array.isArray(value)) return value.map((one: Json) => valueWords(one, zone, wording)).join(', ');
  const range = value as Readonly<Record<string, Json>>;
  const { about, from, to } = range as Readonly<{ about?: Json; from?: Json; to?: Json }>;
  if (typeof about === 'number')
    return rangeWords(
      about,
      typeof from === 'number' ? from : null,
      typeof to === 'number' ? to : null,
      wording,
    );
  return Object.entries(range)
    .map(([key, one]) => `${key}: ${valueWords(one, zone, wording)}`)
    .join(', ');
}

export function rangeWords(
  about: number,
  from: number | null,
  to: number | null,
  wording = englishValues,
): string {
  const { number } = wording;
  const likely = wording.about(number(about));
  if (from === null && to === null) return likely;
  if (from === about && to === about) return number(about);
  if (from === null) return `${likely} (${wording.atMost(number(to ?? about))})`;
  return to === null
    ? `${likely} (${wording.atLeast(number(from))})`
    : `${likely} (${wording.between(number(from), number(to))})`;
}

/** The moment in the zone, with UTC beside it; once where the zone is UTC. */
export const bothTimes = (at: Instant, zone: string): string => {
  const there = `${formatUtc(at).slice(0, 16).replace('T', ' ')} UTC`;
  return isUtc(zone) ? there : `${formatLocal(at, zone)} (${there})`;
};

export const isUtc = (zone: string): boolean => /^(?:Etc\/)?(?:UTC|UCT|Universal|Zulu)$/i.test(zone);

const timeWords = (text: string, zone: string): string | null => {
  const at = parseInstant(text);
  return at === null ? null : bothTimes(at, zone);
};

const basisOf = (fact: FactState, reveal: Reveal): string => {
  const reason = reveal({ n: fact.n, name: 'reason' });
  return reason === null ? fact.basis : `${reason} (${fact.basis})`;
};
