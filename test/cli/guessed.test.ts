import { expect, test } from 'vitest';
import { guessedKind } from '../../src/cli/answer.ts';

// A clock hangs on such a fact: kept as text it would count from the moment of typing.
test.each(['now', '-20m', '3h ago', '14:05', '2026-03-01 14:05', '2026-03-01T14:05:00Z'])(
  'a fact that nobody asks for is a time where %s is typed',
  (text) => expect(guessedKind(text)).toBe('time'),
);

test.each([
  ['yes', 'yes-no'],
  ['20', 'number'],
  ['30,20,40', 'range'],
  ['20m', 'text'],
  ['now and then', 'text'],
  ['25:00', 'text'],
])('and %s is %s', (text, kind) => expect(guessedKind(text)).toBe(kind));
