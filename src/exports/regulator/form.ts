import type { ElementSource, LetterElement } from '../../model/letter.ts';

/** What the pack itself knows of a submission: the first or a later one, those before it with their references, and what will follow. */
export type PackSource = 'report-type' | 'earlier' | 'to-follow';

/** One field of a form, in the words of the form, with what supplies it. */
export type FormField = Readonly<{
  /** Stable across versions of a form where the question is the same. */
  id: string;
  title: string;
  /** The provision that the field serves, as a lawyer cites it; empty where the form alone asks. */
  article: string;
}> &
  (
    | Readonly<{ pack: PackSource }>
    | Readonly<{
        from: ElementSource;
        otherwise?: ElementSource;
        required: LetterElement['required'];
        may_follow: boolean;
      }>
  );

/**
 * One form of one authority in one version: its sections and fields in their order, and where that order was read. A new version of a form
 * is a new file, because what was submitted on the old one must still be read in its order.
 */
export type Form = Readonly<{
  id: string;
  title: string;
  /** The duty that it answers. */
  duty: string;
  version: string;
  source: string;
  /** How far that can be relied on, where it is less than the form itself as it is in force. */
  caution: string | null;
  sections: readonly Readonly<{ title: string; fields: readonly FormField[] }>[];
}>;
