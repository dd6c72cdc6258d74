import type { Key as InkKey } from 'ink';
import type { Key } from '../binding.ts';
import type { Message } from './model.ts';

const named: readonly (readonly [keyof InkKey, string])[] = [
  ['return', 'enter'],
  ['escape', 'esc'],
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageDown', 'pgdn'],
  ['pageUp', 'pgup'],
  ['home', 'home'],
  ['end', 'end'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

const plain = (text: string): Key => ({
  name: text === ' ' ? 'space' : text,
  text,
  ctrl: false,
  meta: false,
  shift: false,
});
const word = (name: string, key?: InkKey): Key => ({
  name,
  text: '',
  ctrl: key?.ctrl ?? false,
  meta: false,
  shift: key?.shift ?? false,
});

/** Keys that change a line while it is typed, as a terminal sends them. */
const editing: ReadonlyMap<string, Key> = new Map([
  ['\u007F', word('backspace')],
  ...Array.from('abdefhkuw', (letter): readonly [string, Key] => [
    String.fromCodePoint((letter.codePointAt(0) ?? 0) & 0x1f),
    { ...word(letter), ctrl: true },
  ]),
]);

/** Keys that came in one piece: a tab or ctrl+u among them is the key, because no letter looks like it. */
const each = (one: string): Key => (one === '\t' ? word('tab') : (editing.get(one) ?? plain(one)));

/**
 * More than this, in characters, nobody types before a slow line hands it over: it is a paste of a terminal that does not say so, and
 * nothing in it may take back what was pasted.
 */
const TYPED_AT_ONCE = 32;

/** Letters that came in one piece into a field: a correction among them corrects. */
const intoField = (body: string): readonly Message[] => {
  if (body.length > TYPED_AT_ONCE) return [{ is: 'paste', text: body }];
  const messages: Message[] = [];
  let letters = '';
  const flush = (): void => {
    if (letters !== '') messages.push({ is: 'paste', text: letters });
    letters = '';
  };
  for (const one of Array.from(body)) {
    const key = editing.get(one);
    if (key === undefined) letters += one;
    else {
      flush();
      messages.push({ is: 'key', key });
    }
  }
  flush();
  return messages;
};

const isLineEnd = (one: string): boolean => one === '\r' || one === '\n';

/**
 * What Ink heard, as messages. Several letters in one chunk are typing that came fast, or a paste of a terminal without
 * bracketed paste: an Enter inside it is never a key, so that pasted text cannot confirm anything. `early` is what was typed
 * before the terminal was ours: it came in one piece, but was pressed key by key.
 */
export const messagesOf = (
  input: string,
  key: InkKey,
  typing: boolean,
  early = false,
): readonly Message[] => {
  if (key.eventType === 'release') return [];
  const special = named.find(([flag]) => key[flag] === true)?.[1];
  if (special !== undefined) return [{ is: 'key', key: word(special, key) }];
  if (input === '\n') return [{ is: 'key', key: { ...word('j'), ctrl: true } }];
  if (key.ctrl) return input === '' ? [] : [{ is: 'key', key: { ...word(input.toLowerCase()), ctrl: true } }];
  if (key.meta) return input === '' ? [] : [{ is: 'key', key: { ...word(input), meta: true } }];
  if (input === '') return [];
  if (input.length === 1 || (input.length === 2 && (input.codePointAt(0) ?? 0) > 0xffff))
    return [{ is: 'key', key: plain(input) }];
  if (early)
    return Array.from(input, (one) => ({ is: 'key', key: isLineEnd(one) ? word('enter') : each(one) }));
  const last = input.endsWith('\r') && !input.slice(0, -1).includes('\r') && !input.includes('\n');
  const body = last ? input.slice(0, -1) : input;
  const typed: readonly Message[] = typing
    ? intoField(body)
    : Array.from(body)
        .filter((one) => !isLineEnd(one))
        .map((one) => ({ is: 'key', key: each(one) }));
  return last ? [...typed, { is: 'key', key: word('enter') }] : typed;
};
