import { expect, test } from 'vitest';
import type { Obligation } from '../../src/model/obligation.ts';
import { clocks } from '../../src/projections/countdowns.ts';
import { regulations } from '../../src/regulations/index.ts';
import { story } from '../incident/story.ts';
import type { Story } from '../incident/story.ts';
import { at } from '../fakes/clock.ts';

/** A report that follows another one counts from when that one was submitted, without anybody saying so a second time. */

const all: readonly Obligation[] = Object.values(regulations).flatMap((one) => one.obligations);
const clock = (told: Story, duty: string) =>
  clocks(told.state(), all, told.now(), { zone: 'Europe/Berlin', holidays: () => null }).find(
    (one) => one.duty === duty,
  );
const submits = (told: Story, duty: string, when: string): void => {
  told.does({ do: 'submit', duty, at: at(when), channel: 'the portal' });
};

test.each([
  ['nis2.final', 'nis2.notification', '2026-11-20T05:00:00Z', '2026-12-20T22:59:59.999Z'],
  ['nis2.final', 'nis2.trust-service-notification', '2026-11-20T05:00:00Z', '2026-12-20T22:59:59.999Z'],
  ['brazil.anpd-supplement', 'brazil.anpd', '2026-11-20T05:00:00Z', '2026-12-18T22:59:59.999Z'],
  ['dora.intermediate', 'dora.initial', '2026-11-20T05:00:00Z', '2026-11-23T05:00:00.000Z'],
  // A Saturday moves to noon of the next working day.
  ['dora.final', 'dora.intermediate', '2026-11-19T05:00:00Z', '2026-12-21T11:00:00.000Z'],
  [
    'us-states.ca-attorney-general',
    'us-states.ca-residents',
    '2026-11-20T05:00:00Z',
    '2026-12-05T22:59:59.999Z',
  ],
  ['pci.visa-report', 'pci.visa-notify', '2026-11-20T05:00:00Z', '2026-11-23T22:59:59.999Z'],
])('%s counts from the submission of %s', (follows, first, when, due) => {
  const told = story();
  expect(clock(told, follows)?.startedBecause).toContain(first);
  expect(clock(told, follows)).toMatchObject({ standing: 'idle', due: null });
  submits(told, first, when);
  const n = told.entries().length - 1;
  expect(clock(told, follows)).toMatchObject({
    standing: 'running',
    provisional: false,
    startedBy: n,
    dueUtc: due,
  });
  expect(clock(told, follows)?.startedBecause).toContain(`entry ${n} records that ${first} was submitted`);
});

test('the first submission counts, until a person records another start', () => {
  const told = story();
  submits(told, 'dora.intermediate', '2026-11-18T05:00:00Z');
  submits(told, 'dora.intermediate', '2026-11-20T05:00:00Z');
  expect(clock(told, 'dora.final')?.dueUtc?.slice(0, 10)).toBe('2026-12-18');
  const answer = { is: 'time', at: at('2026-11-20T05:00:00Z') } as const;
  told.does({ do: 'learn', fact: 'dora-intermediate-sent', answer });
  expect(clock(told, 'dora.final')?.dueUtc?.slice(0, 10)).toBe('2026-12-21');
  expect(clock(told, 'dora.final')?.startedBecause).toContain('records "dora-intermediate-sent"');
});

test('what was ruled out by a person stays so', () => {
  const told = story();
  told.does({ do: 'rule-out', fact: 'nis2-notification-sent', reason: 'The authority closed the case' });
  submits(told, 'nis2.notification', '2026-11-20T05:00:00Z');
  expect(clock(told, 'nis2.final')?.standing).toBe('ruled-out');
});

test('every duty that follows on another follows on one that there is, and starts no earlier', () => {
  for (const { id, after, provisional } of all.filter((one) => one.after !== undefined)) {
    expect(all.map((one) => one.id)).toEqual(expect.arrayContaining([...(after ?? [])]));
    expect(`${id} ${provisional}`).toBe(`${id} false`);
  }
  // Whatever starts with something that was sent says with what.
  const sent = all.filter(({ starts }) => /-(?:sent|notified)$/.test(starts));
  expect(sent.filter(({ after }) => after === undefined).map(({ id }) => id)).toEqual([]);
});
