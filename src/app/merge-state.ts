import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../base/canonical.ts';
import { sha256Hex } from '../base/hash.ts';
import { instant, type Instant } from '../base/instant.ts';
import { Problem } from '../base/problem.ts';
import type { Files } from '../io/files.ts';
import { nothingYet, type Tally } from '../letters/merge/merge.ts';
import { formatName, type MergeAsked } from './merge-contract.ts';

/** How far a merge came, in a small file beside its output: all that an unfinished one needs to be gone on with. */

const place = z.int().min(0);
const schema = z.strictObject({
  schema: z.literal('firebreak.merge/v1'),
  /** Of everything that the output depends on. */
  asked: z.string(),
  /** When it was begun: the letters bear that day. */
  now: z.int(),
  tally: z.strictObject({ rows: place, written: place, rejected: place, duplicates: place }),
  bytes: place,
  reportBytes: place,
  indexBytes: place.default(0),
  replaced: place.default(0),
});
/** `indexBytes`: of the list of files, where each letter is one; `replaced`: letters in which no font had every character. */
export type Kept = Readonly<{
  tally: Tally;
  bytes: number;
  reportBytes: number;
  indexBytes: number;
  replaced: number;
}>;
type Earlier = Readonly<z.infer<typeof schema>>;

export type About = Omit<MergeAsked, 'list'> &
  Readonly<{ list: string; versions: Readonly<Record<string, string>>; now: Instant }>;

const MAX = 65_536;
const statePath = (out: string): string => `${out}.unfinished.json`;

/** What the letters of a merge follow from: with anything else in it they would be other letters. `list` is its SHA-256. */
const askedOf = ({ letter, list, format, report, language, from, trial, versions }: About): string =>
  sha256Hex(
    canonicalJson({ letter, list, format: formatName(format), report, language, from, trial, versions }),
  );

/**
 * Where an earlier run stopped; null for a new merge.
 * @throws Problem `usage` where the output is there and nobody said `resume`, or where it is finished
 */
export function earlierMerge(
  files: Files,
  asked: Pick<MergeAsked, 'format' | 'out' | 'report' | 'list' | 'resume'>,
): (Omit<Earlier, 'now'> & Readonly<{ now: Instant }>) | null {
  const { out, report, list, resume } = asked;
  const path = statePath(out);
  const index = asked.format.is === 'zip' ? indexPath(asked) : null;
  const stands = files.exists(out);
  const left = files.exists(path);
  if (report !== null && (report === out || report === list || (!resume && files.exists(report))))
    throw new Problem('usage', { why: `${report} is there already; name another file for the report` });
  if (!left && index !== null && files.exists(index))
    throw new Problem('usage', {
      why: `${index} is there already, and would list other letters; name another place`,
    });
  if (!stands && !left) return null;
  if (!resume)
    throw new Problem('usage', {
      why: left
        ? `${out} is of an unfinished merge: go on with --resume, or remove it and ${path}`
        : `${out} is there already; name another file`,
    });
  if (!left) throw new Problem('usage', { why: `${out} is finished: there is nothing to go on with` });
  const found = schema.safeParse(read(files, path));
  if (!found.success)
    throw new Problem('invalid-file', { file: path, why: 'it does not say how far the merge came' });
  return { ...found.data, now: instant(found.data.now) };
}

/**
 * From where to go on: from the beginning, or from the last word of an earlier run. The file says so before there is any output.
 * @throws Problem `usage` where list, letter or format are no longer the same
 */
export function beginMerge(
  files: Files,
  about: About,
  earlier: (Pick<Earlier, 'asked'> & Kept) | null,
): Kept {
  if (earlier !== null && earlier.asked !== askedOf(about))
    throw new Problem('usage', {
      why: `the list, the letter or the format is another one than when ${about.out} was begun; what was written stays as it is: name another file`,
    });
  const short = (path: string | null, bytes: number): boolean =>
    path !== null && (files.info(path)?.bytes ?? 0) < bytes;
  const whole = about.format.is === 'files' ? null : about.out;
  if (
    earlier !== null &&
    (short(whole, earlier.bytes) ||
      short(about.report, earlier.reportBytes) ||
      short(indexPath(about), earlier.indexBytes))
  )
    throw new Problem('usage', {
      why: `${about.out} or its report is shorter than it was: something was taken out of it; begin again with another file`,
    });
  const begun = earlier === null || earlier.tally.rows === 0;
  const kept: Kept = begun ? nothing : earlier;
  if (begun) keepMerge(files, about, kept);
  const { tally, bytes, reportBytes, indexBytes, replaced } = kept;
  return { tally, bytes, reportBytes, indexBytes, replaced };
}

const nothing: Kept = { tally: nothingYet, bytes: 0, reportBytes: 0, indexBytes: 0, replaced: 0 };

/** Where it is written who has which file: among them, or beside the zip. Null where all letters are one file. */
export const indexPath = ({ format, out }: Pick<MergeAsked, 'format' | 'out'>): string | null =>
  format.is === 'stream' ? null : format.is === 'files' ? join(out, 'letters.csv') : `${out}.letters.csv`;

const read = (files: Files, path: string): unknown => {
  try {
    return JSON.parse(files.readText(path, MAX));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

export function keepMerge(files: Files, about: About, kept: Kept): void {
  const { now } = about;
  const text = canonicalJson({
    schema: 'firebreak.merge/v1',
    asked: askedOf(about),
    now,
    ...kept,
  });
  files.writeAtomic(statePath(about.out), text);
}

/** Nothing is ever written over it. */
export const isFinished = (files: Files, out: string): boolean =>
  files.exists(out) && !files.exists(statePath(out));

/** A finished merge needs no file about how far it came. */
export const endMerge = (files: Files, out: string): void => files.remove(statePath(out));

/** As if it had never been begun: nothing was written but what is removed here. */
export const forgetMerge = (files: Files, asked: Pick<MergeAsked, 'format' | 'out' | 'report'>): void => {
  for (const path of [indexPath(asked), asked.report, statePath(asked.out)])
    if (path !== null) files.remove(path);
  if (asked.format.is !== 'files') files.remove(asked.out);
  else if (files.list(asked.out).length === 0) files.removeTree(asked.out);
};
