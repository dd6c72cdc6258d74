import type { ClaimId } from '../report.ts';

/** The words of one language, as data. A blank stands for any white space, `~` for up to 60 characters inside the sentence. */
export type Words = Readonly<{
  claims: Readonly<Record<ClaimId, readonly string[]>>;
  /** Right before a claim these turn it round: "has not been contained" claims nothing. */
  negated: readonly string[];
  /** Anywhere before it in its clause these leave it open: "we will stop", "whether it was read". */
  open: readonly string[];
  /** Right behind it these leave it open too, as in languages that end with the verb. */
  follows: readonly string[];
  /** Words that join clauses, where a guard ends. */
  joints: readonly string[];
  /** Of a message on its way, not of data at rest: Art. 34(3)(a) never fits it once somebody else has opened it. */
  transit: readonly string[];
  /** Says how far back or how completely the logs speak. */
  gap: readonly string[];
  /** What is counted, behind a number. */
  counted: readonly string[];
  /** Numbers in words, and words that stand for one: "dozens of". */
  numerals: readonly string[];
  /** Before and behind a number of days. */
  spans: Readonly<{ before: readonly string[]; unit: readonly string[] }>;
  percent: readonly string[];
  stock: readonly string[];
  blame: readonly string[];
  liability: readonly string[];
  marketing: readonly string[];
  login: readonly string[];
  /** Before such words they warn of it, and ask for nothing. */
  warns: readonly string[];
}>;

const source = (patterns: readonly string[]): string =>
  patterns
    .map((one) => one.replaceAll('~', String.raw`[^.!?\n]{0,60}?`).replaceAll(' ', String.raw`\s+`))
    .join('|');

/** Whole words of the list, wherever they stand. Nothing in a list repeats without an end, so the search stays linear. */
export const anyOf = (patterns: readonly string[]): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${source(patterns)})(?![\p{L}\p{N}])`, 'giu');

/** The first of them; it can be asked again and again. */
export const once = (patterns: readonly string[]): RegExp => new RegExp(anyOf(patterns).source, 'iu');

/** The same at the very end of a text. */
export const endsIn = (patterns: readonly string[]): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${source(patterns)})\s*$`, 'iu');

/** The same at the very beginning. */
export const beginsWith = (patterns: readonly string[]): RegExp =>
  new RegExp(String.raw`^\s*(?:${source(patterns)})(?![\p{L}\p{N}])`, 'iu');

/** A number or a numeral, and within three words what it counts. */
export const counts = ({ counted, numerals }: Words): RegExp =>
  new RegExp(
    String.raw`(?<![\p{L}\p{N}.,])(\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3}){1,4}|\d{1,12}|${source(numerals)})(?:\s+[\p{L}'’-]{1,30}){0,3}?\s+(?:${source(counted)})(?![\p{L}\p{N}])`,
    'giu',
  );

export const spansOf = ({ spans, percent }: Words): RegExp =>
  new RegExp(
    String.raw`(?<![\p{L}\p{N}])(?:(?:${source(spans.before)})\s+(\d{1,4})\s+(?:${source(spans.unit)})(?![\p{L}\p{N}])|(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|${source(percent)}))`,
    'giu',
  );
