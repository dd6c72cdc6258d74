import { Buffer } from 'node:buffer';
import { kindOf, ODD, type Kind } from '../../base/csv/kind.ts';
import { fieldText, fillText, isEmpty, type Field } from './field.ts';

/** Any word that a salutation does not hold. */
const MARK = 'Zq0Xy';
/** Bytes of a salutation that is put together from bytes. */
const ROOM = 4096;

type Around = Readonly<{ before: Buffer; after: Buffer; kind: Kind }>;

/**
 * Fills the salutation of one reader. What stands before and after a name is asked once a language, and most names are bytes that go
 * between the two as they are.
 */
export function greeting(
  salutation: (language: string, name: string) => string,
): (value: Field, language: string, name: Field) => void {
  const known = new Map<string, Around | null>();
  const room = Buffer.alloc(ROOM);
  const aroundIn = (language: string): Around | null => {
    const found = known.get(language);
    if (found !== undefined) return found;
    const text = salutation(language, MARK);
    const [before = '', after, ...more] = text.split(MARK);
    const kind = kindOf(text);
    const made =
      after === undefined || more.length > 0 || (kind & ODD) !== 0
        ? null
        : { before: Buffer.from(before, 'utf8'), after: Buffer.from(after, 'utf8'), kind };
    known.set(language, made);
    return made;
  };
  return (value, language, name) => {
    const around = isEmpty(name) || name.own !== null ? null : aroundIn(language);
    if (around === null || name.to - name.from + around.before.length + around.after.length > ROOM)
      return fillText(value, salutation(language, fieldText(name)));
    const { before, after, kind } = around;
    room.set(before);
    let at = before.length;
    // A loop is faster than a call for what is as short as a name.
    for (let i = name.from; i < name.to; i++, at++) room[at] = name.bytes[i] ?? 0;
    room.set(after, at);
    at += after.length;
    value.bytes = room;
    value.from = 0;
    value.to = at;
    value.kind = kind | name.kind;
    value.own = null;
  };
}
