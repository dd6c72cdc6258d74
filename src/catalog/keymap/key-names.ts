import { cellsOf } from '../../base/cells.ts';
import { didYouMean } from '../nearest.ts';

/** Which keys there are: what a terminal sends, and what it sends so that nobody can tell it from something else. */

/** These mean the same on every screen, whatever a file says: the way out, the safe way on, and the way back. */
export const FIXED_KEYS: ReadonlySet<string> = new Set(['ctrl+c', 'enter', 'esc']);

const NAMED = [
  'enter',
  'esc',
  'tab',
  'shift+tab',
  'space',
  'up',
  'down',
  'left',
  'right',
  'home',
  'end',
  'pgup',
  'pgdn',
  'backspace',
  'delete',
] as const;

/** What a text field does with a key itself. */
const OF_A_FIELD: ReadonlySet<string> = new Set([
  'left',
  'right',
  'home',
  'end',
  'backspace',
  'delete',
  ...Array.from('abdefhkuw', (letter) => `ctrl+${letter}`),
]);

export const typesNothing = (key: string): boolean => key.length > 1 && key !== 'space';
export const isFieldKey = (key: string): boolean => OF_A_FIELD.has(key);

/** A terminal sends the same for both. */
const ARRIVES_AS: Readonly<Record<string, string>> = {
  'ctrl+i': 'tab',
  'ctrl+m': 'enter',
  'ctrl+j': 'enter',
  'ctrl+h': 'backspace',
  'ctrl+[': 'esc',
};

export type KeyFault = Readonly<{ message: string; hint?: string }>;

const fault = (message: string, hint?: string): KeyFault => ({
  message,
  ...(hint === undefined ? {} : { hint }),
});

/** Why this cannot be pressed in a terminal; null when it can. */
export const keyFault = (word: string): KeyFault | null => {
  if ((NAMED as readonly string[]).includes(word)) return null;
  const arrives = ARRIVES_AS[word];
  if (arrives !== undefined) return fault(`\`${word}\` arrives as \`${arrives}\` in a terminal`);
  if (/^ctrl\+[a-z]$/.test(word)) return null;
  if (/^ctrl\+[A-Z]$/.test(word))
    return fault('with ctrl a terminal does not tell capitals apart', `write \`${word.toLowerCase()}\``);
  if (/^shift\+\p{L}$/iu.test(word))
    return fault('a letter with shift is that capital', `write \`${(word.at(-1) ?? '').toUpperCase()}\``);
  if (/^f\d+$/i.test(word))
    return fault(
      `\`${word}\` does not arrive: terminals have many ways to send it, or keep it for themselves`,
    );
  if (/^(alt|meta|option|cmd|command|super|win)\+/i.test(word))
    return fault(`\`${word}\` does not reach every terminal`, 'take a letter, a sign, or ctrl with a letter');
  if (/^(ctrl|control|shift)\+/i.test(word))
    return fault(`\`${word}\` does not arrive in a terminal`, 'take ctrl with a letter, or shift+tab');
  return Array.from(word).length === 1 ? signFault(word) : unknownKey(word);
};

const signFault = (word: string): KeyFault | null =>
  /[\p{C}\p{Z}\p{M}]/u.test(word) || cellsOf(word) !== 1
    ? fault('this sign is not typed with one key', 'take a letter, a digit or a sign of the keyboard')
    : null;

const unknownKey = (word: string): KeyFault =>
  fault(
    word === '' ? 'a key has a name' : `there is no key \`${word}\``,
    didYouMean(word, NAMED) ?? 'a letter, a sign, ctrl+x, or: tab, space, up, down, home, end, pgup, pgdn',
  );
