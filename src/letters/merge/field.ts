import { Buffer } from 'node:buffer';
import { textIn, type Cells } from '../../base/csv/cells.ts';
import { isAscii, kindOf, ODD, type Kind } from '../../base/csv/kind.ts';
import type { Out } from './out.ts';
import { inOneLine } from './shapes.ts';

/**
 * A text of one reader: bytes of the list as they lie there, or, where something had to be done to them, words of its own. It is filled
 * anew for each row, so that a million readers make no garbage.
 */
export type Field = { bytes: Buffer; from: number; to: number; kind: Kind; own: string | null };

const NOTHING = Buffer.alloc(0);

export const emptyField = (): Field => ({ bytes: NOTHING, from: 0, to: 0, kind: 0, own: null });

/** A cell in one line. Nearly all are, and stay where they are. */
export function fillCell(field: Field, cells: Cells, at: number | null): void {
  field.own = null;
  if (at === null) {
    field.to = field.from;
    field.kind = 0;
    return;
  }
  field.bytes = cells.bytes;
  field.from = cells.from[at] ?? 0;
  field.to = cells.to[at] ?? 0;
  field.kind = cells.kinds[at] ?? 0;
  if ((field.kind & ODD) !== 0)
    fillText(field, inOneLine(textIn(field.bytes, field.from, field.to, field.kind)));
}

export function fillText(field: Field, text: string): void {
  field.own = text;
  field.kind = kindOf(text);
}

export const fieldText = ({ own, bytes, from, to, kind }: Field): string =>
  own ?? textIn(bytes, from, to, kind);

export const isEmpty = ({ own, from, to }: Field): boolean => (own === null ? from === to : own === '');

/** As it is. */
export const writeField = (out: Out, { own, bytes, from, to, kind }: Field): void =>
  own === null ? out.part(bytes, from, to) : out.text(own, isAscii(kind));

/** UTF-16 units of it, where there are more than `max`; else null. */
export const longerThan = (field: Field, max: number): number | null => {
  // No text has more units than bytes.
  if (field.own === null && field.to - field.from <= max) return null;
  const { length } = fieldText(field);
  return length > max ? length : null;
};

/** Of a text that comes from nowhere in a list. */
export const fieldOf = (text: string): Field => {
  const bytes = Buffer.from(text, 'utf8');
  return { bytes, from: 0, to: bytes.length, kind: kindOf(text), own: null };
};
