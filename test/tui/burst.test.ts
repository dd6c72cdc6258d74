import type { Key } from 'ink';
import { expect, test } from 'vitest';
import { messagesOf } from '../../src/tui/shell/input.ts';

// Keys that arrive in one piece are still the keys that were pressed.

const none = {} as Key;
const names = (input: string): readonly string[] =>
  messagesOf(input, none, false).map((one) => (one.is === 'key' ? one.key.name : one.is));

test('two tabs in one burst are two tabs, among letters too', () => {
  expect(names('\t\t')).toEqual(['tab', 'tab']);
  expect(names('j\tk')).toEqual(['j', 'tab', 'k']);
});

test('a line end in a burst is still no key, so that nothing pasted confirms', () => {
  expect(names('j\rk')).toEqual(['j', 'k']);
});
