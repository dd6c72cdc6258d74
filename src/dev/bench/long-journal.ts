import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openCopy } from '../../journal/copy.ts';
import { makeJournal, open, sealed } from './journals.ts';

/** A long journal, and its leaves one after the other in a file for programs that only read bytes. */
export type LongJournal = Readonly<{
  path: string;
  leaves: string;
  entries: number;
  leafBytes: number;
  fileBytes: number;
  checkpoints: number;
  sealed: number;
  seconds: number;
}>;

/** As bulk work writes them: so many share a transaction, and with it a checkpoint. */
const TOGETHER = 1000;
/** Of ten entries one holds what is private. */
const SEALED_EACH = 10;

export function makeLongJournal(folder: string, entries: number): LongJournal {
  const path = join(folder, `journal-${entries}.sqlite`);
  const from = process.hrtime.bigint();
  const journal = makeJournal(path);
  let [checkpoints, fields] = [1, 0];
  for (let n = journal.size(); n < entries;) {
    const count = Math.min(TOGETHER, entries - n);
    const drafts = Array.from({ length: count }, (_, i) => ((n + i) % SEALED_EACH === 0 ? sealed : open));
    journal.appendNow(drafts);
    checkpoints += 1;
    fields += drafts.filter((draft) => draft === sealed).length;
    // One more where the key of an epoch was changed in front of them.
    n = journal.size();
  }
  const size = journal.size();
  journal.close();
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  const leaves = join(folder, `leaves-${entries}`);
  const leafBytes = writeLeaves(path, leaves);
  return {
    path,
    leaves,
    entries: size,
    leafBytes,
    fileBytes: statSync(path).size,
    checkpoints,
    sealed: fields,
    seconds,
  };
}

function writeLeaves(path: string, to: string): number {
  const copy = openCopy(path);
  const file = openSync(to, 'wx', 0o600);
  let bytes = 0;
  try {
    for (let from = 0; from < copy.size; from += TOGETHER) {
      bytes += writeSync(file, Buffer.concat(copy.leaves(from, from + TOGETHER)));
    }
  } finally {
    closeSync(file);
    copy.close();
  }
  return bytes;
}
