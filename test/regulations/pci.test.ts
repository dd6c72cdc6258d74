import { describe, expect, it } from 'vitest';
import { formatLocal, parseInstant, type Instant } from '../../src/base/instant.ts';
import { countdown } from '../../src/incident/countdown.ts';
import type { FactView } from '../../src/model/obligation.ts';
import { pci } from '../../src/regulations/pci.ts';

const at = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (parsed === null) throw new Error(`${text} is no time`);
  return parsed;
};
const recorded = (answers: Readonly<Record<string, string>>): ReadonlyMap<string, FactView> =>
  new Map(
    Object.entries(answers).map(([id, time], n) => [
      id,
      { n, at: at(time), known: true, value: time, ruledOut: false },
    ]),
  );
const holidays = () => ({
  id: 'US',
  dates: new Set(['2026-11-26', '2026-12-25', '2027-01-01', '2027-01-18']),
});

describe('the clocks of a card incident', () => {
  const zone = 'America/New_York';
  it.each([
    ['pci.acquirer', 'cardholder-data-suspected', '2026-11-25T10:00:00-05:00', 'at once'],
    [
      'pci.visa-notify',
      'cardholder-data-suspected',
      '2026-11-25T10:00:00-05:00',
      '2026-11-28T23:59:59-05:00',
    ],
    [
      'pci.visa-accounts',
      'cardholder-data-suspected',
      '2026-11-25T10:00:00-05:00',
      '2026-11-28T23:59:59-05:00',
    ],
    ['pci.visa-report', 'visa-notified', '2026-11-28T10:00:00-05:00', '2026-12-01T23:59:59-05:00'],
    ['pci.visa-pfi-contract', 'pfi-required', '2026-11-25T10:00:00-05:00', '2026-12-03T23:59:59-05:00'],
    ['pci.pfi-preliminary', 'pfi-engaged', '2026-12-21T10:00:00-05:00', '2026-12-29T23:59:59-05:00'],
    ['pci.pfi-final', 'pfi-completed', '2027-01-04T10:00:00-05:00', '2027-01-19T23:59:59-05:00'],
    [
      'pci.mastercard-report',
      'cardholder-data-suspected',
      '2026-10-31T20:00:00-04:00',
      '2026-11-01T19:00:00-05:00',
    ],
    ['pci.mastercard-pfi', 'pfi-required', '2026-03-06T15:00:00-05:00', '2026-03-09T16:00:00-04:00'],
    [
      'pci.amex-notify',
      'cardholder-data-suspected',
      '2026-11-20T11:00:00-05:00',
      '2026-11-23T11:00:00-05:00',
    ],
    [
      'pci.discover-notify',
      'cardholder-data-suspected',
      '2026-11-20T11:00:00-05:00',
      '2026-11-22T11:00:00-05:00',
    ],
  ])('%s: from %s at %s to %s', (id, start, time, expected) => {
    const duty = pci.obligations.find((obligation) => obligation.id === id);
    if (duty === undefined) throw new Error(`no duty ${id}`);
    const found = countdown(duty, recorded({ [start]: time }), new Map(), at(time), {
      zone,
      earliestAt: at(time),
      holidays,
    });
    expect(found).toMatchObject({ standing: 'running', context: id !== 'pci.acquirer' });
    const due = 'due' in found ? found.due : null;
    expect(due?.is === 'at' ? formatLocal(due.at, zone, 'rfc3339') : due?.wording).toBe(expected);
  });

  it('are not counted before the act that starts them, and the others are', () => {
    const earliestAt = at('2026-11-20T02:00:00Z');
    const standing = pci.obligations.map((duty) => {
      const found = countdown(duty, new Map(), new Map(), earliestAt, { zone, earliestAt, holidays });
      return [duty.id, found.standing];
    });
    const idle = standing.filter(([, is]) => is === 'idle').map(([id]) => id);
    expect(idle).toEqual([
      'pci.visa-report',
      'pci.visa-pfi-contract',
      'pci.mastercard-pfi',
      'pci.pfi-preliminary',
      'pci.pfi-final',
    ]);
    expect(standing.filter(([, is]) => is === 'provisional')).toHaveLength(6);
  });

  it('end together when the suspicion is ruled out', () => {
    const facts = new Map([
      [
        'cardholder-data-suspected',
        { n: 9, at: at('2026-11-20T06:00:00Z'), known: true, value: null, ruledOut: true },
      ],
    ]);
    for (const duty of pci.obligations.filter(({ starts }) => starts === 'cardholder-data-suspected')) {
      const found = countdown(duty, facts, new Map(), at('2026-11-20T07:00:00Z'), {
        zone,
        earliestAt: at('2026-11-20T02:00:00Z'),
        holidays,
      });
      expect(found).toMatchObject({ standing: 'ruled-out', by: 9 });
    }
  });
});

describe('which clocks could apply', () => {
  const judged = (
    takes_cards: boolean,
    holds: readonly string[],
    answers: Readonly<Record<string, string>> = {},
  ) =>
    new Set(
      pci
        .applies({
          organisation: { country: 'IE', acts_as: 'controller', takes_cards },
          holds,
          regions: [],
          uses: [],
          facts: recorded(answers),
        })
        .map((found) => found.is),
    );

  it.each([
    ['takes cards', true, [], {}, ['could']],
    ['takes none, but its inbox holds card numbers', false, ['payment-card'], {}, ['could']],
    ['takes none and holds none', false, ['contact'], {}, ['not']],
    [
      'takes none, but card data are suspected',
      false,
      [],
      { 'cardholder-data-suspected': '2026-11-20T06:00:00Z' },
      ['owed', 'could'],
    ],
  ])('to a company that %s', (_, takes, holds, answers, expected) => {
    expect(judged(takes, holds, answers as Readonly<Record<string, string>>)).toEqual(new Set(expected));
  });
});
