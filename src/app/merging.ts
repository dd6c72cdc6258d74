import { isProblem, Problem } from '../base/problem.ts';
import { formatMailDate, type Instant } from '../base/instant.ts';
import { csvRow } from '../base/text.ts';
import { sniffCsv } from '../base/csv-read.ts';
import type { RecipientVariable } from '../model/letter.ts';
import { growing, piecesOf, sumOf, type Growing } from '../io/growing.ts';
import { personalLetter } from '../letters/draft.ts';
import { stampWord } from '../letters/locale.ts';
import { formOf, type Batch, type Version } from '../letters/merge/forms.ts';
import { merging, type Merge } from '../letters/merge/merge.ts';
import { outOf } from '../letters/merge/out.ts';
import { salutation } from '../letters/merge/salutation.ts';
import { releasedLetter } from '../projections/released.ts';
import { drillPath } from './drill-path.ts';
import { inputFor } from './letters.ts';
import type { MergeAsked, MergeProgress, MergeReport } from './merge-contract.ts';
import {
  beginMerge,
  earlierMerge,
  endMerge,
  forgetMerge,
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
  const out = growing(asked.out, before.bytes);
  let report: Growing | null = null;
  try {
    report = asked.report === null ? null : growing(asked.report, before.reportBytes);
    const { merge, keep, flush, reached } = writing(parts, asked, {
      about,
      pieces,
      batch,
      variables,
      before,
      out,
      report,
    });
    const finished = await run(parts, { merge, keep, pieces, size: list.bytes, heard, stop });
    if (finished) flush();
    else keep();
    const whole = { ...merge.tally(), bytes: reached().bytes, sha256: out.sha256() };
    if (finished) {
      // Recorded first: a crash between the two repeats an entry, and loses none.
      if (asked.trial === null) await record(parts, asked, batch, whole, list.sha256);
      endMerge(parts.files, asked.out);
    }
    return { ...whole, finished, out: asked.out, report: asked.report };
  } catch (error) {
    // A list that was refused at its first line leaves nothing behind that looks like letters.
    if (isProblem(error) && error.code === 'list-unreadable')
      forgetMerge(parts.files, asked.out, [asked.report]);
    throw error;
  } finally {
    out.close();
    report?.close();
  }
}

type Writing = Readonly<{
  about: About;
  pieces: Pieces;
  batch: Batch;
  variables: readonly RecipientVariable[];
  before: Kept;
  out: Growing;
  report: Growing | null;
}>;

/** The merge with its two files. `keep` puts what was written beyond the reach of a crash and says how far that is. */
function writing(
  parts: IncidentParts,
  asked: MergeAsked,
  { about, pieces, batch, variables, before, out, report }: Writing,
) {
  const sink = outOf((bytes) => out.write(bytes));
  const lines = outOf((bytes) => report?.write(bytes));
  if (before.tally.rows === 0) lines.text(csvRow(['line', 'why']), false);
  const merge = merging({
    list: asked.list,
    ...sniffCsv(headOf(pieces)),
    variables,
    wanted: {
      mail: asked.format !== 'html',
      languages: new Set(batch.versions.keys()),
      language: asked.language,
      salt: JSON.stringify([parts.id, asked.letter, versionsOf(batch)]),
      salutation,
    },
    form: formOf(asked.format, batch),
    out: sink,
    onRejected: ({ line, why }) => lines.text(csvRow([String(line), why]), false),
    before: before.tally,
    ...(asked.trial === null ? {} : { most: asked.trial }),
  });
  const reached = (): Kept => ({
    tally: merge.tally(),
    bytes: before.bytes + sink.size(),
    reportBytes: before.reportBytes + lines.size(),
  });
  const flush = (): void => {
    sink.flush();
    lines.flush();
    out.sync();
    report?.sync();
  };
  const keep = (): void => {
    flush();
    keepMerge(parts.files, about, reached());
  };
  return { merge, keep, flush, reached };
}

type Running = Readonly<{
  merge: Merge;
  pieces: Pieces;
  keep: () => void;
  size: number;
  heard: (progress: MergeProgress) => void;
  stop: AbortSignal;
}>;

