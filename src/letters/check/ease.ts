import type { Ease } from './report.ts';

/**
 * How easily a text reads, by the formula of its language. Sources: R. Flesch, "A new readability yardstick", J. Applied Psychology
 * 32 (1948); T. Amstad, "Wie verständlich sind unsere Zeitungen?", diss. Zurich (1978); L. Kandel and A. Moles, "Application de l'indice
 * de Flesch à la langue française", Cahiers d'études de radio-télévision 19 (1958); J. Fernández Huerta, "Medidas sencillas de
 * lecturabilidad", Consigna 214 (1959), with the words of a sentence as its second term.
 */
type Formula = Readonly<{
  name: string;
  /** From words a sentence and syllables a word. */
  score: (words: number, syllables: number) => number;
  vowels: RegExp;
  silent: RegExp | null;
}>;

const formulas: Readonly<Record<string, Formula>> = {
  en: {
    name: 'Flesch',
    score: (words, syllables) => 206.835 - 1.015 * words - 84.6 * syllables,
    vowels: /[aeiouy]+/g,
    silent: /(?:[^laeiouy]e|[^dt]ed|[^scxzg]es)$/,
  },
  de: {
    name: 'Amstad',
    score: (words, syllables) => 180 - words - 58.5 * syllables,
    vowels: /(?:aa|ee|oo|ie|ei|ai|au|eu|äu|ey|[aeiouyäöü])/g,
    silent: null,
  },
  fr: {
    name: 'Kandel and Moles',
    score: (words, syllables) => 207 - 1.015 * words - 73.6 * syllables,
    vowels: /[aeiouyàâäéèêëîïôöùûüœæ]+/g,
    silent: /[^aeiouyéè](?:e|es|ent)$/,
  },
  es: {
    name: 'Fernández Huerta',
    score: (words, syllables) => 206.84 - 60 * syllables - 1.02 * words,
    vowels: /(?:[iuü]?[aeoáéó][iuy]?|[iuüíú]+|y$)/g,
    silent: null,
  },
};

const bands: readonly (readonly [number, string])[] = [
  [70, 'easy'],
  [60, 'plain'],
  [50, 'fairly hard'],
  [30, 'hard'],
  [-Infinity, 'very hard'],
];

const WORD = /\p{L}[\p{L}'’-]{0,60}/gu;

export function easeOf(text: string, language: string): Ease | null {
  const formula = Object.hasOwn(formulas, language) ? formulas[language] : undefined;
  const words = text.toLowerCase().match(WORD) ?? [];
  if (formula === undefined || words.length === 0) return null;
  // A line that ends without a full stop, as a heading or an item does, ends what is read in one breath as well.
  const sentences = text.split(/[.!?…]+(?=\s|$)|\n+/).filter((one) => /\p{L}/u.test(one)).length;
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word, formula), 0);
  const score = Math.round(formula.score(words.length / sentences, syllables / words.length));
  const band = bands.find(([from]) => score >= from)?.[1] ?? 'very hard';
  return { score, band, formula: formula.name };
}

const syllablesOf = (word: string, { vowels, silent }: Formula): number => {
  const groups = word.match(vowels)?.length ?? 0;
  return Math.max(1, silent?.test(word) === true ? groups - 1 : groups);
};
