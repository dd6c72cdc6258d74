import { visible } from '../base/text.ts';

/**
 * Canonical JSON with every character that acts or hides written as a JSON escape. Such characters occur inside strings
 * alone, where an escape means the same text to every parser.
 */
export function maskHidden(json: string): string {
  // Whole text first: most lines have nothing to hide, and then this is all that is done.
  if (visible(json) === json) return json;
  let out = '';
  for (const char of json) out += visible(char) === char ? char : units(char);
  return out;
}

function units(char: string): string {
  let out = '';
  for (let i = 0; i < char.length; i += 1) out += `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return out;
}
