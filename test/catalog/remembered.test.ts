import { expect, test, vi } from 'vitest';
import { remembered } from '../../src/catalog/remembered.ts';

test('what was made of a text is made once, and of another text anew', () => {
  const known = remembered<object>(100);
  const make = vi.fn<() => object>(() => ({}));
  const first = known.of('one', make);
  expect(known.of('one', make)).toBe(first);
  expect(known.of('two', make)).not.toBe(first);
  expect(make).toHaveBeenCalledTimes(2);
});

test('the one that was not asked for the longest is forgotten, by the length of the texts', () => {
  const known = remembered<string>(10);
  const made: string[] = [];
  const ask = (text: string): void => void known.of(text, () => (made.push(text), text));
  for (const text of ['aaaa', 'bbbb', 'aaaa', 'cccc', 'aaaa', 'bbbb']) ask(text);
  // The third one pushes b out, because a was asked for after it.
  expect(made).toEqual(['aaaa', 'bbbb', 'cccc', 'bbbb']);
});

test('a text longer than all the room is made each time and pushes nothing into memory', () => {
  const known = remembered<object>(4);
  const make = vi.fn<() => object>(() => ({}));
  known.of('longer', make);
  known.of('longer', make);
  expect(make).toHaveBeenCalledTimes(2);
});
