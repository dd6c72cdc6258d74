import stringWidth from 'string-width';
import { hiddenIn } from '../corpus.ts';

/** What a terminal would act on, or a reader not see, in words that should be harmless: written without the program's own list. */
export const actsIn = (text: string, allowed = ''): readonly string[] => [
  ...hiddenIn(text, allowed),
  ...(/\p{M}{9}/u.test(text) ? ['a tower of marks'] : []),
  ...(/[\u200c\u200d]{2}/u.test(text) ? ['joiners in a row'] : []),
  ...(/[\ufe03-\ufe0d]/u.test(text) ? ['a selector of nothing'] : []),
];

/** Cells on a terminal that draws every code point for itself, and on one that draws joined emoji as one picture. */
export const widest = (text: string): number =>
  Math.max(
    stringWidth(text),
    Array.from(text).reduce((sum, char) => sum + stringWidth(char), 0),
  );
