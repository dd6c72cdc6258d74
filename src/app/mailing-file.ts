import { sha256Hex } from '../base/hash.ts';
import { Problem } from '../base/problem.ts';
import type { IncidentState } from '../incident/state.ts';
import { piecesOf, sumOf } from '../io/growing.ts';
import { headOf, type MailingHead } from '../letters/mail/mailing.ts';
import type { IncidentParts } from './parts.ts';

type Merged = IncidentState['mailings'] extends ReadonlyMap<string, infer One> ? One : never;

/** A mailing that a merge of this incident wrote. `pieces` are the very bytes that were compared with the journal. */
export type MailingFile = Readonly<{
  path: string;
  merged: Merged;
  head: MailingHead;
  pieces: () => Iterable<Uint8Array>;
}>;

/**
 * Only what the journal names may leave, so the file is known by its hash; and because it is read again while it is sent, each of its
 * pieces is.
 * @throws Problem `not-found` for a file that is not recorded, `usage` for one of another form, `invalid-file`
 */
export function openMailing({ ledger, id }: IncidentParts, path: string): MailingFile {
  const sums: string[] = [];
  const { sha256 } = sumOf(
    noted(piecesOf(path), (piece) => {
      sums.push(sha256Hex(piece));
    }),
  );
  const merged = ledger.state().mailings.get(sha256);
  if (merged === undefined)
    throw new Problem('not-found', {
      what: 'merge of this incident that wrote',
      id: path,
      why: `the journal knows no file with sha256 ${sha256}: it was changed since, or is of another incident`,
      next: 'merge again: firebreak letters merge',
    });
  if (merged.format !== 'jsonl')
    throw new Problem('usage', {
      why: `${path} is ${merged.format}: letters are sent from JSON Lines`,
      next: `firebreak letters merge ${merged.letter} --recipients LIST --out letters.jsonl`,
    });
  const pieces = (): Iterable<Uint8Array> => compared(path, sums);
  const head = headOf(path, pieces());
  if (head.incident !== id || head.letter !== merged.letter)
    throw new Problem('invalid-file', { file: path, line: '1', why: 'it names another incident or letter' });
  return { path, merged, head, pieces };
}

function* noted(pieces: Iterable<Uint8Array>, note: (piece: Uint8Array) => void): Generator<Uint8Array> {
  for (const piece of pieces) {
    note(piece);
    yield piece;
  }
}

function* compared(path: string, sums: readonly string[]): Generator<Uint8Array> {
  let at = 0;
  for (const piece of piecesOf(path)) {
    if (sha256Hex(piece) !== sums[at])
      throw new Problem('usage', {
        why: `${path} was changed while it was read; nothing more of it is sent`,
      });
    at += 1;
    yield piece;
  }
}
