import { maskSecrets } from '../../base/mask.ts';
import { daysBetween, formatLocal } from '../../base/instant.ts';
import type { LetterInput } from '../input.ts';
import { affectedChannels } from '../affected.ts';
import { basisOf, type Support } from './carried.ts';
import type { Origin } from './origin.ts';
import type { Claim } from './report.ts';
import type { Rules } from './words/index.ts';

/** A number of people, of records or of days is counted somewhere, or it is invented. */
export function numbersOf(
  text: string,
  originOf: (words: string) => Origin,
  input: LetterInput,
  rules: Rules,
): readonly Claim[] {
  const found = [...text.matchAll(rules.counts), ...text.matchAll(rules.spans)];
  return found.flatMap((match): readonly Claim[] => {
    const words = match[0];
    const { element, fact, journal, source } = originOf(words);
    if (journal) return [];
    const about = { rule: 'number', sentence: maskSecrets(text).text, words, element } as const;
    const support = source ?? supportOf(match[1] ?? match[2] ?? words, input);
    if (support !== null) return [{ ...about, is: 'carried', ...support }];
    return [
      {
        ...about,
        is: 'refused',
        why: `nobody recorded where "${words}" comes from`,
        wants: 'the number with its basis',
        command:
          fact === null
            ? 'firebreak fact subjects-count NUMBER --why "where it was counted"'
            : `firebreak fact ${fact} --correct "the same words" --why "where it was counted"`,
      },
    ];
  });
}

function supportOf(words: string, input: LetterInput): Support | null {
  const value = valueOf(words);
  // "Hundreds" and "a few" say what the writer wants them to say: a figure with its basis says it better.
  if (value === null) return null;
  return counted(value, input) ?? fromMap(value, input) ?? elapsed(value, input);
}

/** `1,200`, `1.200` and `1 200` are one number; a word is none. */
const valueOf = (words: string): number | null => {
  const digits = words.replace(/[.,'’\u00a0\u202f ](?=\d{3}(?!\d))/g, '');
  return /^\d+$/.test(digits) ? Number(digits) : null;
};

function counted(value: number, input: LetterInput): Support | null {
  for (const [id, fact] of input.state.facts) {
    const told =
      fact.value === null ? textNumbers(input.reveal({ n: fact.n, name: 'text' })) : valueNumbers(fact.value);
    const basis = told.includes(value) ? basisOf(id, input) : null;
    if (basis !== null) return basis;
  }
  return null;
}

const valueNumbers = (value: unknown): readonly number[] => {
  if (typeof value === 'number') return [value];
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  return Object.values(value).filter((one) => typeof one === 'number');
};

const textNumbers = (text: string | null): readonly number[] =>
  [...(text ?? '').matchAll(/\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3}){1,4}|\d{1,12}/g)].flatMap(
    ([one]) => valueOf(one) ?? [],
  );

/** The data map counts with a basis; the letter says that it is the most that could be affected. */
function fromMap(value: number, { state, inventory }: LetterInput): Support | null {
  for (const { title, people, records } of affectedChannels(state, inventory)) {
    for (const count of [people, records]) {
      if (count === undefined) continue;
      if ([count.about, count.from, count.to].includes(value))
        return { by: `data map, ${title}: ${count.basis}`, entries: [] };
    }
  }
  return null;
}

/** Days between two facts that are times of their own, by the calendar of the incident, the last one counted or not. */
function elapsed(value: number, { state, zone }: LetterInput): Support | null {
  const times = [...state.facts].flatMap(([id, { known, ruledOut, value: when, at, n }]) =>
    known && !ruledOut && typeof when === 'string' && /^\d{4}-/.test(when)
      ? [{ id, n, date: formatLocal(at, zone, 'date') }]
      : [],
  );
  for (const first of times) {
    for (const last of times) {
      const days = daysBetween(first.date, last.date) ?? 0;
      if (days > 0 && (days === value || days + 1 === value))
        return { by: `from ${first.id} to ${last.id}`, entries: [first.n, last.n] };
    }
  }
  return null;
}
