import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerPlainly } from '../../src/base/comparison.ts';
import { evaluate, parseCondition } from '../../src/base/condition.ts';

const value = fc.constantFrom(true, false, null, 'yes', 'no', 'todo', 3, ['yes'], {});
const word = fc.constantFrom('true', 'false', 'null', '"yes"', "'no'", '"todo"', '3', 'facts.b');
const atom = fc
  .tuple(
    fc.constantFrom('facts.a', 'facts.b', 'facts.constructor', 'steps.a', 'steps.b'),
    fc.constantFrom('==', '!='),
    word,
  )
  .map((parts) => parts.join(' '));
const text = fc.oneof(
  atom,
  fc.array(atom, { minLength: 2, maxLength: 3 }).map((all) => all.join(' && ')),
  fc.array(atom, { minLength: 2, maxLength: 3 }).map((all) => all.join(' || ')),
  fc.array(atom, { minLength: 3, maxLength: 3 }).map(([a, b, c]) => `${a} && ${b} || ${c}`),
);

test('what is answered without CEL is answered as CEL answers it', () => {
  let answered = 0;
  fc.assert(
    fc.property(
      text,
      fc.dictionary(fc.constantFrom('a', 'b'), value),
      fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('todo', 'done', 'void')),
      (condition, facts, steps) => {
        const plainly = answerPlainly(condition, { facts, steps });
        if (plainly === null) return;
        answered += 1;
        const parsed = parseCondition(condition);
        const context = { facts, steps, incident: { severity: 'high', drill: false } };
        expect(parsed.ok && evaluate(parsed.condition, context)).toBe(plainly);
      },
    ),
    { numRuns: 3000 },
  );
  expect(answered).toBeGreaterThan(300);
});

test('a text that only looks like a comparison is left to CEL', () => {
  const context = { facts: { a: 'x' }, steps: {} };
  for (const one of [
    'facts.a',
    'facts.a == "x\\n"',
    'facts.a == "a && b"',
    '!(facts.a == "x")',
    'facts.a.b == null',
    '',
  ])
    expect(answerPlainly(one, context)).toBeNull();
});
