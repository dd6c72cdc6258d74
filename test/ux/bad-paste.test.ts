import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textOf } from '../../src/tui/parts/line.ts';
import { emptyField, nearCursor, pasteInto } from '../../src/tui/parts/field.ts';
import { fieldPage } from '../../src/tui/parts/input.ts';
import { look, opened, seen } from '../rig/keyboard.ts';

// A megabyte pasted into any field: what is kept, what is said, and how long a key takes afterwards.

const MEGABYTE = 1024 * 1024;
const texts = {
  words: 'lorem ipsum dolor sit '.repeat(48_000),
  'one word': 'x'.repeat(MEGABYTE),
  'lines of a log': '2026-11-20T01:14:00Z GET /v1/messages 200\n'.repeat(25_000),
  'another script': 'تسرب رمز \u202Eواتساب '.repeat(62_000),
} as const;

/** The keys that lead to a field, and how many characters it keeps. */
const fields = {
  'a note': { keys: ['n'], keeps: 20_000 },
  'a step': { keys: ['enter'], keeps: 200_000 },
  'a search': { keys: ['t', '/'], keeps: 500 },
  'the palette': { keys: [':'], keeps: 500 },
  'the path of an export': { keys: ['W', 'a'], keeps: 20_000 },
  'a decision': { keys: ['D'], keeps: 20_000 },
} as const;

/** A key and the frame after it; other suites use the same processors meanwhile. */
const KEY_MS_MAX = 250;

for (const [what, text] of Object.entries(texts))
  test.each(Object.entries(fields))(
    `%s says what it did not take of a megabyte of ${what}, and goes on`,
    async (_field, { keys, keeps }) => {
      const { press, store } = opened();
      await press(...keys);
      store.send({ is: 'paste', text });
      const shown = seen(store);
      expect(shown).toContain('did not fit, left out');
      const left = Number(/! ([\d,]+) characters did not fit/.exec(shown)?.[1]?.replaceAll(',', ''));
      expect(left).toBeGreaterThan(text.trim().length - keeps - 1);
      expect(left).toBeLessThan(text.length);
      expect(shown.split('\n')).toHaveLength(24);
      const begun = performance.now();
      await press('left');
      seen(store);
      expect(performance.now() - begun).toBeLessThan(KEY_MS_MAX);
      // It is said for as long as anything of it is there.
      await press('ctrl+u');
      expect(seen(store)).toContain('did not fit');
      await press('delete', 'backspace', 'delete');
      expect(seen(store)).not.toContain('did not fit');
    },
  );

test('what fits is said nothing about', async () => {
  const { press, store } = opened();
  await press('n');
  store.send({ is: 'paste', text: 'x'.repeat(20_000) });
  expect(seen(store)).not.toContain('did not fit');
  await press('x');
  expect(seen(store)).toContain('1 character did not fit');
});

test('the row of the cursor is in sight wherever it stands in a long text', async () => {
  const { press, store } = opened();
  await press('n');
  store.send({ is: 'paste', text: Array.from({ length: 3000 }, (_, i) => `w${i}`).join(' ') });
  expect(seen(store)).toContain('w2999');
  await press('home');
  expect(seen(store)).toMatch(/Note.*\n(?:.*\n)*? +_w0 w1 /);
  await press('end', ...Array.from({ length: 500 }, () => 'ctrl+b'));
  const rows = store.lines({ columns: 60, rows: 18 }).map(textOf);
  expect(rows.some((row) => /^ {4}.*_/.test(row))).toBe(true);
});

test('about the cursor nothing is shown twice, left out uncounted or cut through a letter', () => {
  const unit = fc.constantFrom('a', ' ', '\u{1F6D1}', 'é', '_', '\n');
  fc.assert(
    fc.property(
      fc.array(unit, { maxLength: 60 }),
      fc.nat(),
      fc.integer({ min: 4, max: 30 }),
      (parts, at, max) => {
        const places = parts.map((_, i) => parts.slice(0, i).join('').length);
        const text = parts.join('');
        const cursor = places[at % Math.max(1, places.length)] ?? 0;
        const { before, after, above, below } = nearCursor({ text, cursor }, max);
        expect(text.slice(above, text.length - below)).toBe(before + after);
        expect(above + before.length).toBe(cursor);
        expect((before + after).isWellFormed()).toBe(true);
        const { lines, focus } = fieldPage('Note', { text, cursor }, true, 24, look);
        if (cursor < text.length && !text.includes('_'))
          expect(textOf(lines[focus] ?? { spans: [] })).toContain('_');
      },
    ),
  );
});

test('a letter of two halves is taken whole or left out whole', () => {
  const full = pasteInto(emptyField, `${'x'.repeat(499)}\u{1F6D1}`, 'query');
  expect(full).toEqual({ text: 'x'.repeat(499), cursor: 499, left: 2 });
});
