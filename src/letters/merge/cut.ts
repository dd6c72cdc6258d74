import { Buffer } from 'node:buffer';
import type { Sink } from '../sinks.ts';
import { ASCII, kindOf, MARKUP, OTHER, type Kind } from './kind.ts';
import { fillFor, type Shape, type Shapes } from './shapes.ts';
import type { Out } from './out.ts';

/** A letter in bytes, ready to be written for one reader after the other. `write` is the hot loop of a merge. */
export interface Cut {
  /** `kinds`: what the values are made of, where that is known. */
  write(out: Out, values: readonly (string | null)[], kinds?: readonly Kind[]): void;
}

/** How a form changes the words of a letter and the text in a place, knowing what stands around it. */
export type Around = Readonly<{
  words: (words: string, isFirst: boolean) => string;
  /** `null` where nothing of that kind can happen: the text is then written as the sink made it. */
  place:
    | ((text: string, around: Readonly<{ before: string; after: string; first: boolean }>) => string)
    | null;
  /** False of a text that `place` leaves as it is wherever it stands. */
  touches: (text: string) => boolean;
}>;

export const asItIs: Around = { words: (words) => words, place: null, touches: () => false };

type Bytes = Readonly<{ shape: Shape; words: readonly Uint8Array[] }>;

/** `escape`: what the sink does with signs of markup in a text that has nothing else that it changes; null where it leaves them. */
export function cut(
  sink: Sink,
  escape: ((text: string) => string) | null,
  shapes: Shapes,
  around: Around = asItIs,
): Cut {
  const known = new Map<number, Bytes>();
  const bytesOf = (filled: number): Bytes => {
    const found = known.get(filled);
    if (found !== undefined) return found;
    const shape = shapes.of(filled);
    const words = shape.words.map((one, i) => Buffer.from(around.words(one, i === 0), 'utf8'));
    const made = { shape, words };
    known.set(filled, made);
    return made;
  };
  const texts: string[] = shapes.names.map(() => '');
  const ascii: boolean[] = shapes.names.map(() => false);
  const fill = (values: readonly (string | null)[], kinds: readonly Kind[] | undefined): number => {
    let filled = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? '';
      const kind = kinds?.[i] ?? kindOf(value);
      const text =
        kind === OTHER
          ? value === ''
            ? ''
            : (fillFor(sink, [value]).texts[0] ?? '')
          : escape !== null && (kind & MARKUP) !== 0
            ? escape(value)
            : value;
      texts[i] = text;
      ascii[i] = (kind & ASCII) === ASCII;
      if (text !== '') filled |= 1 << i;
    }
    return filled;
  };
  return {
    write(out, values, kinds) {
      const { shape, words } = bytesOf(fill(values, kinds));
      out.bytes(words[0] ?? EMPTY);
      for (let i = 0; i < shape.places.length; i++) {
        const which = shape.places[i] ?? 0;
        const text = texts[which] ?? '';
        const quoted =
          around.place === null || !around.touches(text)
            ? text
            : around.place(text, {
                before: shape.words[i] ?? '',
                after: shape.words[i + 1] ?? '',
                first: i === 0,
              });
        out.text(quoted, ascii[which] ?? false);
        out.bytes(words[i + 1] ?? EMPTY);
      }
    },
  };
}

const EMPTY = new Uint8Array();
