import { describe, expect, it } from 'vitest';
import { HOUR } from '../../src/base/duration.ts';
import type { Obligation } from '../../src/model/obligation.ts';
import { at, brandReport, earliestAt, fact, submission, tellAuthority, tellPeople, view } from './duties.ts';

describe('standing by what was known, what was sent and when one looks', () => {
  const aware = fact('2026-11-20T08:00:00Z');
  it.each([
    ['nobody has said anything', {}, undefined, '2026-11-20T03:00:00Z', 'provisional'],
    ['nobody has said anything for 72 hours', {}, undefined, '2026-11-23T02:14:00Z', 'provisional'],
    ['nobody has said anything for longer', {}, undefined, '2026-11-23T02:14:00.001Z', 'overdue'],
    [
      'asked, and not known yet',
      { aware: fact(null, { known: false }) },
      undefined,
      '2026-11-20T03:00:00Z',
      'provisional',
    ],
    ['aware', { aware }, undefined, '2026-11-20T09:00:00Z', 'running'],
    ['aware, at the last moment', { aware }, undefined, '2026-11-23T08:00:00Z', 'running'],
    ['aware, a moment later', { aware }, undefined, '2026-11-23T08:00:00.001Z', 'overdue'],
    [
      'sent in time, no proof',
      { aware },
      submission('2026-11-21T08:00:00Z', { proved: false }),
      '2026-11-30T00:00:00Z',
      'sent',
    ],
    ['sent in time, proved', { aware }, submission('2026-11-23T08:00:00Z'), '2026-11-30T00:00:00Z', 'met'],
    ['sent late, proved', { aware }, submission('2026-11-23T08:00:01Z'), '2026-11-30T00:00:00Z', 'met-late'],
    ['sent before anybody said when', {}, submission('2026-11-20T09:00:00Z'), '2026-11-30T00:00:00Z', 'met'],
    [
      'sent, then found to be no risk',
      { aware, 'risk-unlikely': fact('yes') },
      submission('2026-11-21T08:00:00Z'),
      '2026-11-22T00:00:00Z',
      'met',
    ],
    [
      'the start ruled out',
      { aware: fact(null, { ruledOut: true }) },
      undefined,
      '2026-11-20T09:00:00Z',
      'ruled-out',
    ],
    [
      'no personal data',
      { aware, 'personal-data': fact(false) },
      undefined,
      '2026-11-20T09:00:00Z',
      'ruled-out',
    ],
    [
      'no personal data, by option',
      { 'personal-data': fact('no') },
      undefined,
      '2026-11-20T09:00:00Z',
      'ruled-out',
    ],
    ['personal data', { 'personal-data': fact(true) }, undefined, '2026-11-20T09:00:00Z', 'provisional'],
    [
      'a risk unlikely',
      { aware, 'risk-unlikely': fact('yes') },
      undefined,
      '2026-11-20T09:00:00Z',
      'ruled-out',
    ],
    ['a risk likely', { aware, 'risk-unlikely': fact('no') }, undefined, '2026-11-20T09:00:00Z', 'running'],
    [
      'the question of risk not answered yet',
      { aware, 'risk-unlikely': fact(null, { known: false }) },
      undefined,
      '2026-11-20T09:00:00Z',
      'running',
    ],
    [
      'an answer about risk that is private',
      { aware, 'risk-unlikely': fact(null) },
      undefined,
      '2026-11-20T09:00:00Z',
      'running',
    ],
  ])('%s', (_, known, sent, now, standing) => {
    expect(view(tellAuthority, known, now, sent).standing).toBe(standing);
  });
});

describe('a running clock', () => {
  it('says which entry started it, from when it counts and what is left', () => {
    expect(
      view(tellAuthority, { aware: fact('2026-11-20T09:00:00+01:00', { n: 12 }) }, '2026-11-20T10:00:00Z'),
    ).toEqual({
      duty: 'law.tell',
      context: false,
      standing: 'running',
      startedAt: at('2026-11-20T08:00:00Z'),
      startedBy: 12,
      due: { is: 'at', at: at('2026-11-23T08:00:00Z') },
      basis: 'recorded',
      left: 70 * HOUR,
    });
  });

  it('starts when the fact happened where the answer is no time', () => {
    expect(view(tellAuthority, { aware: fact(true) }, '2026-11-20T07:00:00Z')).toMatchObject({
      startedAt: at('2026-11-20T06:00:00Z'),
    });
    expect(view(tellAuthority, { aware: fact(null) }, '2026-11-20T07:00:00Z')).toMatchObject({
      startedAt: at('2026-11-20T06:00:00Z'),
    });
  });

  it('runs 72 real hours over the clock changes of Dublin and Berlin', () => {
    for (const zone of ['Europe/Dublin', 'Europe/Berlin']) {
      const found = view(
        tellAuthority,
        { aware: fact('2026-10-24T12:00:00Z') },
        '2026-10-24T13:00:00Z',
        undefined,
        { zone },
      );
      expect(found).toMatchObject({ due: { is: 'at', at: at('2026-10-27T12:00:00Z') } });
    }
  });

  it('takes the calendar that its rule names', () => {
    const duty: Obligation = { ...tellAuthority, period: { kind: 'business-days', days: 1, calendar: 'IE' } };
    const asked: (string | null)[] = [];
    const holidays = (id: string | null) => {
      asked.push(id);
      return { id: 'IE', dates: new Set(['2026-11-23']) };
    };
    const found = view(duty, { aware: fact('2026-11-20T08:00:00Z') }, '2026-11-20T09:00:00Z', undefined, {
      holidays,
    });
    expect(found).toMatchObject({ due: { is: 'at', at: at('2026-11-24T23:59:59.999Z') } });
    expect(asked).toEqual(['IE']);
  });
});

