import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conditionHolds, evaluate, parseCondition } from '../../src/base/condition.ts';
import type { ConditionContext, ConditionScope } from '../../src/base/condition.ts';

const nothing: ConditionContext = { facts: {}, steps: {}, incident: { severity: 'high', drill: false } };

const holds = (
  text: string,
  context: Partial<ConditionContext> = {},
  scope?: ConditionScope,
): boolean | string => {
  const parsed = parseCondition(text, scope);
  return parsed.ok ? evaluate(parsed.condition, { ...nothing, ...context }) : parsed.message;
};

test('a fact that nobody has learned is null, so comparing it is false and never an error', () => {
  expect(holds('facts.personal_data == true')).toBe(false);
  expect(holds('facts.personal_data != false')).toBe(true);
  expect(holds('facts.personal_data == null')).toBe(true);
  expect(holds('facts.personal_data == true', { facts: { personal_data: true } })).toBe(true);
});

test('a step that was not reached is todo', () => {
  expect(holds('steps.kill_token == "todo"')).toBe(true);
  expect(holds('steps.kill_token == "done"', { steps: { kill_token: 'done' } })).toBe(true);
});

test('whole numbers compare as numbers on both sides', () => {
  expect(holds('facts.count >= 500', { facts: { count: 500 } })).toBe(true);
  expect(holds('facts.count > 500', { facts: { count: 500 } })).toBe(false);
  expect(holds('facts.range.from < 10', { facts: { range: { from: 3 } } })).toBe(true);
});

test('text, lists and the incident itself can be asked', () => {
  expect(holds('incident.severity == "high" && !incident.drill')).toBe(true);
  expect(holds('"whatsapp" in facts.channels', { facts: { channels: ['whatsapp'] } })).toBe(true);
  expect(holds('facts.channels.exists(c, c.startsWith("web"))', { facts: { channels: ['web-chat'] } })).toBe(
    true,
  );
});

test('a condition that cannot be told says so in words instead of being false', () => {
  expect(holds('facts.count > 5')).toContain('cannot be told');
  expect(holds('"a" in facts.channels')).toContain('cannot be told');
  expect(holds('facts.text', { facts: { text: 'yes' } })).toContain('neither true nor false');
});

test('what a condition reads is known before it runs', () => {
  const parsed = parseCondition('facts.a == true && facts.b.exists(x, x == facts.c) || steps.d == "done"');
  expect(parsed.ok && [parsed.condition.facts, parsed.condition.steps]).toEqual([['a', 'b', 'c'], ['d']]);
});

test('only a drill looks into the simulators and the clocks', () => {
  const sim = { meta_lrh: { tokens: [{ valid: false }, { valid: false }] } };
  expect(holds('sim.meta_lrh.tokens.all(t, t.valid == false)', { sim }, 'drill')).toBe(true);
  expect(holds('sim.meta_lrh.tokens.exists(t, t.valid)', { sim }, 'drill')).toBe(false);
  expect(parseCondition('sim.meta_lrh.tokens.size() == 0')).toMatchObject({
    ok: false,
    message: 'Unknown variable: sim',
  });
});

test.each([
  ['an unfinished expression', 'facts.a ==', 10, 11],
  ['an unknown word', 'fact.a == true', 0, 4],
  ['types that never compare', 'incident.drill == "yes"', 0, 23],
  ['something that is not a condition', '1 + 1', 0, 5],
  ['text without its closing quote', 'facts.a == "x', undefined, undefined],
  ['all facts at once', 'facts == null', 0, 5],
  ['a fact by a computed name', 'facts["a" + "b"] == 1', 0, 5],
])('%s is refused with its place', (_, text, from, to) => {
  const parsed = parseCondition(text);
  expect(parsed.ok).toBe(false);
  if (!parsed.ok && from !== undefined) expect([parsed.from, parsed.to]).toEqual([from, to]);
});

test('a regular expression is refused in both of its forms', () => {
  expect(parseCondition('facts.a.matches("(a+)+$")')).toMatchObject({ ok: false, fault: 'matches' });
  expect(parseCondition('true && facts.b.exists(x, x.matches("a"))')).toMatchObject({
    ok: false,
    fault: 'matches',
  });
});

test('size, depth and loops are bounded', () => {
  expect(parseCondition(Array.from({ length: 300 }, () => 'true').join(' && '))).toMatchObject({ ok: false });
  expect(parseCondition(`${'('.repeat(40)}true${')'.repeat(40)}`)).toMatchObject({ ok: false });
  const three = 'facts.a.all(x, facts.a.all(y, facts.a.all(z, x == z)))';
  expect(parseCondition(three)).toMatchObject({
    ok: false,
    message: expect.stringContaining('loops') as string,
  });
});

test('the prototype of an object cannot be reached', () => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    expect(holds(`facts.a.${name} == null`, { facts: { a: {} } })).toContain('cannot be told');
  }
});

test('any text at all is parsed or refused, never thrown at the caller', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'facts.(")!=&|[]{}01 ?:'.split('')) })),
      (text) => {
        const parsed = parseCondition(text);
        if (parsed.ok) evaluate(parsed.condition, nothing);
        else expect(parsed.to).toBeGreaterThan(parsed.from);
      },
    ),
  );
});

test('a step whose condition cannot be told stays in the plan', () => {
  const context = {
    facts: { count: null, personal_data: false },
    steps: {},
    incident: { severity: 'high', drill: true },
  };
  expect(conditionHolds('facts.count > 5', context)).toBe(true);
  expect(conditionHolds('facts.count >', context)).toBe(true);
  expect(conditionHolds('facts.personal_data != false', context)).toBe(false);
  expect(conditionHolds('facts.personal_data != false', { ...context, facts: {} })).toBe(true);
});
