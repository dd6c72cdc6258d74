import stringWidth from 'string-width';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Key } from '../../src/tui/binding.ts';
import { emptyField, fieldOf, pasteInto, typeInto } from '../../src/tui/parts/field.ts';
import { lineWidth, line, textOf, wrap } from '../../src/tui/parts/line.ts';
import { keymapPage } from '../../src/tui/keys.ts';

const key = (name: string): Key => {
  const ctrl = name.startsWith('ctrl+');
  const plain = ctrl ? name.slice(5) : name;
  const text = ctrl ? '' : plain === 'space' ? ' ' : plain.length === 1 ? plain : '';
  return { name: plain, text, ctrl, meta: false, shift: false };
};

test('whatever is typed or pasted, the cursor stays in the text and no control character gets in', () => {
  const inputs = fc.array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 5 }),
      fc.constantFrom('ctrl+w', 'ctrl+u', 'ctrl+k', 'left', 'right', 'backspace', 'delete', 'home', 'end'),
    ),
  );
  fc.assert(
    fc.property(inputs, (typed) => {
      let field = emptyField;
      for (const one of typed) field = typeInto(field, key(one), 'block') ?? pasteInto(field, one, 'block');
      // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
      return (
        field.cursor >= 0 &&
        field.cursor <= field.text.length &&
        // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
        !/[\u0000-\u0009\u000b-\u001f]/.test(field.text)
      );
    }),
  );
  expect(typeInto(fieldOf('one two'), key('ctrl+w'), 'line')?.text).toBe('one ');
});

test('words typed so fast that they come in one piece keep their spaces; what was copied loses its line ends', () => {
  const typed = ['one ', 'two ', 'three'].reduce(
    (field, words) => pasteInto(field, words, 'line'),
    emptyField,
  );
  expect(typed.text).toBe('one two three');
  expect(pasteInto(emptyField, '  ghp_x \n', 'line').text).toBe('ghp_x');
  expect(pasteInto(emptyField, 'one \r\n two\n', 'line').text).toBe('one two');
});

test('wrapping never makes a line too wide and never loses a letter', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 10, max: 60 }), (text, width) => {
      const made = wrap(line(text), width);
      const letters = (from: string): string => from.replaceAll(' ', '');
      return (
        made.every((row) => lineWidth(row) <= width) &&
        letters(made.map(textOf).join('')) === letters(textOf(line(text)))
      );
    }),
  );
});

test('the printed list of keys is made from the table that handles them', async () => {
  await expect(keymapPage()).toMatchFileSnapshot('../golden/keys.md');
});

test('every letter that is taken for one cell wide is so in the Unicode tables', () => {
  const letters = Array.from({ length: 0x250 }, (_, code) => String.fromCodePoint(code)).filter(
    (one) => one >= ' ' && !/[\u007f-\u00a0\u00ad]/.test(one),
  );
  for (const one of [...letters, ...Array.from('…─│▏☐☑✓✗⊘⚠▶▲■')]) {
    expect(stringWidth(one)).toBe(1);
    expect(lineWidth(line(one))).toBe(1);
  }
});
