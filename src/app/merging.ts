import { assert } from '../base/assert.ts';
import { isProblem, Problem } from '../base/problem.ts';
import { sha256Of } from '../base/hash.ts';
import { csvRow } from '../base/text.ts';
import { sniffCsv } from '../base/csv/sniff.ts';
import type { RecipientVariable } from '../model/letter.ts';
import { piecesOf, sumOf } from '../io/growing.ts';
import { formOf, type Batch } from '../letters/merge/forms.ts';
import { merging, type Merge } from '../letters/merge/merge.ts';
import { readerOf, type Wanted } from '../letters/merge/reader.ts';
import { salutation } from '../letters/merge/salutation.ts';
import { drillPath } from './drill-path.ts';
import { batchOf, versionsOf } from './merge-batch.ts';
import {
  formatName,
  SCOPE_LIST,
  type MergeAsked,
  type MergeFormat,
  type MergeProgress,
  type MergeReport,
} from './merge-contract.ts';
import { eachFor } from './merge-each-for.ts';
import { all, openOutputs, type Outputs } from './merge-outputs.ts';
import {
  beginMerge,
  earlierMerge,
  endMerge,
  forgetMerge,
  indexPath,
  keepMerge,
  type About,
  type Kept,
} from './merge-state.ts';
import type { IncidentParts } from './parts.ts';
import { recipientsOf } from './scope.ts';

/** How often what was written is put beyond the reach of a crash. */
const KEEP_MS = 250;
const HEAD = 65_536;

/**
 * Writes a letter for every row of a list. Memory does not follow the list; what was written before a crash or a stop is gone on from
 * with `resume`, and no reader is written to twice.
 * @throws Problem `list-unreadable` for a list without the columns the letter needs, `letter-not-released`, `usage`, `not-found`
 */
export async function mergeLetters(
  parts: IncidentParts,
  wanted: MergeAsked,
  heard: (progress: MergeProgress) => void,
  stop: AbortSignal,
): Promise<MergeReport> {
  parts.ledger.refresh();
  const asked = parts.ledger.state().drill ? { ...wanted, out: drillPath(wanted.out) } : wanted;
  const earlier = earlierMerge(parts.files, asked);
  // What is gone on with is the same letter, dated as it was begun.
  const now = earlier?.now ?? parts.world.clock.now();
  const { batch, variables } = batchOf(parts, asked, now);
  const pieces = piecesFor(parts, asked.list);
  const list = sumOf(pieces());
  const about = { ...asked, list: list.sha256, versions: versionsOf(batch), now };
  const before = beginMerge(parts.files, about, earlier);
  if (asked.format.is === 'files') parts.files.privateDir(asked.out);
  const outputs = openOutputs(asked, before);
  let writing: Writing | null = null;
  try {
    writing = await writingOf(parts, asked, { about, pieces, batch, variables, before, outputs });
    const finished = await run(parts, writing, { asked, pieces, list, heard, stop });
    if (finished) for (const output of all(outputs)) output.keep();
    else writing.keep();
    const main = outputs.letters ?? outputs.index;
    const whole = {
      ...writing.merge.tally(),
      bytes: main?.size() ?? 0,
      sha256: main?.sha256() ?? '',
      replaced: writing.reached().replaced,
    };
    if (finished) {
      // Recorded first: a crash between the two repeats an entry, and loses none.
      if (asked.trial === null) await record(parts, asked, batch, whole, list.sha256);
      endMerge(parts.files, asked.out);
    }
    return { ...whole, finished, out: asked.out, report: asked.report, index: indexPath(asked) };
  } catch (error) {
    // A list that was refused at its first line leaves nothing behind that looks like letters.
    if (isProblem(error) && error.code === 'list-unreadable') forgetMerge(parts.files, asked);
    throw error;
  } finally {
    await writing?.close();
    for (const output of all(outputs)) output.close();
  }
}

type Asked = Readonly<{
  about: About;
  pieces: Pieces;
  batch: Batch;
  variables: readonly RecipientVariable[];
  before: Kept;
  outputs: Outputs;
}>;

/** `settle` makes what is made beside the reading; `keep` puts what was written beyond the reach of a crash and says how far that is. */
type Writing = Readonly<{
  merge: Merge;
  settle: () => Promise<void>;
  end: () => void;
  close: () => Promise<void>;
  reached: () => Kept;
  keep: () => void;
}>;

