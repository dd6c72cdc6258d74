import type { DraftElement, LetterDraft } from './shape.ts';

/** One line of the element check: what the law wants, whether it is there, and where it came from. */
export type CheckRow = Readonly<{
  article: string;
  title: string;
  /** `optional`: not there and not asked for. */
  status: DraftElement['status'] | 'optional';
  entries: readonly number[];
}>;

/** Whether a letter may be sent, element by element, in the order of the form. */
export type LetterCheck = Readonly<{
  letter: string;
  language: string;
  complete: boolean;
  rows: readonly CheckRow[];
}>;

export const checkLetter = (draft: LetterDraft): LetterCheck => ({
  letter: draft.letter,
  language: draft.language,
  complete: draft.complete,
  rows: draft.elements.map(({ article, title, status, required, entries }) => ({
    article,
    title,
    status: status === 'missing' && !required ? 'optional' : status,
    entries,
  })),
});
