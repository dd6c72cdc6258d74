import { expect, test } from 'vitest';
import { computeDuty } from '../../src/regulations/compute-duty.ts';

const asked = {
  obligation: 'pci.visa-pfi-contract',
  trigger: '2026-12-23T10:00:00+01:00',
  zone: 'Europe/Berlin',
  country: 'DE',
  capped: null,
};
const notesOf = (country: string | null): string => {
  const told = computeDuty({ ...asked, country });
  return 'notes' in told ? told.notes.join(' ') : JSON.stringify(told);
};

test('a country whose holidays are not known is said, and gives no later end', () => {
  expect(notesOf('XX')).toContain('no public holidays of XX are known');
  expect(notesOf(null)).toContain('no country was given');
  expect(notesOf('DE')).not.toContain('Only Saturdays');
  const due = (country: string): string => {
    const told = computeDuty({ ...asked, country });
    return 'due' in told ? (told.due ?? '') : '';
  };
  expect(due('XX') < due('DE')).toBe(true);
});

test.each([
  ['2026-10-25T02:30:00', 'not a time with its offset'],
  ['2026-02-30T10:00:00Z', 'not a time with its offset'],
])('%s is refused', (trigger, why) => {
  expect(computeDuty({ ...asked, trigger })).toEqual({ refused: expect.stringContaining(why) as unknown });
});

test('before the law existed no clock starts', () => {
  const told = computeDuty({ ...asked, obligation: 'gdpr.33-1', trigger: '1999-01-01T00:00:00Z' });
  expect(told).toMatchObject({ due: null, wording: 'not in force on 1999-01-01: no clock starts' });
});
