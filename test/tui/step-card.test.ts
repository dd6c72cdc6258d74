import { expect, test } from 'vitest';
import { parseInstant } from '../../src/base/instant.ts';
import { textOf } from '../../src/tui/parts/line.ts';
import { stepCard } from '../../src/tui/parts/step-card.ts';
import { bothTimes } from '../../src/tui/parts/when.ts';
import type { World } from '../../src/tui/screen.ts';
import { opened } from '../rig/keyboard.ts';

const card = (id: string, world: World): string => {
  const view = world.view?.progress.steps.find(({ step }) => step.id === id);
  if (view === undefined) throw new Error(`no step ${id}`);
  return stepCard(view, world, 80).map(textOf).join('\n');
};

test('a step that rings somebody says so where nobody is entered, instead of keeping quiet', () => {
  const world = opened().store.world();
  const { view } = world;
  const ringing = view?.progress.steps.find(({ step }) => step.kind === 'do' && step.call !== null);
  if (view === null || ringing === undefined) throw new Error('the night has such a step');
  expect(card(ringing.step.id, world)).toMatch(/Ring +\+/);
  const nobody = { ...world, view: { ...view, contacts: [] } };
  expect(card(ringing.step.id, nobody)).toMatch(
    /Ring +nobody was entered for "[a-z-]+"; P: whom the law names/,
  );
});

test('evidence that was kept says in words how, and what a question falls back on is no work by hand', async () => {
  const { app, store } = opened();
  const preserving = store.world().view?.progress.steps.find(({ step }) => step.preserve.length > 0);
  const [evidence] = preserving?.step.preserve ?? [];
  if (preserving === undefined || evidence === undefined) throw new Error('the night has such a step');
  expect(card(preserving.step.id, store.world())).toContain(': NOT YET');
  await app.incident().act({ do: 'tick', step: evidence, result: 'copied' });
  await store.idle();
  expect(card(preserving.step.id, store.world())).toMatch(/Keep first .+: done by hand/);
  expect(card('record-report', store.world())).toMatch(/^Otherwise +/m);
  expect(card(preserving.step.id, store.world())).toMatch(/^By hand +/m);
});

test('a moment stands there twice only where local time and UTC are two', () => {
  const at = parseInstant('2026-11-20T01:00:00Z');
  if (at === null) throw new Error('a time');
  expect(bothTimes(at, 'UTC')).toBe('2026-11-20 01:00 UTC');
  expect(bothTimes(at, 'Europe/Berlin')).toBe('2026-11-20 02:00 +01:00 = 01:00 UTC');
});
