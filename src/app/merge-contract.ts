import { formIds, type FormId } from '../letters/merge/forms.ts';
import { leafIds, type LeafId } from '../letters/merge/leaf.ts';
import type { Tally } from '../letters/merge/merge.ts';

export { formIds } from '../letters/merge/forms.ts';
export { leafIds, type LeafId } from '../letters/merge/leaf.ts';

/** One file that all letters stand in, or a file for each of them, in a folder or in a zip. */
export type MergeFormat =
  | Readonly<{ is: 'stream'; form: FormId }>
  | Readonly<{ is: 'files' | 'zip'; each: LeafId }>;

/** What a person types. PDF letters are always a file each. */
export const mergeFormats = [...formIds, 'files', 'zip', 'pdf'] as const;

/** `mbox`, `files of eml`: as the journal names it. */
export const formatName = (format: MergeFormat): string =>
  format.is === 'stream' ? format.form : `${format.is} of ${format.each}`;

/** What is asked of a merge. Paths are as the person gave them. */
export type MergeAsked = Readonly<{
  letter: string;
  list: string;
  format: MergeFormat;
  out: string;
  /** A CSV file of the rows that got no letter, with line and reason; null where nobody wants one. */
  report: string | null;
  /** Of rows that name no language. */
  language: string;
  from: string | null;
  resume: boolean;
  /** A trial: so many letters, watermarked, and no entry in the journal. */
  trial: number | null;
}>;

/** Every one of them, under a word for a list of choices. */
export const mergeChoices: readonly Readonly<{ id: string; format: MergeFormat }>[] = [
  ...formIds.map((form) => ({ id: form, format: { is: 'stream' as const, form } })),
  ...(['files', 'zip'] as const).flatMap((is) =>
    leafIds.map((each) => ({ id: `${is}-${each}`, format: { is, each } })),
  ),
];

/** What such a file, or folder, is called where nobody names it. */
export const fileNameFor = (letter: string, format: MergeFormat): string =>
  format.is === 'stream'
    ? `${letter}.${format.form}`
    : `${letter}-${format.each}${format.is === 'zip' ? '.zip' : ''}`;

/** Only letters of this format are sent from here. */
export const SENT_AS: FormId = 'jsonl';

/** The word for the list that was counted in this incident. A file of that name is `./scope`. */
export const SCOPE_LIST = 'scope';

/** What a merge would do. Long lists are looked at in their beginning alone: then `whole` is false, and `tally` speaks of that. */
export type MergePreview = Readonly<{
  tally: Tally;
  whole: boolean;
  /** The first who would get a letter; `salutation` is null where this letter has none. */
  first: readonly Readonly<{ line: number; to: string; language: string; salutation: string | null }>[];
  /** The first of the rows that would get none. */
  bad: readonly Readonly<{ line: number; why: string }>[];
  /** Where it would be written: in a drill the name says so. */
  out: string;
  /** What stands there already: an unfinished merge is gone on with behind `rows`, a finished one is never written over. */
  before:
    | Readonly<{ is: 'nothing' | 'finished' }>
    | Readonly<{ is: 'unfinished'; rows: number; written: number }>;
}>;

export type MergeProgress = Readonly<Tally & { read: number; size: number; msSpent: number }>;

export type MergeReport = Readonly<
  Tally & {
    finished: boolean;
    out: string;
    report: string | null;
    /** The list of who has which file, where each letter is one. */
    index: string | null;
    /** Letters in which characters stand as `\u{..}`, because no font has them. */
    replaced: number;
    /** Of the file with all letters; where each is a file in a folder, of the list of them, which has the hash of each. */
    bytes: number;
    sha256: string;
  }
>;
