import { sha256Hex } from '../base/hash.ts';
import { Problem } from '../base/problem.ts';
import type { IncidentState } from '../incident/state.ts';
import { identityOf, piecesOf, sumOf } from '../io/growing.ts';
import { headOf, lettersOf, type MailingHead, type MailLetter } from '../letters/mail/mailing.ts';
import { SENT_AS } from './merge-contract.ts';
import type { IncidentParts } from './parts.ts';

type Merged = IncidentState['mailings'] extends ReadonlyMap<string, infer One> ? One : never;

/** A mailing that a merge of this incident wrote. */
export type MailingFile = Readonly<{
  path: string;
  merged: Merged;
  head: MailingHead;
  /** The letters that are wanted by number, from the very bytes that were compared with the journal. What stands before them is not read. */
  letters: (wanted: (n: number) => boolean) => Iterable<MailLetter>;
}>;

/**
 * Only what the journal names may leave, so the whole file is known by its hash before anything does; and because it is read again
 * while it is sent, each of its pieces is.
 * @throws Problem `not-found` for a file that is not recorded, `usage` for one of another form, `invalid-file`
 */
export function openMailing({ ledger, id, journal }: IncidentParts, path: string): MailingFile {
  const read = readThrough(journal, path);
  const { sha256 } = read;
  const merged = ledger.state().mailings.get(sha256);
  if (merged === undefined)
    throw new Problem('not-found', {
      what: 'merge of this incident that wrote',
      id: path,
      why: `the journal knows no file with sha256 ${sha256}: it was changed since, or is of another incident`,
      next: 'merge again: firebreak letters merge',
    });
  if (merged.format !== SENT_AS)
    throw new Problem('usage', {
      why: `${path} is ${merged.format}: letters are sent from JSON Lines`,
      next: `firebreak letters merge ${merged.letter} --recipients LIST --out letters.jsonl`,
    });
  const head = headOf(path, compared(read, 0));
  if (head.incident !== id || head.letter !== merged.letter)
    throw new Problem('invalid-file', { file: path, line: '1', why: 'it names another incident or letter' });
  return { path, merged, head, letters: (wanted) => lettersIn(read, merged.written, wanted) };
}

/** One piece of a file that was read: its hash, where it begins, and how many lines have ended before it. */
type Piece = Readonly<{ sha256: string; at: number; lines: number }>;
type ReadFile = Readonly<{ path: string; identity: string; sha256: string; pieces: readonly Piece[] }>;

/** The file that was read last for each journal: shown, agreed to and sent, it is hashed once as long as nobody touches it. */
const lastRead = new WeakMap<IncidentParts['journal'], ReadFile>();

function readThrough(journal: IncidentParts['journal'], path: string): ReadFile {
  const identity = identityOf(path);
  const before = lastRead.get(journal);
  if (before?.path === path && before.identity === identity) return before;
  const pieces: Piece[] = [];
  const { sha256 } = sumOf(noted(piecesOf(path), pieces));
  const read = { path, identity, sha256, pieces };
  // Changed while it was read: the next look reads it anew.
  if (identityOf(path) === identity) lastRead.set(journal, read);
  return read;
}

function* noted(bytes: Iterable<Uint8Array>, pieces: Piece[]): Generator<Uint8Array> {
  let [at, lines] = [0, 0];
  for (const piece of bytes) {
    pieces.push({ sha256: sha256Hex(piece), at, lines });
    at += piece.length;
    lines += endsIn(piece);
    yield piece;
  }
}

const NEWLINE = 0x0a;

const endsIn = (piece: Uint8Array): number => {
  let count = 0;
  for (let at = piece.indexOf(NEWLINE); at !== -1; at = piece.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
};

function* lettersIn(
  read: ReadFile,
  written: number,
  wanted: (n: number) => boolean,
): Generator<MailLetter, void> {
  let from = 1;
  while (from <= written && !wanted(from)) from += 1;
  if (from > written) return;
  const first = read.pieces.findLastIndex(({ lines }) => lines < from);
  const skipped = behind(compared(read, first), from - (read.pieces[first]?.lines ?? 0));
  yield* lettersOf(read.path, skipped, { from, wanted });
}

/** What follows so many ends of lines. */
function* behind(pieces: Iterable<Uint8Array>, ends: number): Generator<Uint8Array> {
  let left = ends;
  for (const piece of pieces) {
    let at = 0;
    for (; left > 0; left -= 1) {
      const end = piece.indexOf(NEWLINE, at);
      if (end === -1) break;
      at = end + 1;
    }
    if (left === 0) yield piece.subarray(at);
  }
}

/** The bytes from a piece on, each piece as it was when the whole was hashed. */
function* compared({ path, pieces }: ReadFile, first: number): Generator<Uint8Array> {
  let index = first;
  for (const piece of piecesOf(path, undefined, pieces[first]?.at ?? 0)) {
    if (sha256Hex(piece) !== pieces[index]?.sha256)
      throw new Problem('usage', {
        why: `${path} was changed while it was read; nothing more of it is sent`,
      });
    index += 1;
    yield piece;
  }
}
