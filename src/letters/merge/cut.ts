import { Buffer } from 'node:buffer';
import { isAscii, kindOf, MARKUP, ODD } from '../../base/csv/kind.ts';
import type { Sink } from '../sinks.ts';
import { fieldText, isEmpty, type Field } from './field.ts';
import type { Out } from './out.ts';
import { fillFor, type Shape, type Shapes } from './shapes.ts';

/** A letter in bytes, ready to be written for one reader after the other. `write` is the hot loop of a merge. */
export interface Cut {
  write(out: Out, values: readonly Field[]): void;
}

/** How a form changes the words of a letter and the text in a place, knowing what stands around it. */
export type Around = Readonly<{
  words: (words: string, isFirst: boolean) => string;
  /** `null` where nothing of that kind can happen: the text is then written as the sink made it. */
  place:
    | ((text: string, around: Readonly<{ before: string; after: string; first: boolean }>) => string)
    | null;
  /** False of the first character of a text that `place` leaves as it is wherever it stands. */
  touches: (first: number) => boolean;
}>;

export const asItIs: Around = { words: (words) => words, place: null, touches: () => false };

type Bytes = Readonly<{ shape: Shape; words: readonly Uint8Array[] }>;
type Escape = ((text: string) => string) | null;

/** `escape`: what the sink does with signs of markup in a text that has nothing else that it changes; null where it leaves them. */
export function cut(sink: Sink, escape: Escape, shapes: Shapes, around: Around = asItIs): Cut {
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
  const entities = escape === null ? null : entitiesOf(escape);
  const sunk = sunkFor(sink, escape, shapes.names.length);
  const { place, touches } = around;
  return {
    write(out, values) {
      const { shape, words } = bytesOf(sunk.fill(values));
      const { places } = shape;
      out.bytes(words[0] ?? EMPTY);
      for (let i = 0; i < places.length; i++) {
        const which = places[i] ?? 0;
        const value = values[which];
        if (value === undefined) continue;
        const text = sunk.texts[which] ?? null;
        const first = text === null ? (value.bytes[value.from] ?? 0) : text.charCodeAt(0);
        if (place !== null && touches(first)) {
          const beside = { before: shape.words[i] ?? '', after: shape.words[i + 1] ?? '', first: i === 0 };
          out.text(place(text ?? fieldText(value), beside), false);
        } else if (text !== null) out.text(text, sunk.ascii[which] ?? false);
        else if (entities !== null && (value.kind & MARKUP) !== 0) escaped(out, value, entities);
        else out.part(value.bytes, value.from, value.to);
        out.bytes(words[i + 1] ?? EMPTY);
      }
    },
  };
}

/** `texts`: of each value what the sink made of it, null where its bytes are written; `ascii`: whether that is ASCII. */
type Sunk = Readonly<{
  texts: readonly (string | null)[];
  ascii: readonly boolean[];
  /** Which of the values have a text. */
  fill: (values: readonly Field[]) => number;
}>;

function sunkFor(sink: Sink, escape: Escape, count: number): Sunk {
  const texts: (string | null)[] = Array.from({ length: count }, () => null);
  const ascii: boolean[] = texts.map(() => false);
  const fill = (values: readonly Field[]): number => {
    let filled = 0;
    for (let i = 0; i < count; i++) {
      const value = values[i];
      texts[i] = null;
      if (value === undefined || isEmpty(value)) continue;
      const { kind, own } = value;
      if ((kind & ODD) !== 0) {
        const text = fillFor(sink, [fieldText(value)]).texts[0] ?? '';
        texts[i] = text;
        ascii[i] = isAscii(kindOf(text));
        if (text === '') continue;
      } else if (own !== null) {
        texts[i] = escape !== null && (kind & MARKUP) !== 0 ? escape(own) : own;
        ascii[i] = isAscii(kind);
      }
      filled |= 1 << i;
    }
    return filled;
  };
  return { texts, ascii, fill };
}

const EMPTY = new Uint8Array();

/** What stands for each byte of ASCII; null where it stands for itself. */
const entitiesOf = (escape: (text: string) => string): readonly (Uint8Array | null)[] =>
  Array.from({ length: 256 }, (_, byte) => {
    const char = String.fromCharCode(byte);
    return byte >= 128 || escape(char) === char ? null : Buffer.from(escape(char), 'latin1');
  });

function escaped(out: Out, { bytes, from, to }: Field, entities: readonly (Uint8Array | null)[]): void {
  let begin = from;
  for (let at = from; at < to; at++) {
    const entity = entities[bytes[at] ?? 0] ?? null;
    if (entity === null) continue;
    out.part(bytes, begin, at);
    out.bytes(entity);
    begin = at + 1;
  }
  out.part(bytes, begin, to);
}
