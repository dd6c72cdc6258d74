import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseYaml } from '../../src/catalog/yaml.ts';
import { limits } from '../../src/model/limits.ts';

const valueOf = (text: string): unknown => {
  const parsed = parseYaml('a.yaml', text);
  return parsed.ok ? parsed.yaml.value : parsed.issues;
};
const messages = (text: string): readonly string[] => {
  const parsed = parseYaml('a.yaml', text);
  return parsed.ok ? [] : parsed.issues.map(({ line, col, message }) => `${line}:${col} ${message}`);
};

test('words stay words: NO is a country, 08:30 a time of day, 2026-11-20 a date in letters', () => {
  expect(valueOf('a: NO\nb: 08:30\nc: 2026-11-20\nd: on\ne: 0o17\nf: 1_000\n')).toEqual({
    a: 'NO',
    b: '08:30',
    c: '2026-11-20',
    d: 'on',
    e: 15,
    f: '1_000',
  });
});

test('every fault of the form is told at once, each at its place', () => {
  const text = 'a: !!str 1\nb: !exec rm\nc: &x [1]\nd: *x\n<<: {z: 1}\n__proto__: {p: 1}\na: 2\n? [k]\n: 1\n';
  expect(messages(text)).toEqual([
    '1:10 tags (tag:yaml.org,2002:str) are not used here',
    '2:10 tags (!exec) are not used here',
    '3:7 anchors (&name) are not used here',
    '4:4 aliases (*name) are not used here',
    '5:1 merge keys (<<) are not used here',
    '6:1 `__proto__` is not a name',
    '7:1 this key stands twice; only one of them could count',
    '8:3 a key is a word',
  ]);
});

test('an alias bomb is refused without being opened', () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 10; i += 1)
    lines.push(`a${i}: &a${i} [${Array.from({ length: 9 }, () => `*a${i - 1}`).join(', ')}]`);
  const found = messages(lines.join('\n'));
  expect(found.some((one) => one.includes('anchors'))).toBe(true);
  expect(found.some((one) => one.includes('aliases'))).toBe(true);
});

test.each([
  ['a hundred thousand open brackets', '['.repeat(100_000)],
  ['brackets spread over lines', 'a:\n'.concat('[\n'.repeat(50_000))],
  ['dashes on one line', '- '.repeat(50_000)],
  ['ever deeper indentation', Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
])('%s are refused quickly', (_, text) => {
  expect(messages(text)[0]).toContain(`deeper than ${limits.yamlDepthMax}`);
});

test('what is as deep as allowed is read', () => {
  const depth = limits.yamlDepthMax;
  expect(Array.isArray(valueOf(`a: ${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}`))).toBe(false);
});

test.each(['', '# nothing', '- a\n- b', 'text'])('a file that is no list of keys is refused: %j', (text) => {
  expect(messages(text)).toHaveLength(1);
});

test('several documents in one file are refused', () => {
  expect(messages('a: 1\n---\nb: 2\n').join()).toContain('one document');
});

test('a place is that of the value, of its key, or of the nearest thing around it', () => {
  const parsed = parseYaml('a.yaml', 'list:\n  - id: one\n    deep: { x: 1 }\n');
  if (!parsed.ok) throw new Error('it is fine');
  expect(parsed.yaml.placeOf(['list', 0, 'deep', 'x'])).toEqual({ line: 3, col: 16 });
  expect(parsed.yaml.placeOf(['list', 0, 'deep'], 'key')).toEqual({ line: 3, col: 5 });
  expect(parsed.yaml.placeOf(['list', 0, 'missing'])).toEqual({ line: 2, col: 5 });
});

test('any text at all gives a value or issues, and never throws', () => {
  const signs = fc.constantFrom(...'ab:- \n\t[]{}#&*!|>\'"%@`?,~<\\0'.split(''));
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit: signs, maxLength: 200 })),
      (text) => {
        const parsed = parseYaml('a.yaml', text);
        if (parsed.ok) for (const { place } of parsed.yaml.texts()) expect(place.line).toBeGreaterThan(0);
        else expect(parsed.issues.length).toBeGreaterThan(0);
      },
    ),
  );
});
