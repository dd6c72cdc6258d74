import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/duration.ts';
import { instant } from '../../src/base/instant.ts';
import { noAlerts, alertsChanged, thresholdAt } from '../../src/incident/alerts.ts';
import { alertLine, alertNotice, alertsNow } from '../../src/projections/alerts.ts';
import { clocks } from '../../src/projections/countdowns.ts';
import { gdpr } from '../../src/regulations/gdpr.ts';
import { at, openedIn, told, type Happening } from '../fixtures/incident.ts';

const start = at('2026-11-20T00:00:00Z');
const under = (hours: number, left: number): string | null => {
  const due = instant(start + hours * HOUR);
  return thresholdAt({ startedAt: start, due }, instant(due - left));
};

describe('the threshold a clock is under', () => {
  test.each([
    [72, 40 * HOUR, null],
    [72, 36 * HOUR, 'half'],
    [72, 24 * HOUR + 1, 'half'],
    [72, 24 * HOUR, '24h'],
    [72, 11 * HOUR, '12h'],
    [72, 30 * MINUTE, '30min'],
    [72, 0, 'due'],
    [72, -5 * HOUR, 'due'],
    [720, 400 * HOUR, null],
    [720, 360 * HOUR, 'half'],
    [720, 180 * HOUR, 'quarter'],
    [720, 25 * HOUR, 'quarter'],
    // A short clock is not told of thresholds that are longer than itself.
    [6, 5 * HOUR, null],
    [6, 2 * HOUR, '2h'],
  ])('of %i hours with %i ms left is %s', (hours, left, threshold) => {
    expect(under(hours, left)).toBe(threshold);
  });

  test('only ever gets nearer as time goes by', () => {
    const order = [null, 'half', 'quarter', '24h', '12h', '6h', '2h', '1h', '30min', '10min', 'due'];
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.array(fc.integer({ min: 0, max: 3100 })),
        (hours, when) => {
          const seen = when
            .toSorted((a, b) => a - b)
            .map((h) => order.indexOf(under(hours, (hours - h) * HOUR)));
          expect(seen).toEqual(seen.toSorted((a, b) => a - b));
        },
      ),
    );
  });
});

const aware = (time: string, corrects: number | null = null): Happening => {
  const pub = { fact: 'aware', value: time, known: true, at: at(time), basis: 'observed' as const };
  return corrects === null
    ? { kind: 'fact.learned', pub: { ...pub, step: null } }
    : { kind: 'fact.corrected', pub: { ...pub, corrects } };
};
const authority = gdpr.obligations.filter(({ id }) => id === 'gdpr.33-1');
const look = (happenings: readonly Happening[], now: string) => {
  const { state } = told(happenings);
  const views = clocks(state, authority, at(now), { zone: 'UTC', holidays: () => null });
  return { state, alerts: alertsNow(state, views, at(now)) };
};
const rung = (threshold: string, due: string): Happening => ({
  kind: 'alert.rung',
  pub: { duty: 'gdpr.33-1', threshold, due: at(due) },
});

describe('what is to be told now', () => {
  const story = [openedIn('UTC'), aware('2026-11-20T00:00:00Z')];
  const due = '2026-11-23T00:00:00Z';

  test('is each threshold once, and after a night away only the one it is under by then', () => {
    expect(look(story, '2026-11-21T11:59:00Z').alerts).toEqual([]);
    expect(look(story, '2026-11-22T20:00:00Z').alerts).toMatchObject([
      { duty: 'gdpr.33-1', threshold: '6h', leftMs: 4 * HOUR, due: at(due) },
    ]);
    const heard = [...story, rung('6h', due)];
    expect(look(heard, '2026-11-22T21:00:00Z').alerts).toEqual([]);
    expect(look(heard, '2026-11-22T22:30:00Z').alerts).toMatchObject([{ threshold: '2h' }]);
  });

  test('is told anew where a correction of the start moved the end, and not where it did not', () => {
    const heard = [...story, rung('6h', due)];
    const same = [...heard, aware('2026-11-20T00:00:00Z', 1)];
    expect(look(same, '2026-11-22T20:00:00Z').alerts).toEqual([]);
    const earlier = [...heard, aware('2026-11-19T23:00:00Z', 1)];
    expect(look(earlier, '2026-11-22T20:00:00Z').alerts).toMatchObject([
      { threshold: '6h', due: at('2026-11-22T23:00:00Z') },
    ]);
  });

  test('is nothing once it was submitted, and nothing in an incident that is closed', () => {
    const late = '2026-11-24T00:00:00Z';
    expect(look(story, late).alerts).toMatchObject([{ threshold: 'due' }]);
    const sent: Happening = {
      kind: 'duty.submitted',
      pub: { duty: 'gdpr.33-1', at: at('2026-11-21T00:00:00Z'), phase: 1 },
    };
    expect(look([...story, sent], late).alerts).toEqual([]);
    const closed: Happening = { kind: 'incident.closed', pub: { outcome: 'resolved' } };
    expect(look([...story, closed], late).alerts).toEqual([]);
  });

  test('names on the way out the incident, the duty and the time, and on this screen the title', () => {
    const { state, alerts } = look(story, '2026-11-22T20:00:30Z');
    const [one] = alerts;
    if (one === undefined) throw new Error('no alert');
    expect(alertLine(state, one)).toBe('x: gdpr.33-1 3 h 59 min left');
    expect(alertLine({ ...state, drill: true }, one)).toBe('DRILL x: gdpr.33-1 3 h 59 min left');
    expect(alertLine(state, { ...one, leftMs: -2 * HOUR })).toBe('x: gdpr.33-1 LATE by 2 h 00 min');
    expect(alertNotice(one, 2)).toBe(
      '3 h 59 min left: Notify the supervisory authority, and 2 more: see the clocks',
    );
  });

  test('belongs to the process whose entry came first', () => {
    const { entries } = told([openedIn('UTC'), rung('6h', due), rung('6h', due)]);
    const rings = entries.filter((one) => one.kind === 'alert.rung');
    const state = rings.reduce(alertsChanged, noAlerts);
    expect([...state.rung.values()]).toEqual([1]);
  });
});
