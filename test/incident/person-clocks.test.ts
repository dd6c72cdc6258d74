import { describe, expect, test } from 'vitest';
import { isProblem } from '../../src/base/problem.ts';
import { decide } from '../../src/incident/decide.ts';
import { personDuties } from '../../src/incident/person-clocks.ts';
import type { Command } from '../../src/model/command.ts';
import { dutyForKind, lawFits } from '../../src/model/person-clock.ts';
import { clocks } from '../../src/projections/countdowns.ts';
import { gdpr } from '../../src/regulations/gdpr.ts';
import { uk } from '../../src/regulations/uk.ts';
import { at, told, type Happening } from '../fixtures/incident.ts';

const zone = 'Europe/Berlin';
const rules = [...gdpr.obligations, ...uk.obligations];
const opened: Happening = {
  kind: 'incident.opened',
  pub: {
    codename: 'x',
    runbook: null,
    severity: 'low',
    drill: false,
    zone,
    earliest_at: at('2026-01-01T00:00:00Z'),
  },
};
const one = (clock: string, received: string, more: { zone?: string; country?: string } = {}): Happening => ({
  kind: 'clock.opened',
  pub: { clock, at: at(received), zone: more.zone ?? null, country: more.country ?? null },
  priv: { ref: { class: 'victims', value: 'D-12' } },
});
const boardOf = (happenings: readonly Happening[], now: string) => {
  const { state, reveal } = told([opened, ...happenings]);
  const duties = personDuties(state, rules, zone);
  return clocks(state, duties, at(now), { zone, holidays: () => null, reveal });
};
const dueOf = (happenings: readonly Happening[], clock: string): string | null | undefined =>
  boardOf(happenings, '2026-02-01T00:00:00Z').find(({ duty }) => duty === clock)?.dueUtc;

describe('a clock for one person', () => {
  test('counts a month from the day of receipt, by the days of its own zone', () => {
    const many = [
      one('gdpr.dsar:1', '2026-01-31T10:00:00+01:00'),
      one('gdpr.dsar:2', '2026-01-15T23:30:00Z', { zone: 'Pacific/Auckland' }),
      one('uk.complaint:1', '2026-06-20T09:00:00Z', { zone: 'Europe/London', country: 'GB' }),
    ];
    expect(dueOf(many, 'gdpr.dsar:1')).toBe('2026-02-28T22:59:59.999Z');
    expect(dueOf(many, 'gdpr.dsar:2')).toBe('2026-02-16T10:59:59.999Z');
    expect(dueOf(many, 'uk.complaint:1')).toBe('2026-07-20T22:59:59.999Z');
    expect(boardOf(many, '2026-02-01T00:00:00Z').map(({ about }) => about)).toEqual(['D-12', 'D-12', 'D-12']);
  });

  test('is longer by two months only if the person was told within the first', () => {
    const late: Happening = {
      kind: 'clock.extended',
      pub: { clock: 'gdpr.dsar:1', told: at('2026-03-01T10:00:00Z'), decider: 'ada' },
    };
    const inTime: Happening = { ...late, pub: { ...late.pub, told: at('2026-02-20T10:00:00Z') } };
    const start = one('gdpr.dsar:1', '2026-01-31T10:00:00+01:00');
    expect(dueOf([start, inTime], 'gdpr.dsar:1')).toBe('2026-04-30T21:59:59.999Z');
    expect(dueOf([start, late], 'gdpr.dsar:1')).toBe('2026-02-28T22:59:59.999Z');
    expect(boardOf([start, late], '2026-02-01T00:00:00Z')[0]?.note).toContain('told after the first period');
  });

  test('follows a correction, and the earlier word stays in its history', () => {
    const corrected: Happening = {
      kind: 'clock.corrected',
      pub: { clock: 'gdpr.dsar:1', at: at('2026-01-29T10:00:00Z'), corrects: 1 },
    };
    const all = [one('gdpr.dsar:1', '2026-01-31T10:00:00+01:00'), corrected];
    expect(boardOf(all, '2026-02-01T00:00:00Z')[0]).toMatchObject({
      startedBy: 2,
      dueUtc: '2026-02-28T22:59:59.999Z',
    });
    expect(told([opened, ...all]).state.personClocks.get('gdpr.dsar:1')?.earlier).toEqual([1]);
  });

  test('is submitted, proved and acknowledged by itself', () => {
    const board = boardOf(
      [
        one('gdpr.dsar:1', '2026-01-10T10:00:00Z'),
        one('gdpr.dsar:2', '2026-01-10T10:00:00Z'),
        { kind: 'duty.submitted', pub: { duty: 'gdpr.dsar:1', at: at('2026-01-20T10:00:00Z'), phase: 1 } },
        { kind: 'duty.proved', pub: { duty: 'gdpr.dsar:1', kind: 'delivery-status', evidence: null } },
      ],
      '2026-02-01T00:00:00Z',
    );
    expect(board.map(({ duty, standing }) => [duty, standing])).toEqual([
      ['gdpr.dsar:2', 'running'],
      ['gdpr.dsar:1', 'met'],
    ]);
  });

  test('ends without an answer, and says how', () => {
    const [ended] = boardOf(
      [
        one('gdpr.dsar:1', '2026-01-10T10:00:00Z'),
        { kind: 'clock.ended', pub: { clock: 'gdpr.dsar:1', how: 'withdrawn' } },
      ],
      '2027-02-01T00:00:00Z',
    );
    expect(ended).toMatchObject({ standing: 'ruled-out', startedBy: 2 });
    expect(ended?.startedBecause).toContain('withdrawn');
  });

  test('counts without any key, its reference sealed', () => {
    const { state } = told([opened, one('gdpr.dsar:1', '2026-01-10T10:00:00Z')]);
    const [sealed] = clocks(state, personDuties(state, rules, zone), at('2026-01-11T00:00:00Z'), {
      zone,
      holidays: () => null,
      reveal: () => null,
    });
    expect(sealed).toMatchObject({ about: '[sealed]', standing: 'running' });
  });

  test('does not start where the rule was no law yet', () => {
    const [before] = boardOf(
      [one('uk.complaint:1', '2025-03-01T10:00:00Z', { country: 'GB' })],
      '2026-02-01T00:00:00Z',
    );
    expect(before).toMatchObject({ standing: 'idle', due: null });
    expect(before?.startedBecause).toContain('not in force');
  });
});

