import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/base/duration.ts';
import { formatUtc, instant } from '../../src/base/instant.ts';
import { countdown, crossed, thresholds } from '../../src/incident/countdown.ts';
import type { FactView } from '../../src/model/obligation.ts';
import { at, earliestAt, fact, facts, options, tellAuthority, view } from './duties.ts';

describe('what nobody can do to a deadline', () => {
  const spans = fc.integer({ min: 0, max: 30 * 24 * HOUR });

  it('recording a later start never gives a deadline before the provisional one', () => {
    fc.assert(
      fc.property(
        spans,
        fc.constantFrom('Europe/Dublin', 'Europe/Berlin', 'America/New_York'),
        (later, zone) => {
          const before = view(tellAuthority, {}, '2026-11-20T03:00:00Z', undefined, { zone });
          const aware = fact(formatUtc(instant(earliestAt + later)));
          const after = view(tellAuthority, { aware }, '2026-11-20T03:00:00Z', undefined, { zone });
          expect(dueAt(after)).toBeGreaterThanOrEqual(dueAt(before));
          expect(dueAt(after) - dueAt(before)).toBe(later);
        },
      ),
    );
  });

  it('time alone never takes an overdue clock back, nor gives time back', () => {
    fc.assert(
      fc.property(spans, spans, fc.boolean(), (elapsed, more, recorded) => {
        const known: Readonly<Record<string, FactView>> = recorded
          ? { aware: fact('2026-11-20T08:00:00Z') }
          : {};
        const look = (ms: number) =>
          countdown(tellAuthority, facts(known), new Map(), instant(earliestAt + ms), options);
        const [first, second] = [look(elapsed), look(elapsed + more)];
        if (first.standing === 'overdue') expect(second.standing).toBe('overdue');
        expect(leftOf(second)).toBe(leftOf(first) - more);
      }),
    );
  });

  it('the same facts give the same answer, whoever asks', () => {
    fc.assert(
      fc.property(spans, (elapsed) => {
        const look = () =>
          countdown(tellAuthority, facts(), new Map(), instant(earliestAt + elapsed), options);
        expect(look()).toEqual(look());
      }),
    );
  });
});

describe('alerts', () => {
  const dueAt = at('2026-11-23T02:14:00Z');

  it('come at each threshold and at the due moment', () => {
    expect(crossed(dueAt, instant(dueAt - 25 * HOUR), instant(dueAt - 24 * HOUR))).toEqual([24 * HOUR]);
    expect(crossed(dueAt, instant(dueAt - 24 * HOUR), instant(dueAt - 23 * HOUR))).toEqual([]);
    expect(crossed(dueAt, instant(dueAt - 31 * MINUTE), instant(dueAt))).toEqual([
      30 * MINUTE,
      10 * MINUTE,
      0,
    ]);
  });

  it('come once each, however often and unevenly somebody looks', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 80 * HOUR }), { maxLength: 30 }), (looks) => {
        const moments = [0, ...looks.toSorted((a, b) => a - b), 80 * HOUR].map((ms) =>
          instant(dueAt - 72 * HOUR + ms),
        );
        const given = moments.slice(1).flatMap((to, i) => crossed(dueAt, moments[i] ?? to, to));
        expect(given).toEqual([...thresholds]);
      }),
    );
  });
});

type Found = ReturnType<typeof countdown>;
const dueAt = (found: Found): number => ('due' in found && found.due.is === 'at' ? found.due.at : Number.NaN);
const leftOf = (found: Found): number => ('left' in found ? (found.left ?? Number.NaN) : Number.NaN);
