import type { Key } from 'ink';
import { expect, test } from 'vitest';
import { messagesOf } from '../../src/tui/shell/input.ts';

// Keys that arrive in one piece are still the keys that were pressed.

const none = {} as Key;
const names = (input: string): readonly string[] =>
  messagesOf(input, none, false).map((one) => (one.is === 'key' ? one.key.name : one.is));

const pressed = (input: string): readonly string[] =>
  messagesOf(input, none, true).map((one) => {
    if (one.is === 'paste') return `"${one.text}"`;
    return one.is === 'key' ? `${one.key.ctrl ? 'ctrl+' : ''}${one.key.name}` : one.is;
  });

test('a correction that a slow line hands over among letters corrects', () => {
  expect(pressed('\u0015team')).toEqual(['ctrl+u', '"team"']);
  expect(pressed('teh\u007F\u007Fhe')).toEqual(['"teh"', 'backspace', 'backspace', '"he"']);
  expect(pressed('old\u0017new\r')).toEqual(['"old"', 'ctrl+w', '"new"', 'enter']);
});

test('what is too long to have been typed takes nothing back', () => {
  const text = `${'seen in the log '.repeat(4)}\u0015nothing`;
  expect(pressed(text)).toEqual([`"${text}"`]);
});

test('two tabs in one burst are two tabs, among letters too', () => {
  expect(names('\t\t')).toEqual(['tab', 'tab']);
  expect(names('j\tk')).toEqual(['j', 'tab', 'k']);
});

test('a line end in a burst is still no key, so that nothing pasted confirms', () => {
  expect(names('j\rk')).toEqual(['j', 'k']);
});
