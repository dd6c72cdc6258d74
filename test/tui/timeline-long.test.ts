import { expect, test } from 'vitest';
import type { TimelineOptions, View } from '../../src/app/contract.ts';
import { instant } from '../../src/base/instant.ts';
import type { TimelineRow } from '../../src/projections/timeline.ts';
import { opened, seen } from '../rig/keyboard.ts';

const SIZE = 20_000;
const row = (n: number): TimelineRow => ({
  n,
  kind: 'note.added',
  occurredAt: null,
  occurredFidelity: 'unknown',
  occurredBasis: null,
  recordedAt: instant(n * 1000),
  actor: 'ada',
  role: null,
  what: n === 9999 ? 'the needle' : `row ${n}`,
  detail: '',
  result: '',
  outcome: 'n/a',
  why: '',
  phase: null,
  step: null,
  targets: [],
  clock: '',
  obligations: [],
  evidence: [],
  lagMs: null,
  source: 'person',
  corrects: null,
  star: false,
  hash: '',
});

/** An incident of so many entries that counts the rows it had to make. */
const long = async () => {
  const one = opened();
  const incident = one.app.incident();
  const plain = incident.view.bind(incident);
  let made = 0;
  Object.assign(incident, {
    view: (): View => {
      const view = plain();
      return { ...view, state: { ...view.state, size: SIZE } };
    },
    timeline: ({ from = 0, before = SIZE, limit = SIZE }: TimelineOptions = {}) => {
      const count = Math.min(limit, before - from);
      made += count;
      return Array.from({ length: count }, (_none, i) => row(before - 1 - i));
    },
  });
  // What was seen before is looked at anew.
  one.store.tick();
  await one.press('t');
  return { ...one, made: () => made };
};

test('a long incident is shown from its newest entries, and says how many lie before them', async () => {
  const { store, made } = await long();
  expect(seen(store)).toContain('4000 entries, 16000 more before them');
  expect(made()).toBeLessThan(4100);
});

test('whoever comes to the end is given the next stretch, and keeps the place', async () => {
  const { store, press } = await long();
  await press('end');
  expect(seen(store)).toContain('8000 entries, 12000 more before them');
  expect(seen(store)).toMatch(/> 16000/);
  await press('down');
  expect(seen(store)).toMatch(/> 15999/);
});

test('a search goes through it stretch by stretch and says where it is', async () => {
  const { store, press, words, made } = await long();
  await press('/');
  await words('needle');
  await press('enter');
  expect(seen(store)).toContain('None of the 4000 entries read so far');
  await press('n');
  expect(seen(store)).toContain('None of the 8000 entries read so far');
  await press('n');
  expect(seen(store)).toMatch(/> +9999/);
  expect(made()).toBeLessThan(13_000);
});
