import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/canonical.ts';
import { formatLocal, parseInstant, type Instant } from '../../src/base/instant.ts';
import { countdown } from '../../src/incident/countdown.ts';
import type { FactView } from '../../src/model/obligation.ts';
import { gdpr } from '../../src/regulations/gdpr.ts';
import type { Situation } from '../../src/regulations/regulation.ts';

const at = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (parsed === null) throw new Error(`${text} is no time`);
  return parsed;
};
const duty = (id: string) => {
  const found = gdpr.obligations.find((obligation) => obligation.id === id);
  if (found === undefined) throw new Error(`no duty ${id}`);
  return found;
};
const recorded = (answers: Readonly<Record<string, Json>>): ReadonlyMap<string, FactView> =>
  new Map(
    Object.entries(answers).map(([id, value], n) => [
      id,
      { n, at: at('2026-11-20T06:00:00Z'), known: true, value, ruledOut: false },
    ]),
  );

const look = (
  id: string,
  zone: string,
  answers: Readonly<Record<string, Json>>,
  now: string,
  told?: string,
) =>
  countdown(
    duty(id),
    recorded(answers),
    new Map(
      told === undefined
        ? []
        : [[id, { submittedAt: at(told), proved: true, acknowledgedAt: null, phase: 1 }]],
    ),
    at(now),
    { zone, earliestAt: at('2026-01-01T00:00:00Z'), holidays: () => null },
  );

describe('the 72 hours of Art. 33(1)', () => {
  it.each([
    // aware, zone, due; then told and how that stands
    [
      '2026-10-23T18:00:00+02:00',
      'Europe/Berlin',
      '2026-10-26T17:00:00+01:00',
      '2026-10-26T17:00:00+01:00',
      'met',
    ],
    [
      '2026-10-23T18:00:00+02:00',
      'Europe/Berlin',
      '2026-10-26T17:00:00+01:00',
      '2026-10-26T18:00:00+01:00',
      'met-late',
    ],
    [
      '2026-10-23T18:00:00+01:00',
      'Europe/Dublin',
      '2026-10-26T17:00:00+00:00',
      '2026-10-26T17:30:00+00:00',
      'met-late',
    ],
    [
      '2026-03-28T12:00:00+00:00',
      'Europe/Dublin',
      '2026-03-31T13:00:00+01:00',
      '2026-03-31T13:00:00+01:00',
      'met',
    ],
    [
      '2026-05-22T16:30:00+02:00',
      'Europe/Berlin',
      '2026-05-25T16:30:00+02:00',
      '2026-05-26T09:00:00+02:00',
      'met-late',
    ],
    [
      '2026-12-24T23:00:00+00:00',
      'Europe/Dublin',
      '2026-12-27T23:00:00+00:00',
      '2026-12-27T22:59:59+00:00',
      'met',
    ],
    [
      '2026-02-27T12:00:00+01:00',
      'Europe/Berlin',
      '2026-03-02T12:00:00+01:00',
      '2026-03-02T12:00:01+01:00',
      'met-late',
    ],
  ])('aware %s in %s: due %s; told %s is %s', (aware, zone, due, told, standing) => {
    const found = look('gdpr.33-1', zone, { aware }, aware);
    expect('due' in found && found.due.is === 'at' && formatLocal(found.due.at, zone, 'rfc3339')).toBe(due);
    expect(look('gdpr.33-1', zone, { aware }, '2027-01-01T00:00:00Z', told).standing).toBe(standing);
  });

  it('schedules the conservative reading and gives the others as text', () => {
    expect(duty('gdpr.33-1')).toMatchObject({
      period: { kind: 'hours', hours: 72 },
      readings: [{ name: /R1/ }, { name: /R2/ }],
    });
  });

  it('asks for every element of 33(3) and lets each follow (33(4))', () => {
    const { elements } = duty('gdpr.33-1');
    expect(new Set(elements.map(({ article }) => article))).toEqual(
      new Set(['33(3)(a)', '33(3)(b)', '33(3)(c)', '33(3)(d)']),
    );
    expect(elements.every(({ may_follow }) => may_follow)).toBe(true);
  });
});

