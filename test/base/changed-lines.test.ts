import { expect, test } from 'vitest';
import { changedLines } from '../../src/base/changed-lines.ts';

// What differs between two texts, line by line.

test('lines that were put in, taken out and replaced, each with its number', () => {
  expect(changedLines('a\nb\nc', 'a\nnew\nb\nC')).toEqual([
    { is: 'added', line: 2, text: 'new' },
    { is: 'gone', line: 3, text: 'c' },
    { is: 'added', line: 4, text: 'C' },
  ]);
  expect(changedLines('same\n', 'same\n')).toEqual([]);
  expect(changedLines('', 'a')).toEqual([
    { is: 'gone', line: 1, text: '' },
    { is: 'added', line: 1, text: 'a' },
  ]);
});

test('what is gone taken out and what is added put in gives the other text', () => {
  let seed = 7;
  const draw = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const text = (): string => Array.from({ length: draw(12) }, () => 'abc'[draw(3)]).join('\n');
  for (let turn = 0; turn < 500; turn += 1) {
    const [before, after] = [text(), text()];
    const changes = changedLines(before, after);
    const gone = new Set(changes.flatMap(({ is, line }) => (is === 'gone' ? [line] : [])));
    const lines = before.split('\n').filter((_, i) => !gone.has(i + 1));
    for (const { is, line, text: put } of changes) if (is === 'added') lines.splice(line - 1, 0, put);
    expect(lines.join('\n')).toBe(after);
  }
});
