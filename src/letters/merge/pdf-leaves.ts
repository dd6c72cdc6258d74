import { SetError, type Typesetter } from '../../io/typeset.ts';
import type { Instant } from '../../base/instant.ts';
import { blocks, readBlocks } from '../blocks.ts';
import type { PageLetter } from '../papers/document.ts';
import { pdfOf } from '../papers/pdf.ts';
import { each, of, type Batch } from './forms.ts';
import type { Leaf, Leaves } from './leaf.ts';
import { fillFor, pageFor, shapesOf } from './shapes.ts';

/** What stands around the words of every letter on paper. */
export type OnPaper = Readonly<{ reference: string; at: Instant; page: PageLetter['page'] }>;

/** Sets letters in their order, here or in several threads. */
export type Setting = (letters: readonly PageLetter[]) => Promise<readonly Leaf[]>;

/** A tagged PDF each. */
export function pdfLeaves(batch: Batch, about: OnPaper, set: Setting): Leaves {
  const marks = each(batch, ({ subject, watermark, stamp }) => ({ subject, watermark, stamp }));
  const shapes = each(batch, ({ page }) => shapesOf(batch.names, (personal) => page(blocks, personal)));
  return async (readers) =>
    await set(
      readers.map((reader) => ({
        ...about,
        letter: batch.letter,
        sender: batch.organisation,
        to: null,
        language: reader.language,
        ...of(marks, reader),
        body: readBlocks(pageFor(of(shapes, reader), fillFor(blocks, reader.values))),
      })),
    );
}

/** One letter; where the typesetter cannot set it that is said of it, and the next one is not touched by that. */
export function setOne(typesetter: Typesetter, letter: PageLetter): Leaf {
  try {
    const { bytes, missing } = pdfOf(typesetter, letter);
    return { bytes, missing };
  } catch (error) {
    if (error instanceof SetError) return { why: `it cannot be set: ${error.message.slice(0, 300)}` };
    throw error;
  }
}
