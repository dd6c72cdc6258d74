import type { Names, Of, Sentence } from './sentence.ts';

/** Sentences about a new credential in place of one that leaked. */
export function rotated(
  entry: Of<'rotation.begun' | 'credential.made' | 'rotation.ended'>,
  { titles }: Names,
): Sentence {
  const named = (item: string): string => titles(item) ?? item;
  switch (entry.kind) {
    case 'rotation.begun': {
      const { target, make, place, revoke } = entry.pub;
      return {
        what: `Began to replace ${named(target)}: a new one first, the old one ends once the new one is proved`,
        detail: `made by ${make ?? 'a person'}, put in place by ${place === null ? 'a person' : `the tool at ${place}`}, ended by ${revoke ?? 'a person'}`,
      };
    }
    case 'credential.made': {
      const { credential, id, fingerprint } = entry.pub;
      return {
        what: `Took in the new credential for ${named(credential)}, sealed`,
        detail: `${id === '' ? '' : `the vendor calls it ${id}, `}named by its fingerprint ${fingerprint}`,
      };
    }
    case 'rotation.ended':
      return entry.pub.how === 'rotated'
        ? {
            what: `Replaced ${named(entry.pub.target)}: the new one works, the old one is dead`,
            result: 'done',
            outcome: 'ok',
          }
        : { what: `Gave up replacing ${named(entry.pub.target)}`, result: 'given up' };
  }
}
