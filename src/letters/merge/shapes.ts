import type { Shown, Sink } from '../sinks.ts';
import type { Personal } from '../draft.ts';

/**
 * A letter cut into what is the same for everybody and the places where readers differ. The cuts are found in the letter itself:
 * it is rendered by Handlebars with a mark in each place, once for every combination of places that are filled, and
 * split at the marks. So what is written is, byte for byte, what Handlebars renders for that reader.
 */
export type Shape = Readonly<{
  /** One more than there are places: the words before, between and after them. */
  words: readonly string[];
  /** Which variable stands in each place, by its position in the list of names. */
  places: readonly number[];
}>;

export type Shapes = Readonly<{
  names: readonly string[];
  /** The shape of the letter for a reader, by which of the variables have a text. Made when it is first asked for. */
  of: (filled: number) => Shape;
}>;

/** `render` prints the page for one reader; it must be a function of the values alone. */
export function shapesOf(names: readonly string[], render: (personal: Personal) => string): Shapes {
  const known = new Map<number, Shape>();
  const mark = markFor(render(new Map(names.map((name) => [name, null]))));
  return {
    names,
    of(filled) {
      const found = known.get(filled) ?? shapeOf(names, filled, mark, render);
      known.set(filled, found);
      return found;
    },
  };
}

/** A word that the letter does not hold and that no form changes: letters and digits, neither at the edge of a line alone. */
function markFor(page: string): string {
  for (let i = 0; ; i++) {
    const mark = `Zq${i}Xy`;
    if (!page.toLowerCase().includes(mark.toLowerCase())) return mark;
  }
}

function shapeOf(
  names: readonly string[],
  filled: number,
  mark: string,
  render: (personal: Personal) => string,
): Shape {
  const values = names.map((name, i): [string, Shown | null] => [
    name,
    (filled & (1 << i)) === 0 ? null : { is: 'text', text: `${mark}${i}${mark}` },
  ]);
  const parts = render(new Map(values)).split(new RegExp(`${mark}(\\d+)${mark}`));
  return {
    words: parts.filter((_, i) => i % 2 === 0),
    places: parts.filter((_, i) => i % 2 === 1).map(Number),
  };
}

/** One reader's values as a form shows them, and which of them there are. */
export type Filled = Readonly<{ filled: number; texts: readonly string[] }>;

/** What stands in one line keeps to it, and nothing that is not seen stands at its ends: so no form changes what is around it. */
export const inOneLine = (text: string): string =>
  UNEVEN.test(text) ? text.replaceAll(/\s+/g, ' ').trim() : text;
const UNEVEN = /\s\s|[^\S ]|^\s|\s$/;

export function fillFor(sink: Sink, values: readonly (string | null)[]): Filled {
  let filled = 0;
  const texts = values.map((value, i) => {
    const text = value === null ? '' : sink.inline({ is: 'text', text: inOneLine(value) });
    if (text !== '') filled |= 1 << i;
    return text;
  });
  return { filled, texts };
}

/** The page of one reader, as one text. */
export function pageFor(shapes: Shapes, { filled, texts }: Filled): string {
  const { words, places } = shapes.of(filled);
  let page = words[0] ?? '';
  for (let i = 0; i < places.length; i++) page += (texts[places[i] ?? 0] ?? '') + (words[i + 1] ?? '');
  return page;
}
