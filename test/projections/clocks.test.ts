import { describe, expect, test } from 'vitest';
import type { Instant } from '../../src/base/instant.ts';
import { clocks, nextClock } from '../../src/projections/countdowns.ts';
import { gdpr } from '../../src/regulations/gdpr.ts';
import { pci } from '../../src/regulations/pci.ts';
import { at, leakedToken, told, type Happening, openedIn } from '../fixtures/incident.ts';

const zone = 'Europe/Dublin';
/** What a breach starts; the clocks for one person each have their own tests. */
const breach = gdpr.obligations.filter(({ per_person: each }) => each === undefined);
const both = [...breach, ...pci.obligations];
const view = (happenings: readonly Happening[], now: Instant, duties = breach) =>
  clocks(told(happenings).state, duties, now, { zone, holidays: () => null });

const opened: Happening = openedIn(zone);
const aware: Happening = {
  kind: 'fact.learned',
  pub: {
    fact: 'aware',
    value: '2026-11-20T02:14:00Z',
    known: true,
    at: at('2026-11-20T02:14:00Z'),
    basis: 'observed',
    step: null,
  },
};

describe('the clocks', () => {
  test('are provisional from declaration, counted from the earliest known time, and say why', () => {
    const [first] = view([opened], at('2026-11-20T02:00:00Z'));
    expect(first).toMatchObject({
      duty: 'gdpr.33-1',
      standing: 'provisional',
      provisional: true,
      dueUtc: '2026-11-22T20:00:00.000Z',
    });
    expect(first?.leftMs).toBe(66 * 3_600_000);
    expect(first?.startedBecause).toBe(
      'provisional: counted from the earliest known time, 2026-11-19 20:00 +00:00, until somebody records or rules out "aware"',
    );
  });

  test('name the entry that started them', () => {
    const [first] = view([opened, aware], at('2026-11-20T03:14:00Z'));
    expect(first).toMatchObject({
      standing: 'running',
      startedBy: 1,
      leftMs: 71 * 3_600_000,
      provisional: false,
    });
    expect(first?.startedBecause).toContain('entry 1 records "aware"');
  });

  test('show the words of a rule that has no number, and no moment', () => {
    const people = view([opened, aware], at('2026-11-20T03:14:00Z')).find(({ duty }) => duty === 'gdpr.34');
    expect(people).toMatchObject({ due: null, dueLocal: null, leftMs: null, wording: 'without undue delay' });
  });

  test('come late ones first, then by moment, then without a number, other parties after ours', () => {
    const views = view([opened], at('2027-01-01T00:00:00Z'), both);
    expect(views[0]?.standing).toBe('overdue');
    const order = views.map(({ context, standing }) => (standing === 'idle' ? 2 : context ? 1 : 0));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(nextClock(views)?.duty).toBe('gdpr.33-1');
  });

  test('stand as sent until proof is recorded, then as met at the instant of submission', () => {
    const submitted: Happening = {
      kind: 'duty.submitted',
      pub: { duty: 'gdpr.33-1', at: at('2026-11-20T05:00:00Z'), phase: 1 },
    };
    const proved: Happening = {
      kind: 'duty.proved',
      pub: { duty: 'gdpr.33-1', kind: 'screenshot', evidence: null },
    };
    const now = at('2026-12-20T05:00:00Z');
    const of = (happenings: readonly Happening[]) =>
      view(happenings, now).find(({ duty }) => duty === 'gdpr.33-1');
    expect(of([opened, aware, submitted])).toMatchObject({ standing: 'sent', proved: false, late: false });
    expect(of([opened, aware, submitted, proved])).toMatchObject({
      standing: 'met',
      submittedAt: at('2026-11-20T05:00:00Z'),
    });
  });

  test('put what is due without undue delay before what has no time at all', () => {
    const high: Happening = {
      kind: 'fact.learned',
      pub: {
        fact: 'high-risk',
        value: 'yes',
        known: true,
        at: at('2026-11-20T03:00:00Z'),
        basis: 'told',
        step: null,
      },
    };
    const open = view([opened, aware, high], at('2026-11-20T03:14:00Z')).filter(({ due }) => due === null);
    expect(open.map(({ duty }) => duty)).toEqual(['gdpr.34', 'gdpr.33-5', 'gdpr.33-2']);
  });

  test('put a started duty before a provisional one where neither has a number', () => {
    const views = view([opened, aware], at('2026-11-20T03:14:00Z')).filter(({ due }) => due === null);
    expect(views[0]).toMatchObject({ duty: 'gdpr.33-5', standing: 'running' });
    expect(views.slice(1).every(({ provisional }) => provisional)).toBe(true);
  });

  test('say by whom a duty was ruled out', () => {
    const out: Happening = {
      kind: 'fact.ruled_out',
      pub: { fact: 'aware', step: null },
      priv: { reason: { class: 'staff', value: 'test data' } },
    };
    const first = view([opened, out], at('2026-11-20T03:00:00Z')).find(({ duty }) => duty === 'gdpr.33-1');
    expect(first).toMatchObject({ standing: 'ruled-out', startedBy: 1, due: null });
  });

  test('say nothing is next once everything is sent or ruled out', () => {
    expect(nextClock([])).toBeNull();
    const views = clocks(leakedToken().state, breach, at('2026-11-20T04:00:00Z'), {
      zone,
      holidays: () => null,
    });
    expect(nextClock(views)?.duty).not.toBe('gdpr.33-1');
  });
});
