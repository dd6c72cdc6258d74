import { maskSecrets, maskedWords } from '../base/mask.ts';
import type { Printer } from './print.ts';

/** The text as it will be kept. What is hidden in it is said before anything is written. */
export function tellMasked(print: Printer, typed: string): string {
  const { text, masked } = maskSecrets(typed);
  if (masked.length > 0) print.say(`masked before saving: ${maskedWords(masked).join(', ')}`);
  return text;
}
