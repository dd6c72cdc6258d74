import { describe, expect, test } from 'vitest';
import { exportFileName } from '../../src/exports/export.ts';
import { leakedToken } from '../fixtures/incident.ts';
import { exportIds as ids, input, rendered } from './rig.ts';

/** What whoever is handed a file must be able to tell from it: whose copy it is, who may read it, and what it cannot say. */

test('the copy of an audience is not named as that of another', () => {
  const given = input(leakedToken());
  const withheld = { audience: 'public' } as unknown as NonNullable<typeof given.redaction>['withheld'];
  const name = exportFileName(
    { id: 'md', extension: 'md' },
    { ...given, redaction: { row: (row) => row, withheld } },
  );
  expect(name).toBe('amber-otter-md-for-public-20261120T0600Z.md');
});

describe('where the zone is UTC', () => {
  const there = { zone: 'UTC' };

  test.each(['brief', 'handover', 'register', 'regulator-pack', 'md', 'timeline-html'] as const)(
    '%s says no time twice',
    (id) => {
      const text = rendered(id, input(leakedToken(), there));
      expect(text).not.toMatch(/UTC,? with UTC|UTC, UTC beside|\+00:00 (?:\/|\()/);
      expect(text).toContain('2026-11-20 06:00 UTC');
    },
  );
});

test.each(['brief', 'handover', 'register', 'regulator-pack', 'md', 'timeline-html'] as const)(
  '%s says who may read it',
  (id) => {
    expect(rendered(id, input(leakedToken(), { tlp: 'amber+strict' }))).toMatch(/TLP:AMBER\\?\+STRICT/);
  },
);

test.each(ids.filter((id) => id !== 'brief' && id !== 'timeline'))(
  '%s says how many entries it cannot tell of',
  (id) => {
    const text = rendered(id, input(leakedToken(), { unknown: 3 })).replaceAll('\r\n ', '');
    expect(text).toMatch(/3 entries are of a kind|"unknown_entries":3/);
  },
);
