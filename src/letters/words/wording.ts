import type { Basis } from '../../model/event.ts';
import type { Inventory } from '../../model/inventory.ts';
import type { HoldWay } from '../../projections/containment.ts';
import type { ValueWording } from '../../projections/facts.ts';
import type { Stamp } from '../body.ts';

/**
 * Every sentence that is not of a template and not of a person and yet can stand in a letter, by language. Marks that keep a draft from
 * being taken for a letter are among them: they are read by whoever holds it.
 */
export type LetterWords = Readonly<{
  /** The stamp in one word, as it stands before a subject and across a page. */
  stamps: Readonly<Record<Stamp, string>>;
  drill: string;
  draft: string;
  trial: string;
  /** `further` is the how-manieth notification of the same breach, from two on. */
  notice: (further: number) => string;
  /** `phased`: the rule itself lets it follow, as Art. 33(4) GDPR does. */
  follows: (phased: boolean) => string;
  missing: (what: string) => string;
  sealed: (what: string) => string;
  /** Behind what comes from the data map and from nobody's knowledge. */
  mapped: string;
  /** A provision as `Art. 33(3)(a)`, the way lawyers of the language cite it. */
  cite: (article: string) => string;
  values: ValueWording;
  /** Where a number comes from. */
  basis: (words: string) => string;
  known: Readonly<Record<Basis, string>>;
  /** Words of a person in another language than the letter, shown as theirs. */
  original: (words: string) => string;
  roles: Readonly<Record<NonNullable<Inventory['processors']>[number]['role'], string>>;
  /** What became of what had to be stopped; null shows the projection's own words. */
  holds: Readonly<Record<HoldWay, string>> | null;
  /** Duties by id, others by their citation; null shows the duties' own titles. */
  duties: Readonly<Record<string, string>> | null;
  asked: (when: string) => string;
  submitted: (when: string) => string;
  unproved: string;
  acknowledged: (when: string) => string;
  evidence: (size: string, when: string, sha256: string) => string;
  /** Points of a chronology. */
  moments: Readonly<{ earliest: string; opened: string; aware: string; stopped: (title: string) => string }>;
  day: (year: string, month: number, day: number) => string;
  /** A day with a time of day; null writes moments as `2026-11-20 03:14`. */
  time: ((day: string, time: string) => string) | null;
  /** Kinds of data and of what a channel holds, as people say it; others as they are written. */
  kinds: Readonly<Record<string, string>>;
  named: (name: string) => string;
  unnamed: string;
  page: readonly [before: string, between: string, after: string];
}>;

/** Thousands set apart by a sign of the language. */
export const groupedBy =
  (sign: string) =>
  (value: number): string =>
    String(value).replaceAll(/\B(?=(\d{3})+(?!\d))/g, sign);

/** `Art. 33(3)(a)`: the number, and each bracket behind it. */
export const citing =
  (cite: (article: string, brackets: readonly string[]) => string) =>
  (text: string): string =>
    text.replaceAll(/\bArt\. (\d+)((?:\([0-9a-z]+\))*)/g, (_, article: string, behind: string) =>
      cite(
        article,
        [...behind.matchAll(/\(([0-9a-z]+)\)/g)].map(([, one = '']) => one),
      ),
    );
