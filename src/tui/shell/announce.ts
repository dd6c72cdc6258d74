import { textOf, type Line } from '../parts/line.ts';

/**
 * What a screen reader has not heard yet: of a new screen everything, of the same screen the lines that were not there
 * before. Lines that change by themselves are read with the screen and not again.
 */
export const announce = (
  before: readonly Line[],
  after: readonly Line[],
  sameScreen: boolean,
): readonly string[] => {
  const heard = sameScreen ? new Set(before.map(textOf)) : new Set<string>();
  return after
    .filter((row) => !(sameScreen && row.quiet === true) && !heard.has(textOf(row)))
    .map((row) => textOf(row).trimEnd())
    .filter((text) => text !== '');
};
