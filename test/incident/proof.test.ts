import { expect, test } from 'vitest';
import { isProblem } from '../../src/base/problem.ts';
import { decide } from '../../src/incident/decide.ts';
import { timelineContext, timelineRow } from '../../src/projections/timeline.ts';
import { at, told, type Happening, openedIn } from '../fixtures/incident.ts';

const context = {
  now: at('2026-11-20T09:00:00Z'),
  actor: 'ada',
  mask: (text: string) => text,
  fingerprint: () => '',
};
const happenings: readonly Happening[] = [
  openedIn('UTC'),
  {
    kind: 'evidence.added',
    pub: {
      evidence: 'ev-1',
      sha256: 'ab'.repeat(32),
      size: 3,
      method: 'file',
      at: at('2026-11-20T08:00:00Z'),
      step: null,
    },
  },
  { kind: 'duty.submitted', pub: { duty: 'gdpr.33-1', at: at('2026-11-20T08:00:00Z'), phase: 1 } },
];
const prove = (evidence: string) =>
  decide(
    told(happenings).state,
    { do: 'prove', duty: 'gdpr.33-1', kind: 'screenshot', reference: 'portal', evidence },
    context,
  );

test('a screenshot that was kept proves a submission by its id, and its hash is read beside it', () => {
  const [proved] = prove('ev-1');
  expect(proved?.pub).toEqual({ duty: 'gdpr.33-1', kind: 'screenshot', evidence: 'ev-1' });
  if (proved === undefined) return;
  const { state, entries, reveal } = told([...happenings, proved]);
  const last = entries.at(-1);
  const row =
    last &&
    timelineRow(
      last,
      reveal,
      timelineContext(state, [], 'UTC', () => null),
    );
  expect(row?.detail).toContain(`evidence ev-1, sha256 ${'ab'.repeat(32)}`);
  expect(row?.evidence).toEqual(['ev-1']);
});

test('what was not kept proves nothing, and the evidence there is is named', () => {
  try {
    prove('ev-9');
    expect.unreachable();
  } catch (error) {
    expect(isProblem(error) && error.facts['near']).toBe('ev-1');
  }
});
