import { expect, test, vi } from 'vitest';
import type { OpenIncident } from '../../src/app/contract.ts';
import { whoToRing } from '../../src/projections/who.ts';
import { contacts, ringing } from '../fakes/company.ts';
import { at } from '../fakes/clock.ts';
import { clock, fakeApp, fakeIncident, view } from './fake-app.ts';
import { firebreak } from './rig.ts';

const now = at('2026-11-27T09:00:00Z');

const asked = async (...argv: readonly string[]) => {
  const act = vi.fn<OpenIncident['act']>(async () => await Promise.resolve());
  const calls = [{ n: 9, at: now, contact: 'dpo', outcome: 'no-answer' as const }];
  const who = whoToRing([clock({ contact: 'authority' })], ringing(calls, now));
  const incident = fakeIncident({ act, view: () => view({ who }) });
  const app = fakeApp({ open: async () => await Promise.resolve(incident) });
  const said = await firebreak(['who', ...argv], { app });
  return { ...said, acted: act.mock.calls.map(([command]) => command) };
};

test('the number stands first, then whose it is, its age, and the last attempt', async () => {
  const { code, stdout } = await asked();
  expect(code).toBe(0);
  const lines = stdout.split('\n');
  const ring = lines.findIndex((line) => line.includes('Mary Byrne'));
  expect(lines[ring]).toBe('  RING +353 1 555 0142  Mary Byrne [dpo]');
  expect(lines[ring + 1]).toContain('checked 56 days ago; day and night');
  expect(lines[ring + 2]).toContain('no answer');
  expect(stdout).toContain('checked 329 days ago: STALE');
  expect(stdout).toContain('MISSING Nobody is entered.');
  expect(stdout).toContain('WHY One authority');
  expect(stdout).toContain('NO NUMBER KNOWN');
});

test('as JSON it says the same with its schema', async () => {
  const { stdout } = await asked('--json');
  const told = JSON.parse(stdout) as {
    schema: string;
    rows: { id: string; contacts: { id: string; stale: boolean; last_call: unknown }[] }[];
  };
  expect(told.schema).toBe('firebreak.who/v1');
  const [first] = told.rows;
  expect(first).toMatchObject({
    id: 'authority',
    contacts: [{ id: 'dpo', stale: false, age_days: 56, last_call: { entry: 9, outcome: 'no-answer' } }],
    authorities: [{ id: 'dpa-ie', confidence: 'third-party', attempts: 0, last_call: null }],
  });
  expect(told.rows.map(({ id }) => id)).toContain('acquirer');
});

test.each([
  ['yes', 'reached'],
  ['no', 'no-answer'],
  ['message', 'left-message'],
] as const)('--reached %s is logged as %s', async (how, outcome) => {
  const { code, stdout, acted } = await asked('--log', 'ico', '--reached', how, '--note', 'said hello');
  expect(code).toBe(0);
  expect(acted).toEqual([{ do: 'call', contact: 'ico', outcome, note: 'said hello' }]);
  expect(stdout).toContain(`CALLED ico: ${outcome}`);
});

test.each([[['--log', contacts[0]?.id ?? '']], [['--reached', 'yes']], [['--note', 'x']]])(
  'half of a log is refused and nothing is written: %o',
  async (argv) => {
    const { code, acted } = await asked(...argv);
    expect(code).toBe(2);
    expect(acted).toEqual([]);
  },
);
