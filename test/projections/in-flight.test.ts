import { expect, test } from 'vitest';
import type { View } from '../../src/app/contract.ts';
import { inFlightLines } from '../../src/cli/doubts.ts';
import type { IncidentState } from '../../src/incident/state.ts';
import { doubtsNow } from '../../src/projections/doubts.ts';
import { openedNotice } from '../../src/tui/shell/entering.ts';

const look = { color: false, ascii: true, screenReader: false };

const attempt = {
  intent: 41,
  step: null,
  target: 't0',
  action: 'tiny.stop',
  direction: 'do',
  retry: 'B',
  proof: null,
};
const many = Array.from({ length: 500 }, (_, i) => `tiny.stop on t${i}`);
const notice = (inFlight: readonly string[]): string =>
  openedNotice({
    view: { inFlight, unknown: 0, state: { handed: null } } as unknown as View,
    readOnly: false,
    look,
  }).text;

test('of many attempts that were in flight some are named, with how many more there are and where they stand', () => {
  const lines = inFlightLines(many, 'none');
  expect(lines).toHaveLength(21);
  expect(lines[0]).toBe('  IN FLIGHT when the tool ended: tiny.stop on t0');
  expect(lines.at(-1)).toBe('  and 480 more IN FLIGHT, all of them in: firebreak status --json');
  expect(notice(many)).toContain(
    'now UNSURE: tiny.stop on t0, tiny.stop on t1, tiny.stop on t2 and 497 more; the step that is UNSURE lists them',
  );
});

test('of few each is named, and nothing is said to be left', () => {
  expect(inFlightLines(many.slice(0, 20), 'here').join()).not.toContain('more');
  expect(notice(many.slice(0, 3))).toBe(
    'Back where it stopped. In flight when the tool ended, now UNSURE: tiny.stop on t0, tiny.stop on t1, tiny.stop on t2.',
  );
});

test('what another process is about is called so, and is no doubt to be settled', () => {
  expect(inFlightLines(many, 'elsewhere').slice(-2)).toEqual([
    '  UNDER WAY in another process: tiny.stop on t19',
    '  and 480 more UNDER WAY, all of them in: firebreak status --json',
  ]);
  expect(inFlightLines(many.slice(0, 1), 'silent')).toEqual([
    '  BEGUN by another process, which lives but has given no sign for a while: tiny.stop on t0',
  ]);
  const state = {
    plan: null,
    acts: new Map([[41, { ...attempt, result: null }]]),
  } as unknown as IncidentState;
  expect(doubtsNow({ state, engine: 'none' })).toHaveLength(1);
  expect(doubtsNow({ state, engine: 'silent' })).toHaveLength(1);
  expect(doubtsNow({ state, engine: 'elsewhere' })).toEqual([]);
});
