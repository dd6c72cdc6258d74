import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellsOf } from '../../src/base/cells.ts';
import { textOf } from '../../src/tui/parts/line.ts';
import { opened } from '../rig/keyboard.ts';
import { FIRST_STEP, declared, keys, sitDown } from './sitting.ts';

// UX-20: whatever the size, nothing that was typed is lost, and no frame is larger than the terminal.

test('resized to anything while somebody types, it fits, and the words stay', async () => {
  const { press, words, store } = opened();
  await press('n');
  await words('still here');
  fc.assert(
    fc.property(fc.integer({ min: 40, max: 200 }), fc.integer({ min: 10, max: 60 }), (columns, rows) => {
      const lines = store.lines({ columns, rows }).map(textOf);
      expect(lines).toHaveLength(rows);
      for (const line of lines) expect(cellsOf(line)).toBeLessThanOrEqual(columns);
      const shown = lines.join('\n');
      if (!shown.includes('Too small')) expect(shown).toContain('still here');
    }),
    { numRuns: 200 },
  );
  expect(store.lines({ columns: 80, rows: 24 }).map(textOf).join('\n')).toContain('still here');
});

test('at 60x18 the step, what to do, and the clock are there', () => {
  const { store } = opened();
  const shown = store.lines({ columns: 60, rows: 18 }).map(textOf).join('\n');
  for (const words of ['Write down what was reported', 'enter: answer', '72 h 00 min left'])
    expect(shown).toContain(words);
});

test('where it cannot be read any more, it says so and names the other way', () => {
  const { store } = opened();
  const shown = store.lines({ columns: 30, rows: 6 }).map(textOf).join(' ').replaceAll(/\s+/g, ' ');
  expect(shown).toMatch(/firebreak next/);
});

test('on a terminal of 60x18 a step is read, answered and left', { timeout: 120_000 }, async () => {
  await using person = await sitDown('resume', await declared(), { columns: 60, rows: 18 });
  expect(await person.until(FIRST_STEP)).toMatch(/7[12] h \d\d min left/);
  await person.press(keys.enter, '> Answer');
  await person.press('A scanner found it', 'found it');
  await person.press(keys.enter, 'NOW Record the earliest sign');
});
