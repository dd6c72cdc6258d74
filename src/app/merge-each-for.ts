import { assert } from '../base/assert.ts';
import { folderAt } from '../io/folder.ts';
import { piecesOf } from '../io/growing.ts';
import type { Instant } from '../base/instant.ts';
import type { Batch } from '../letters/merge/forms.ts';
import type { LeafId, Leaves } from '../letters/merge/leaf.ts';
import { eachOf, inFolder, inZip, listedIn, type Each, type EachPlace } from './merge-each.ts';
import type { MergeAsked } from './merge-contract.ts';
import type { Output, Outputs } from './merge-outputs.ts';
import { indexPath, type Kept } from './merge-state.ts';
import { pageOf } from './papers.ts';
import type { IncidentParts } from './parts.ts';

type About = Readonly<{
  batch: Batch;
  before: Kept;
  outputs: Outputs;
  now: Instant;
  tell: (line: number, why: string) => void;
}>;

/** The letters of this merge as a file each. What makes them is loaded where they are wanted. */
export async function eachFor(
  parts: IncidentParts,
  asked: MergeAsked,
  { batch, before, outputs, now, tell }: About,
): Promise<Each | null> {
  const { format } = asked;
  if (format.is === 'stream') return null;
  const { index } = outputs;
  const path = indexPath(asked);
  assert(index !== null && path !== null, 'letters that are a file each have a list');
  return eachOf({
    each: format.each,
    ...(await leavesFor(parts, format.each, batch, now)),
    place: placeFor(asked.out, format.each, outputs.letters, path),
    index,
    drill: batch.drill,
    listed: before.indexBytes > 0 && format.is === 'files' ? listedIn(piecesOf(path)) : [],
    before: { written: before.tally.written, replaced: before.replaced },
    onMissing: (line, missing) =>
      tell(line, `its letter is written, and shows ${missing.map(shown).join(' ')}: no font has it`),
  });
}

const shown = (char: string): string => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;

function placeFor(out: string, each: LeafId, zip: Output | null, index: string): EachPlace {
  // A PDF is packed already.
  if (zip !== null) return inZip(zip, each !== 'pdf');
  return inFolder(folderAt(out), function* names() {
    for (const { name } of listedIn(piecesOf(index))) yield name;
  });
}

/** `close` ends what makes them. */
type Making = Readonly<{ leaves: Leaves; close: () => Promise<void> }>;

async function leavesFor(parts: IncidentParts, each: LeafId, batch: Batch, now: Instant): Promise<Making> {
  if (each !== 'pdf') {
    const leaves = (await import('../letters/merge/leaves.ts')).leavesOf(each, batch);
    return { leaves, close: async () => await Promise.resolve() };
  }
  const { pdfLeaves } = await import('../letters/merge/pdf-leaves.ts');
  const { settingOf } = await import('../letters/merge/setting.ts');
  const about = { reference: parts.ledger.state().codename, at: now, page: pageOf(parts) };
  const { set, close } = settingOf(parts.typesetter());
  return { leaves: pdfLeaves(batch, about, set), close };
}
