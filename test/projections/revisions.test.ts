import { expect, test } from 'vitest';
import { revisions } from '../../src/projections/revisions.ts';
import { gdpr } from '../../src/regulations/gdpr.ts';
import { at, told, type Happening, openedIn } from '../fixtures/incident.ts';

const zone = 'Europe/Dublin';
const opened: Happening = openedIn(zone);
const aware = (when: string): Happening => ({
  kind: 'fact.learned',
  pub: { fact: 'aware', value: when, known: true, at: at(when), basis: 'told', step: null },
});
const corrected = (when: string): Happening => ({
  kind: 'fact.corrected',
  pub: { fact: 'aware', value: when, known: true, at: at(when), basis: 'told', corrects: 1 },
});
const note: Happening = {
  kind: 'note.added',
  pub: { at: at('2026-11-20T00:00:00Z'), star: false, corrects: null },
};
const sequence = (...happenings: readonly Happening[]) =>
  revisions(told([opened, ...happenings]).entries, () => gdpr.obligations, {
    zone,
    holidays: () => null,
  }).get('gdpr.33-1')?.sequence;

test('a change of the moment raises the number by one, and nothing else does', () => {
  expect(sequence()).toBe(0);
  expect(sequence(note, note)).toBe(0);
  // Recorded as it was counted provisionally: the moment is the same.
  expect(sequence(aware('2026-11-19T20:00:00Z'))).toBe(0);
  expect(sequence(aware('2026-11-20T02:14:00Z'))).toBe(1);
  expect(sequence(aware('2026-11-20T02:14:00Z'), note, corrected('2026-11-20T01:00:00Z'))).toBe(2);
  expect(
    sequence(aware('2026-11-20T02:14:00Z'), { kind: 'fact.ruled_out', pub: { fact: 'aware', step: null } }),
  ).toBe(2);
});

test('the same journal gives the same numbers again', () => {
  const { entries } = told([opened, aware('2026-11-20T02:14:00Z')]);
  const count = () => [...revisions(entries, () => gdpr.obligations, { zone, holidays: () => null })];
  expect(count()).toEqual(count());
});
