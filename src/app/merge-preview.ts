import { sniffCsv } from '../base/csv/sniff.ts';
import { merging, nothingYet } from '../letters/merge/merge.ts';
import { readerOf } from '../letters/merge/reader.ts';
import { outOf } from '../letters/merge/out.ts';
import { limits } from '../model/limits.ts';
import { drillPath } from './drill-path.ts';
import type { MergeAsked, MergePreview } from './merge-contract.ts';
import { earlierMerge, isFinished } from './merge-state.ts';
import { batchOf } from './merge-batch.ts';
import { breath, headOf, piecesFor, wantedOf } from './merging.ts';
import type { IncidentParts } from './parts.ts';

/** Of each kind of row so many are shown: a shifted column is seen in the first. */
const SHOWN = 5;
const BAD_SHOWN = 20;

/** Reads the list as the merge would, and writes nothing. @throws Problem as the merge itself */
export async function previewMerge(parts: IncidentParts, wanted: MergeAsked): Promise<MergePreview> {
  parts.ledger.refresh();
  const asked = parts.ledger.state().drill ? { ...wanted, out: drillPath(wanted.out) } : wanted;
  const { batch, variables } = batchOf(parts, asked, parts.world.clock.now());
  const pieces = piecesFor(parts, asked.list);
  const greeting = variables.findIndex(({ id }) => id === 'salutation');
  const [first, bad]: [MergePreview['first'][number][], MergePreview['bad'][number][]] = [[], []];
  const merge = merging({
    list: asked.list,
    ...sniffCsv(headOf(pieces)),
    variables,
    wanted: wantedOf(asked, batch),
    form: {
      begin: '',
      end: '',
      write: (_out, passing) => {
        if (first.length >= SHOWN) return;
        const { line, address, language, values } = readerOf(passing);
        first.push({ line, to: address, language, salutation: values[greeting] ?? null });
      },
    },
    out: outOf(() => undefined, SMALL),
    onRejected: (one) => {
      if (bad.length < BAD_SHOWN) bad.push(one);
    },
    before: nothingYet,
  });
  let [read, whole] = [0, true];
  for (const piece of pieces()) {
    merge.push(piece);
    read += piece.length;
    await breath();
    if (read < limits.mergePreviewBytesMax) continue;
    whole = false;
    break;
  }
  if (whole) merge.end();
  return { tally: merge.tally(), whole, first, bad, out: asked.out, before: standsAt(parts, asked) };
}

const SMALL = 4096;

function standsAt({ files }: IncidentParts, asked: MergeAsked): MergePreview['before'] {
  if (isFinished(files, asked.out)) return { is: 'finished' };
  const earlier = earlierMerge(files, { ...asked, resume: true });
  if (earlier === null) return { is: 'nothing' };
  const { rows, written } = earlier.tally;
  return { is: 'unfinished', rows, written };
}
