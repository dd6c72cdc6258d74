import type { Instant } from '../../base/instant.ts';
import type { SubjectSince } from '../../projections/told.ts';
import type { Form } from './form.ts';

/**
 * `not-confirmed`: from the data map, so the most that could be affected. `not-known` is said of what nobody knows yet, `sealed` of what is
 * known and cannot be read without the key.
 */
export type FieldStatus = 'known' | 'not-confirmed' | 'not-known' | 'not-needed' | 'sealed';

export type PackField = Readonly<{
  id: string;
  title: string;
  article: string;
  status: FieldStatus;
  /** Ready to paste; null while there is nothing. */
  value: string | null;
  /** As a person counts them: code points of `value`. */
  characters: number;
  /** Where the value comes from, in words. */
  basis: string;
  entries: readonly number[];
  /** How many pieces of personal data were taken out of it. */
  withheld: number;
  /** How it differs from what was submitted last; null before the first submission, and for what is no fact. */
  since: Pick<SubjectSince, 'change' | 'was' | 'is'> | null;
  /** The fact that would supply it, while it is not known. */
  fact: string | null;
}>;

export type PackForm = Readonly<{
  form: Form;
  /** Where its duty stands, in words. */
  standing: string;
  due: Instant | null;
  dueUtc: string | null;
  last: Readonly<{ phase: number; at: Instant; entry: number }> | null;
  sections: readonly Readonly<{ title: string; fields: readonly PackField[] }>[];
  unknown: number;
  withheld: number;
  changed: number;
}>;

export type Pack = Readonly<{
  forms: readonly PackForm[];
  leftOut: readonly Readonly<{ form: Form; why: string }>[];
}>;
