import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { calendarsOf, computeVector } from '../../src/regulations/compute.ts';

type Vector = Readonly<{
  id: string;
  tz: string;
  trigger: string;
  rule: Readonly<{ kind: string }>;
  due: string | null;
}>;
type File = Readonly<{
  holiday_calendars: Readonly<Record<string, readonly string[]>>;
  count: number;
  vectors: readonly Vector[];
}>;

const file = JSON.parse(
  readFileSync(new URL('../fixtures/deadline-vectors.json', import.meta.url), 'utf8'),
) as File;
const calendars = calendarsOf(file.holiday_calendars);

describe('the known deadlines', () => {
  it('are all in the file', () => {
    expect(file.vectors).toHaveLength(file.count);
  });

  it.each(file.vectors)('$id: $rule.kind from $trigger ends at $due', (vector) => {
    expect(computeVector(vector, calendars)).toEqual({ id: vector.id, due: vector.due });
  });
});

describe('a record that cannot be computed', () => {
  const good = {
    id: 'x',
    tz: 'Europe/Dublin',
    trigger: '2026-11-20T10:00:00Z',
    rule: { kind: 'elapsed_hours', n: 72 },
  };

  it.each([
    ['a trigger without an offset', { trigger: '2026-11-20T10:00:00' }, 'not a time with its offset'],
    ['a trigger on a day that is not', { trigger: '2026-02-30T10:00:00Z' }, 'not a time with its offset'],
    ['an unknown zone', { tz: 'Europe/Atlantis' }, 'not a known time zone'],
    [
      'a calendar that is not given',
      { rule: { kind: 'business_days', n: 3, calendar: 'XX' } },
      'calendar XX is not given',
    ],
    [
      'a roll without a calendar',
      { rule: { kind: 'months', n: 1, roll: 'next_working_day' } },
      'needs a calendar',
    ],
    ['half an hour', { rule: { kind: 'elapsed_hours', n: 0.5 } }, 'rule.n'],
    ['a period of a billion days', { rule: { kind: 'calendar_days', n: 1e9 } }, 'rule.n'],
    [
      'a cutoff of 25 o’clock',
      { rule: { kind: 'business_days', n: 1, calendar: 'DE', cutoff: '25:00' } },
      'HH:MM',
    ],
    ['an end after the year 9999', { trigger: '9999-12-31T00:00:00Z' }, 'outside the years'],
    ['no rule', { rule: undefined }, 'rule'],
  ])('names what is wrong: %s', (_, change, words) => {
    expect(computeVector({ ...good, ...change }, calendars)).toEqual({
      id: 'x',
      refused: expect.stringContaining(words) as string,
    });
  });

  it.each([[null], ['text'], [[]], [{}], [{ id: 7 }]])('is refused without an id: %j', (input) => {
    expect(computeVector(input, calendars)).toEqual({ id: null, refused: expect.any(String) as string });
  });

  it('gives a trigger in the repeated hour of autumn the moment of its offset', () => {
    const at = (trigger: string) => computeVector({ ...good, trigger }, calendars);
    expect(at('2026-10-25T01:30:00+01:00')).toEqual({ id: 'x', due: '2026-10-28T00:30:00+00:00' });
    expect(at('2026-10-25T01:30:00+00:00')).toEqual({ id: 'x', due: '2026-10-28T01:30:00+00:00' });
  });
});
