import type { FormId } from '../letters/merge/forms.ts';
import type { Tally } from '../letters/merge/merge.ts';

export { formIds, type FormId } from '../letters/merge/forms.ts';

/** What is asked of a merge. Paths are as the person gave them. */
export type MergeAsked = Readonly<{
  letter: string;
  list: string;
  format: FormId;
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

export type MergeProgress = Readonly<Tally & { read: number; size: number; msSpent: number }>;

export type MergeReport = Readonly<
  Tally & { finished: boolean; out: string; report: string | null; bytes: number; sha256: string }
>;
