import { identifiersIn } from '../../letters/check/identifiers.ts';

/**
 * A form of an authority must not hold the personal data that were breached: numbers and kinds alone. What can be known by its form is
 * taken out and counted; a name has no form, so whoever pastes a free text is told to read it first.
 */
export const WITHHELD = '[withheld: personal]';

const FORMS: readonly RegExp[] = [
  /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g,
  // With the country in front of it: other numbers are counts, times and references.
  /(?<![\w+])(?:\+|00)[1-9](?:[ ().-]{0,2}\d){6,14}(?!\w)/g,
];

export function withoutPersonal(text: string): Readonly<{ text: string; withheld: number }> {
  let withheld = 0;
  const out = (): string => {
    withheld += 1;
    return WITHHELD;
  };
  const formed = FORMS.reduce((rest, form) => rest.replace(form, out), text);
  const found = new Set(identifiersIn(formed).map((one) => one.found));
  const left = [...found].reduce((rest, one) => {
    const parts = rest.split(one);
    withheld += parts.length - 1;
    return parts.join(WITHHELD);
  }, formed);
  return { text: left, withheld };
}