describe('a provisional clock', () => {
  it('counts from the earliest known time and names no entry', () => {
    expect(view(tellAuthority, {}, '2026-11-20T03:14:00Z')).toEqual({
      duty: 'law.tell',
      context: false,
      standing: 'provisional',
      startedAt: earliestAt,
      startedBy: null,
      due: { is: 'at', at: at('2026-11-23T02:14:00Z') },
      basis: 'earliest',
      left: 71 * HOUR,
    });
  });

  it('tells "not asked" from "not known yet"', () => {
    const unknown = { aware: fact(null, { known: false }) };
    expect(view(tellAuthority, unknown, '2026-11-20T03:14:00Z')).toMatchObject({
      basis: 'not-known-yet',
      startedBy: null,
    });
  });

  it('keeps saying that it is provisional when it is overdue', () => {
    expect(view(tellAuthority, {}, '2026-11-24T00:00:00Z')).toMatchObject({
      standing: 'overdue',
      basis: 'earliest',
      startedBy: null,
    });
  });
});

describe('a duty without a number', () => {
  it('runs with its words, has nothing left to count and is never overdue or late', () => {
    const known = { 'high-risk': fact('yes') };
    expect(view(tellPeople, known, '2036-11-20T00:00:00Z')).toMatchObject({
      standing: 'running',
      due: { is: 'none', wording: 'without undue delay' },
      left: null,
    });
    expect(view(tellPeople, known, '2036-11-20T00:00:00Z', submission('2036-01-01T00:00:00Z')).standing).toBe(
      'met',
    );
  });

  it('is provisional before the decision and ruled out by a no', () => {
    expect(view(tellPeople, {}, '2026-11-20T03:00:00Z').standing).toBe('provisional');
    expect(view(tellPeople, { 'high-risk': fact('no', { n: 30 }) }, '2026-11-20T03:00:00Z')).toEqual({
      duty: 'law.people',
      context: false,
      standing: 'ruled-out',
      fact: 'high-risk',
      by: 30,
      why: null,
    });
  });
});

describe('a clock that hangs on a later act', () => {
  it('is idle until that act is recorded, and belongs to another party', () => {
    expect(view(brandReport, {}, '2026-11-20T03:00:00Z')).toEqual({
      duty: 'law.report',
      context: true,
      standing: 'idle',
      why: 'not-started',
    });
    expect(
      view(brandReport, { 'brand-told': fact('2026-11-20T08:00:00Z') }, '2026-11-20T09:00:00Z'),
    ).toMatchObject({
      standing: 'running',
      context: true,
    });
  });
});

describe('a rule that is not in force', () => {
  const future: Obligation = { ...tellAuthority, effective_from: '2026-11-21' };
  it('starts no clock before its first day or after its last', () => {
    const idle = { standing: 'idle', why: 'not-in-force' };
    expect(view(future, { aware: fact('2026-11-20T23:59:59Z') }, '2026-11-22T00:00:00Z')).toMatchObject(idle);
    expect(view(future, { aware: fact('2026-11-21T00:00:00Z') }, '2026-11-22T00:00:00Z')).toMatchObject({
      standing: 'running',
    });
    const past: Obligation = { ...tellAuthority, effective_to: '2026-11-20' };
    expect(view(past, { aware: fact('2026-11-21T00:00:00Z') }, '2026-11-22T00:00:00Z')).toMatchObject(idle);
    expect(view(past, { aware: fact('2026-11-20T23:59:59Z') }, '2026-11-22T00:00:00Z')).toMatchObject({
      standing: 'running',
    });
  });
});

describe('a submission', () => {
  it('keeps proof and acknowledgement apart', () => {
    const aware = fact('2026-11-20T08:00:00Z');
    const acknowledgedAt = at('2026-11-22T08:00:00Z');
    const unproved = submission('2026-11-21T08:00:00Z', { proved: false, acknowledgedAt });
    expect(view(tellAuthority, { aware }, '2026-11-24T00:00:00Z', unproved)).toMatchObject({
      standing: 'sent',
      acknowledgedAt,
    });
    expect(
      view(tellAuthority, { aware }, '2026-11-24T00:00:00Z', {
        ...unproved,
        proved: true,
        acknowledgedAt: null,
      }),
    ).toMatchObject({
      standing: 'met',
      acknowledgedAt: null,
    });
  });

  it('that is unproved says whether it was late', () => {
    const late = submission('2026-11-24T08:00:00Z', { proved: false });
    expect(
      view(tellAuthority, { aware: fact('2026-11-20T08:00:00Z') }, '2026-11-24T09:00:00Z', late),
    ).toMatchObject({
      standing: 'sent',
      late: true,
    });
  });
});
