import type { ElementSource, LetterSource } from '../model/letter.ts';
import type { FactState } from './state.ts';

/** Which facts a letter says, and whether it would say another thing now than it did then. Pure. */

type Facts = ReadonlyMap<string, FactState>;

/** A free text that is said in another language of the letter is a fact of its own, and is said too. */
export const spoken = (
  source: ElementSource,
  letter: LetterSource | null,
  facts: Facts,
): readonly string[] => {
  if (!('fact' in source)) return [];
  const { fact } = source;
  const others = (letter?.languages ?? []).map((language) => `${fact}-${language}`);
  return [fact, ...others.filter((other) => facts.has(other))];
};

/** Known then or known now, and by another entry: what was never known is no change. */
export const isOther = (then: FactState | undefined, now: FactState | undefined): boolean =>
  now !== undefined && (now.known || then?.known === true) && then?.n !== now.n;

/** Whether a fact that the letter says was recorded, corrected or ruled out since. */
export const saysOther = (letter: LetterSource, then: Facts, now: Facts): boolean =>
  then !== now &&
  letter.elements
    .flatMap(({ from, otherwise }) => [from, ...(otherwise === undefined ? [] : [otherwise])])
    .flatMap((source) => spoken(source, letter, now))
    .some((fact) => isOther(then.get(fact), now.get(fact)));