describe('what ends a duty and what does not', () => {
  const now = '2026-11-20T12:00:00Z';
  const aware = '2026-11-20T08:00:00Z';
  it.each([
    ['gdpr.33-1', { aware, 'risk-unlikely': 'yes' }, 'ruled-out'],
    ['gdpr.33-5', { aware, 'risk-unlikely': 'yes' }, 'running'],
    ['gdpr.33-2', { 'risk-unlikely': 'yes' }, 'provisional'],
    ['gdpr.34', { aware, 'risk-unlikely': 'yes' }, 'provisional'],
    ['gdpr.34', { aware, 'high-risk': 'yes' }, 'running'],
    ['gdpr.34', { aware, 'high-risk': 'no' }, 'ruled-out'],
    ['gdpr.34', { 'high-risk': 'yes', 'people-exempt': 'yes' }, 'ruled-out'],
    ['gdpr.33-1', { aware, 'personal-data': false }, 'ruled-out'],
    ['gdpr.33-5', { aware, 'personal-data': false }, 'ruled-out'],
    ['gdpr.33-1', { aware, 'personal-data': true }, 'running'],
  ])('%s with %j is %s', (id, answers, standing) => {
    expect(look(id, 'Europe/Dublin', answers, now).standing).toBe(standing);
  });

  it('gives no number where the law has none', () => {
    for (const id of ['gdpr.33-2', 'gdpr.33-5', 'gdpr.34']) expect(duty(id).period.kind).toBe('none');
  });
});

describe('which duties could apply', () => {
  const judged = (acts_as: Situation['organisation']['acts_as'], answers: Readonly<Record<string, Json>>) =>
    Object.fromEntries(
      gdpr
        .applies({
          organisation: { country: 'IE', acts_as, takes_cards: false },
          holds: [],
          regions: [],
          uses: [],
          facts: recorded(answers),
        })
        .filter(({ duty: { per_person: each } }) => each === undefined)
        .map((found) => [found.duty.id, found.is]),
    );

  it.each([
    [
      'controller',
      {},
      { 'gdpr.33-1': 'could', 'gdpr.33-2': 'not', 'gdpr.33-5': 'could', 'gdpr.34': 'could' },
    ],
    ['processor', {}, { 'gdpr.33-1': 'not', 'gdpr.33-2': 'could', 'gdpr.33-5': 'not', 'gdpr.34': 'not' }],
    ['both', {}, { 'gdpr.33-1': 'could', 'gdpr.33-2': 'could', 'gdpr.33-5': 'could', 'gdpr.34': 'could' }],
    [
      'processor',
      { aware: true },
      { 'gdpr.33-1': 'owed', 'gdpr.33-2': 'could', 'gdpr.33-5': 'owed', 'gdpr.34': 'not' },
    ],
    [
      'controller',
      { aware: true },
      { 'gdpr.33-1': 'owed', 'gdpr.33-2': 'not', 'gdpr.33-5': 'owed', 'gdpr.34': 'could' },
    ],
    [
      'both',
      { 'personal-data': 'no' },
      { 'gdpr.33-1': 'not', 'gdpr.33-2': 'not', 'gdpr.33-5': 'not', 'gdpr.34': 'not' },
    ],
  ] as const)('to a %s knowing %j', (acts_as, answers, expected) => {
    expect(judged(acts_as, answers)).toEqual(expected);
  });

  it('names the facts that would settle it', () => {
    const found = gdpr.applies({
      organisation: { country: 'IE', acts_as: 'controller', takes_cards: false },
      holds: [],
      regions: [],
      uses: [],
      facts: recorded({ 'personal-data': 'yes' }),
    });
    expect(found[0]).toMatchObject({ is: 'could', missing: ['aware', 'risk-unlikely'] });
  });
});