/** The merge with the files that it writes. */
async function writingOf(
  parts: IncidentParts,
  asked: MergeAsked,
  { about, pieces, batch, variables, before, outputs }: Asked,
): Promise<Writing> {
  const { letters, index, report } = outputs;
  const tell = (line: number, why: string): void => report?.out.text(csvRow([String(line), why]), false);
  if (before.tally.rows === 0) report?.out.text(csvRow(['line', 'why']), false);
  const each = await eachFor(parts, asked, { batch, before, outputs, now: about.now, tell });
  const out = letters ?? index;
  assert(out !== null, 'a merge writes into something');
  const merge = merging({
    list: asked.list,
    ...sniffCsv(headOf(pieces)),
    variables,
    wanted: wantedOf(asked, batch),
    form:
      asked.format.is === 'stream'
        ? formOf(asked.format.form, batch)
        : { begin: '', end: '', write: (_, reader) => each?.write(readerOf(reader)) },
    out: out.out,
    onRejected: ({ line, why }) => tell(line, why),
    ...(each === null ? {} : { onBefore: (reader) => each.before(readerOf(reader)) }),
    before: before.tally,
    ...(asked.trial === null ? {} : { most: asked.trial }),
  });
  const reached = (): Kept => ({
    tally: merge.tally(),
    bytes: letters?.size() ?? 0,
    reportBytes: report?.size() ?? 0,
    indexBytes: index?.size() ?? 0,
    replaced: each?.replaced() ?? 0,
  });
  return {
    merge,
    settle: async () => await each?.settle(merge),
    end: () => each?.end(),
    close: async () => await each?.close(),
    reached,
    keep: () => {
      for (const output of all(outputs)) output.keep();
      keepMerge(parts.files, about, reached());
    },
  };
}

/** A letter on paper goes to any address. */
const isMail = (format: MergeFormat): boolean =>
  format.is === 'stream' ? format.form !== 'html' : format.each === 'eml';
/** What a list must hold, and how its rows are read: the same for a look at it. */
export const wantedOf = (asked: MergeAsked, batch: Batch): Wanted => ({
  mail: isMail(asked.format),
  languages: new Set(batch.versions.keys()),
  language: asked.language,
  salt: JSON.stringify([batch.incident, asked.letter, versionsOf(batch)]),
  salutation,
});

type Running = Readonly<{
  asked: MergeAsked;
  pieces: Pieces;
  /** As it was when the merge began. */
  list: Readonly<{ sha256: string; bytes: number }>;
  heard: (progress: MergeProgress) => void;
  stop: AbortSignal;
}>;

/** Piece by piece, with a breath between two, so that a key or a signal is heard. False where it was stopped. */
async function run(parts: IncidentParts, writing: Writing, running: Running): Promise<boolean> {
  const { merge, settle, keep } = writing;
  const { asked, pieces, list, heard, stop } = running;
  const { clock } = parts.world;
  const begun = clock.now();
  const sum = sha256Of();
  let [read, keptAt] = [0, begun];
  for (const piece of pieces()) {
    sum.add(piece);
    merge.push(piece);
    await settle();
    read += piece.length;
    const now = clock.now();
    if (now - keptAt >= KEEP_MS) {
      keep();
      keptAt = now;
    }
    heard({ ...merge.tally(), read, size: list.bytes, msSpent: now - begun });
    await breath();
    if (merge.full()) break;
    if (stop.aborted) return false;
  }
  // What is recorded names the list by its hash: letters to whoever was put into it meanwhile are letters of no list.
  if (!merge.full() && sum.hex() !== list.sha256)
    throw new Problem('usage', {
      why: `${asked.list} was changed while it was read: ${asked.out} is of neither list`,
      next: `remove ${asked.out} and merge again`,
    });
  // The end of the file is written behind what is kept: a run that goes on from there writes it anew.
  keep();
  merge.end();
  await settle();
  writing.end();
  return true;
}

export const breath = async (): Promise<void> =>
  await new Promise((resolve) => {
    setImmediate(resolve);
  });

/** The list, from its beginning each time it is asked for. */
type Pieces = () => Iterable<Uint8Array>;

/** The list that was counted lies sealed in the journal. */
export function piecesFor(parts: IncidentParts, list: string): Pieces {
  if (list !== SCOPE_LIST) return () => piecesOf(list);
  return () => {
    const found = recipientsOf(parts);
    if (found === null)
      throw new Problem('usage', {
        why: 'nobody has been counted yet: firebreak scope count makes the list',
      });
    return found;
  };
}

export const headOf = (pieces: Pieces): Uint8Array => {
  for (const piece of pieces()) return Uint8Array.from(piece.subarray(0, HEAD));
  return new Uint8Array();
};

async function record(
  parts: IncidentParts,
  asked: MergeAsked,
  batch: Batch,
  whole: Omit<MergeReport, 'finished' | 'out' | 'report' | 'index'>,
  listSha256: string,
): Promise<void> {
  const { rows, written, rejected, duplicates, bytes, sha256 } = whole;
  await parts.ledger.append([
    {
      kind: 'letters.merged',
      pub: {
        letter: asked.letter,
        format: formatName(asked.format),
        versions: versionsOf(batch),
        rows,
        written,
        rejected,
        duplicates,
        bytes,
        sha256,
        list_sha256: listSha256,
      },
      priv: {
        path: { class: 'staff', value: asked.out },
        list: { class: 'staff', value: asked.list },
      },
    },
  ]);
}
