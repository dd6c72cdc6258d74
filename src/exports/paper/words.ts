import { visible } from '../../base/text.ts';
import { directionOf, settable } from '../../letters/papers/settable.ts';
import { piecesOf } from '../../letters/papers/words.ts';

/** Words as our pages want them: pieces that a line may end between, each run with what it is and which way it reads. */
export type Words = readonly string[];
export type Run = Readonly<{
  is: 'plain' | 'strong' | 'dim' | 'alarm';
  words: Words;
  turn: readonly [language: string, rightToLeft: boolean] | null;
}>;
export type Lines = readonly Run[];

/** What could act or hide is shown, what no font has as well. */
export const words = (text: string): Words => piecesOf(settable(visible(text)).text);

export const run = (is: Run['is'], text: string): Run => {
  const found = directionOf(visible(text));
  const turn = found === null || !found.rtl ? null : ([found.language ?? 'ar', true] as const);
  return { is, words: words(text), turn };
};

/** Foreign text of several lines stays in one paragraph. */
export const lines = (is: Run['is'], text: string): Lines =>
  text === '' ? [] : text.split(/\r\n|\n|\r/).map((line) => run(is, line));

/** On one line, and cut where it is longer. */
export const short = (text: string, most: number): string => {
  const chars = Array.from(text.replaceAll(/\s+/g, ' '));
  return chars.length <= most ? chars.join('') : `${chars.slice(0, most - 1).join('')}…`;
};

/** A running head has one line. */
export const HEAD_LENGTH = 110;
const NAME_LENGTH = 240;

/** A heading is no page: the whole of a long title stands in the row that opened the incident. */
export const heading = (text: string): string =>
  text.length <= NAME_LENGTH ? text : short(text, NAME_LENGTH);
