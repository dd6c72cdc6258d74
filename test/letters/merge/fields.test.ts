import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256Hex } from '../../../src/base/hash.ts';
import { kindOf, ODD } from '../../../src/base/csv/kind.ts';
import { emptyField, fieldOf, fieldText } from '../../../src/letters/merge/field.ts';
import { greeting } from '../../../src/letters/merge/greeting.ts';
import { keysOf } from '../../../src/letters/merge/key.ts';
import { salutation } from '../../../src/letters/merge/salutation.ts';
import { seenBefore } from '../../../src/letters/merge/seen.ts';

const name = fc.oneof(
  fc.constantFrom('', 'Ada', 'Ana & Luis', "Aoife O'Brien", 'Jürgen Groß', '漢字', 'Zq0Xy', ' x'),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.toWellFormed()),
  fc.constant('n'.repeat(5000)),
);

test.each(['en', 'de', 'fr', 'es'])('a salutation in bytes is the one in words, in %s', (language) => {
  const [greet, value] = [greeting(salutation), emptyField()];
  fc.assert(
    fc.property(name, (text) => {
      greet(value, language, fieldOf(text));
      const wanted = salutation(language, text);
      expect(fieldText(value)).toBe(wanted);
      expect(value.kind).toBe(kindOf(wanted));
    }),
  );
});

test('a salutation that says a name twice, or what is odd, is written all the same', () => {
  for (const odd of [(who: string) => `${who}, ${who}!`, (who: string) => `— ${who}`, () => 'You']) {
    const value = emptyField();
    greeting((_, who) => odd(who))(value, 'en', fieldOf('Ada'));
    expect(fieldText(value)).toBe(odd('Ada'));
    expect((value.kind & ODD) === 0 || odd('Ada').startsWith('—')).toBe(true);
  }
});

test('a key follows from the address alone, however it is written and however long it is', () => {
  const keyOf = keysOf('s');
  const own = { ...emptyField(), own: 'ADA@example.org' };
  expect(keyOf(fieldOf('ada@example.org'))).toMatch(/^[0-9a-f]{32}$/);
  expect(keyOf(fieldOf('Ada@Example.org'))).toBe(keyOf(fieldOf('ada@example.org')));
  expect(keyOf(own)).toBe(keyOf(fieldOf('ada@example.org')));
  expect(keyOf(fieldOf('ÄDA@example.org'))).toBe(keyOf(fieldOf('äda@example.org')));
  // What an earlier address left in the same place is no part of the next one.
  expect(keyOf(fieldOf('a@b.example'))).toBe(keysOf('s')(fieldOf('a@b.example')));
  expect(keyOf(fieldOf('x'.repeat(600)))).not.toBe(keyOf(fieldOf('x'.repeat(601))));
  expect(keysOf('other')(own)).not.toBe(keyOf(own));
});

test('whoever was seen is known again, in a table that has grown', () => {
  const seen = seenBefore(4);
  const mixed = Array.from({ length: 5000 }, (_, i) => sha256Hex(String(i)).slice(0, 32));
  expect(mixed.filter((key) => seen.add(key))).toEqual([]);
  expect(mixed.every((key) => seen.add(key))).toBe(true);
});
