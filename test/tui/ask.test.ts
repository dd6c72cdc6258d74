import { expect, test } from 'vitest';
import { askForm } from '../../src/tui/forms/ask.ts';
import type { World } from '../../src/tui/screen.ts';
import { opened } from '../rig/keyboard.ts';

const asked = (step: string) => ({ for: 'ask', step }) as const;

/** A night in which a no to anything ends a duty. */
const ending = (world: World): World => ({
  ...world,
  incident: world.incident === null ? null : { ...world.incident, ends: () => ['gdpr.33-1'] },
});

test('a no that ends a duty is saved with its reason alone, and says what it ends before', () => {
  const { store } = opened();
  const world = ending(store.world());
  const purpose = asked('personal-data');
  const spec = askForm.spec(purpose, world);
  // A yes is one key and Enter, as where nothing ends.
  expect(spec.quick).toBe(true);
  const words = (values: Readonly<Record<string, string>>): string =>
    JSON.stringify(spec.below?.(values, 80) ?? []);
  expect(words({ answer: 'no' })).toContain('gdpr.33-1');
  expect(words({ answer: 'yes' })).toBe('[]');
  expect(askForm.complete(purpose, { answer: 'no' }, world)).toMatchObject([{ do: 'say', tone: 'warn' }]);
  expect(askForm.complete(purpose, { answer: 'no', 'why-no': 'test rows alone' }, world)).toMatchObject([
    { do: 'go' },
    { do: 'act', command: { reason: 'test rows alone' } },
  ]);
  expect(askForm.complete(purpose, { answer: 'yes' }, world)).toContainEqual(
    expect.objectContaining({ do: 'act' }),
  );
  expect(askForm.spec(purpose, store.world()).fields).toHaveLength(1);
});

test('bounds that do not hold the number are refused, not bent until they do', () => {
  const { store } = opened();
  const purpose = asked('count-people');
  const complete = (from: string, to: string) =>
    askForm.complete(purpose, { answer: '12', from, to, basis: 'a search' }, store.world());
  for (const [from, to] of [
    ['20', '9'],
    ['20', ''],
    ['', '9'],
  ] as const) {
    const [said, ...more] = complete(from, to);
    expect(said).toMatchObject({ do: 'say', tone: 'warn' });
    expect(JSON.stringify(said)).toContain('12 does not lie between');
    expect(more).toEqual([]);
  }
  expect(complete('10', '')).toMatchObject([
    { do: 'go' },
    { do: 'act', command: { answer: { is: 'range', about: 12, from: 10, to: 12, basis: 'a search' } } },
  ]);
});

test('an empty line is said to have been kept as not known yet', () => {
  const { store } = opened();
  expect(JSON.stringify(askForm.complete(asked('count-people'), { answer: '' }, store.world()))).toContain(
    'not known yet',
  );
});