/** Piece by piece, with a breath between two, so that a key or a signal is heard. False where it was stopped. */
async function run(parts: IncidentParts, running: Running): Promise<boolean> {
  const { merge, keep, pieces, size, heard, stop } = running;
  const { clock } = parts.world;
  const begun = clock.now();
  let [read, keptAt] = [0, begun];
  for (const piece of pieces()) {
    merge.push(piece);
    read += piece.length;
    const now = clock.now();
    if (now - keptAt >= KEEP_MS) {
      keep();
      keptAt = now;
    }
    heard({ ...merge.tally(), read, size, msSpent: now - begun });
    await breath();
    if (merge.full()) break;
    if (stop.aborted) return false;
  }
  // The end of the file is written behind what is kept: a run that goes on from there writes it anew.
  keep();
  merge.end();
  return true;
}

const breath = async (): Promise<void> =>
  await new Promise((resolve) => {
    setImmediate(resolve);
  });

/** The list, from its beginning each time it is asked for. */
type Pieces = () => Iterable<Uint8Array>;

/** The word for the list that was counted in this incident: it lies sealed in the journal. A file of that name is `./scope`. */
const SCOPE = 'scope';

function piecesFor(parts: IncidentParts, list: string): Pieces {
  if (list !== SCOPE) return () => piecesOf(list);
  return () => {
    const found = recipientsOf(parts);
    if (found === null)
      throw new Problem('usage', {
        why: 'nobody has been counted yet: firebreak scope count makes the list',
      });
    return found;
  };
}

const headOf = (pieces: Pieces): Uint8Array => {
  for (const piece of pieces()) return Uint8Array.from(piece.subarray(0, HEAD));
  return new Uint8Array();
};

const versionsOf = ({ versions }: Batch): Readonly<Record<string, string>> =>
  Object.fromEntries([...versions].map(([language, { sha256 }]) => [language, sha256]));

/**
 * The letter in every language in which somebody has let it go, word for word as it was then. A trial is written from the facts of now,
 * in every language there is.
 */
function batchOf(parts: IncidentParts, asked: MergeAsked, now: Instant) {
  const { company, letters } = parts.frozen;
  const found = letters[asked.letter];
  if (found === undefined) throw new Problem('not-found', { what: 'letter', id: asked.letter });
  const variables = found.source.recipient ?? [];
  const versions = new Map(
    Object.keys(found.templates).flatMap((language): readonly (readonly [string, Version])[] => {
      const version =
        asked.trial === null
          ? releasedVersion(parts, asked.letter, language)
          : trialOf(parts, asked, language, now);
      return version === null ? [] : [[language, version]];
    }),
  );
  if (versions.size === 0)
    throw new Problem('letter-not-released', { letter: asked.letter, why: whyNot(parts, asked) });
  if (!versions.has(asked.language))
    throw new Problem('not-found', {
      what: `${asked.letter} in the language`,
      id: asked.language,
      near: [...versions.keys()].join(', '),
    });
  const batch: Batch = {
    incident: parts.id,
    letter: asked.letter,
    organisation: company.organisation.legal_name ?? company.organisation.name,
    from: asked.from,
    drill: parts.ledger.state().drill,
    date: formatMailDate(now).replace('GMT', '+0000'),
    names: variables.map(({ id }) => id),
    versions,
  };
  return { batch, variables };
}

function releasedVersion(parts: IncidentParts, letter: string, language: string): Version | null {
  const released = releasedLetter(parts.ledger.state(), letter, language);
  if (released === null) return null;
  const { draft, page } = personalLetter(inputFor(parts, letter, language, released.at));
  return draft.sha256 === released.sha256 ? { subject: draft.subject, page, sha256: draft.sha256 } : null;
}

function trialOf(parts: IncidentParts, { letter }: MergeAsked, language: string, now: Instant): Version {
  const { draft, page } = personalLetter(inputFor(parts, letter, language, now), true);
  const subject =
    draft.stamp === 'DRILL' ? draft.subject : `${stampWord(language, 'DRAFT')}: ${draft.subject}`;
  return { subject, page, sha256: draft.sha256 };
}

const whyNot = (parts: IncidentParts, { letter, language }: MergeAsked): string =>
  releasedLetter(parts.ledger.state(), letter, language) === null
    ? 'letters to people leave only in words that a named person has let go'
    : 'its words have changed since it was released: a fact in it is another one now';

async function record(
  parts: IncidentParts,
  asked: MergeAsked,
  batch: Batch,
  whole: Omit<MergeReport, 'finished' | 'out' | 'report'>,
  listSha256: string,
): Promise<void> {
  const { rows, written, rejected, duplicates, bytes, sha256 } = whole;
  await parts.ledger.append([
    {
      kind: 'letters.merged',
      pub: {
        letter: asked.letter,
        format: asked.format,
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
