import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { amended } from '../../src/catalog/amend.ts';
import type { Change } from '../../src/catalog/amend.ts';

// What is written into a file of people: the rows, and nothing else.

const row = { id: 'found', title: 'a: "b" # c', params: { hook: '1' }, opens: [], owner: 'not claimed' };
const add: Change = { do: 'add', part: 'integrations', row };
const scopes: Change = { do: 'scopes', part: 'integrations', id: 'one', scopes: ['a:b', 'c'] };

type Rows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
const read = (text: string | null): Rows => parse(text ?? '') as Rows;

const FORMS: readonly (readonly [string, string])[] = [
  [
    'rows of lines',
    'integrations:\n  - id: one # first\n    title: One   # aligned\n\n# the end\ncredentials: []\n',
  ],
  ['rows without an indent', 'integrations:\n- id: one\n  title: One\ncredentials: []\n'],
  [
    'rows parted by empty lines',
    'integrations:\n  - id: zero\n    title: Z\n\n  - id: one\n    title: One\n\ncredentials: []\n',
  ],
  ['rows in braces', 'integrations:\n  - { id: one, title: One }   # kept\ncredentials: []\n'],
  ['a list in brackets', 'integrations: [{ id: one, title: One }]\ncredentials: [] # none\n'],
  ['no line break at the end', 'credentials: []\nintegrations:\n  - id: one\n    title: One'],
  [
    'a text of many lines at the end',
    'integrations:\n  - id: one\n    title: |\n      One\n      more\ncredentials: []\n',
  ],
  ['line breaks of Windows', 'integrations:\r\n  - id: one # first\r\n    title: One\r\ncredentials: []\r\n'],
];

test.each(FORMS)('a row is added to %s, and every line of before is still there', (_, text) => {
  const now = amended(text, [add]);
  const before = read(text);
  expect(read(now)).toEqual({ ...before, integrations: [...(before['integrations'] ?? []), row] });
  if (text.includes('[{')) return;
  const left = (now ?? '').split('\n');
  for (const line of text.split('\n')) expect(left).toContain(line);
});

test.each(FORMS)('scopes are set in %s, anew and again', (_, text) => {
  const once = amended(text, [scopes]);
  const twice = amended(once ?? '', [{ ...scopes, scopes: ['z'] }]);
  const wanted = (list: readonly string[]) => ({
    ...read(text),
    integrations: read(text)['integrations']?.map((one) =>
      one['id'] === 'one' ? { ...one, scopes: list } : one,
    ),
  });
  expect(read(once)).toEqual(wanted(['a:b', 'c']));
  expect(read(twice)).toEqual(wanted(['z']));
});

test('scopes that stand one a line are replaced, and their neighbours are not', () => {
  const text = 'integrations:\n  - id: one\n    scopes:\n      - a\n      - b\n    title: One # here\n';
  expect(amended(text, [scopes])).toBe(
    'integrations:\n  - id: one\n    scopes: ["a:b", "c"]\n    title: One # here\n',
  );
});

test('a first row takes the place of an empty list', () => {
  expect(read(amended('integrations: []   # none yet\nother: 1\n', [add]))).toEqual({
    integrations: [row],
    other: 1,
  });
});

test('without the list, or without the row, nothing is written', () => {
  expect(amended('credentials: []\n', [add])).toBeNull();
  expect(amended('integrations: []\n', [scopes])).toBeNull();
});

test('the inventory of the example company keeps every line', () => {
  const text = readFileSync(join(import.meta.dirname, '../../runbooks/_company/inventory.yaml'), 'utf8');
  const now = amended(text, [
    add,
    { do: 'scopes', part: 'credentials', id: 'svc-parlo-sync', scopes: ['x'] },
  ]);
  const left = now?.split('\n') ?? [];
  const lines = text.split('\n');
  expect(lines.filter((line) => !left.includes(line))).toEqual([]);
  expect(left.length - lines.length).toBe(8);
  expect(read(now)['channels']).toEqual(read(text)['channels']);
});