describe('what a person types about one', () => {
  const context = {
    now: at('2026-02-01T00:00:00Z'),
    actor: 'ada',
    mask: (text: string) => text.replace('4111111111111111', '[card]'),
    fingerprint: () => '',
  };
  const { state } = told([opened, one('gdpr.dsar:1', '2026-01-10T10:00:00Z')]);
  const open: Command = { do: 'open-clock', duty: 'gdpr.dsar', at: at('2026-01-31T00:00:00Z'), ref: 'D-13' };

  test('gets the next number, and nothing that names a person in public', () => {
    const [event] = decide(state, { ...open, person: 'Ann 4111111111111111' }, context);
    expect(event?.pub).toEqual({ clock: 'gdpr.dsar:2', at: open.at, zone: null, country: null });
    expect(event?.priv).toEqual({
      ref: { class: 'victims', value: 'D-13' },
      person: { class: 'victims', value: 'Ann [card]' },
    });
  });

  test.each<[string, Command, string]>([
    ['a moment still to come', { ...open, at: at('2027-01-01T00:00:00Z') }, 'still to come'],
    ['no reference', { ...open, ref: ' ' }, 'reference is needed'],
    [
      'a correction without a reason',
      { do: 'correct-clock', clock: 'gdpr.dsar:1', at: open.at, reason: '' },
      'reason',
    ],
    [
      'an end without a reason',
      { do: 'end-clock', clock: 'gdpr.dsar:1', how: 'refused', reason: '' },
      'reason',
    ],
  ])('is refused with %s', (_, command, why) => {
    try {
      decide(state, command, context);
      expect.unreachable();
    } catch (error) {
      expect(isProblem(error) && error.facts['why']).toContain(why);
    }
  });

  test('is counted by the law of the country', () => {
    expect(dutyForKind('dsar', 'GB')).toBe('uk.dsar');
    expect(dutyForKind('complaint', null)).toBe('uk.complaint');
    expect(dutyForKind('erasure', 'DE')).toBe('gdpr.erasure');
    expect(lawFits('gdpr.dsar', 'BR')).toBe(false);
    expect(lawFits('gdpr.dsar', 'DE')).toBe(true);
  });
});
