import type { LetterInput } from '../input.ts';
import type { LetterDraft } from '../shape.ts';
import { basisOf, type Support } from './carried.ts';
import { bare } from './sentences.ts';

/** Where a sentence comes from: the value of an element, or the template's own words. */
export type Origin = Readonly<{
  element: string | null;
  /** The fact whose words these are. */
  fact: string | null;
  /** The journal itself said it: what was proved, what was sent. */
  journal: boolean;
  /** The basis recorded with the fact it stands in. */
  source: Support | null;
}>;

const own: Origin = { element: null, fact: null, journal: false, source: null };

export type Value = Origin & Readonly<{ text: string }>;

export const valuesOf = (draft: LetterDraft, input: LetterInput): readonly Value[] =>
  draft.elements.flatMap(({ id, value }): readonly Value[] => {
    const from = input.source.elements.find((one) => one.id === id)?.from;
    if (value === null || from === undefined) return [];
    const source = 'fact' in from ? basisOf(from.fact, input) : null;
    return [
      {
        element: id,
        fact: 'fact' in from ? from.fact : null,
        journal: 'submitted' in from || ('journal' in from && from.journal !== 'aware'),
        source,
        text: bare(value),
      },
    ];
  });

const NEAR = 15;

/** Whose words these are: those of the value that they stand in, with what is around them, and not of another one in the same sentence. */
export function originOf(sentence: string, words: string, values: readonly Value[]): Origin {
  const text = bare(sentence);
  const said = bare(words);
  const at = text.indexOf(said);
  const near = text.slice(Math.max(0, at - NEAR), at + said.length + NEAR).trim();
  return (
    values.find(({ text: value }) => value.includes(text) || value.includes(near)) ??
    values.find(({ text: value }) => text.includes(value) && value.includes(said)) ??
    own
  );
}
