import { describe, expect, test } from 'vitest';
import { closedItem, openedItem } from '../../src/incident/improving.ts';
import type { Retest } from '../../src/incident/improving.ts';
import { at } from '../fakes/clock.ts';

const now = at('2026-11-27T12:00:00Z');
const from: Retest = {
  id: 'drill-a',
  runbook: 'quiet-key',
  by: 'people',
  begunAt: at('2026-06-01T10:00:00Z'),
  passed: false,
};
const item = { number: 1, closed: false, name: 'amber-otter-1', openedAt: at('2026-06-02T10:00:00Z') };
const later: Retest = { ...from, id: 'drill-b', begunAt: at('2026-11-01T10:00:00Z'), passed: true };
const close = (retest: Retest) => closedItem(item, from, { by: 'retest', retest }, now, (text) => text);

describe('an improvement', () => {
  test('is closed by a later drill of the same runbook that people passed', () => {
    expect(close(later)).toMatchObject({
      kind: 'item.closed',
      pub: { item: 1, how: 'retest', retest: 'drill-b' },
    });
  });

  test.each([
    ['another runbook', { runbook: 'wrong-ears' }, /it played wrong-ears/],
    ['the same drill', { id: 'drill-a', begunAt: from.begunAt }, /not played later/],
    ['one from before the item', { begunAt: at('2026-06-01T12:00:00Z') }, /before the item was opened/],
    ['the script', { by: 'script' as const }, /scripted responder/],
    ['one without a score', { passed: null }, /to its score/],
    ['one that was not passed', { passed: false }, /not passed/],
  ])('is not closed by %s', (_, change, why) => {
    expect(() => close({ ...later, ...change })).toThrow(
      expect.objectContaining({
        facts: expect.objectContaining({ why: expect.stringMatching(why) as string }) as object,
      }),
    );
  });

  test('is closed by evidence in words, sealed, and not by silence', () => {
    const closing = (evidence: string) =>
      closedItem(item, from, { by: 'evidence', evidence }, now, (text) =>
        text.replace('hunter2', '[secret]'),
      );
    expect(closing('Ticket 7, hunter2')).toMatchObject({
      pub: { how: 'evidence', retest: null },
      priv: { evidence: { value: 'Ticket 7, [secret]' } },
    });
    expect(() => closing('  ')).toThrow(/evidence in words/);
    expect(() =>
      closedItem({ ...item, closed: true }, from, { by: 'evidence', evidence: 'x' }, now, String),
    ).toThrow(/closed already/);
  });

  test('keeps what was seen sealed, and owner and day public', () => {
    const about = { observation: 'Nobody had the number', action: 'Print it', cause: null };
    const made = openedItem({ ...about, owner: 'ada', due: '2026-12-10', priority: 'high' }, 3, now, String);
    expect(made.pub).toEqual({ item: 3, owner: 'ada', due: '2026-12-10', priority: 'high', at: now });
    expect(Object.keys(made.priv ?? {})).toEqual(['observation', 'action']);
    expect(() =>
      openedItem({ ...about, owner: 'Ada Lovelace', due: '2026-12-10', priority: 'high' }, 3, now, String),
    ).toThrow(/handle of a person/);
  });
});
