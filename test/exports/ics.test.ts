import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { clocks } from '../../src/projections/countdowns.ts';
import { revisions } from '../../src/projections/revisions.ts';
import { gdpr } from '../../src/regulations/gdpr.ts';
import { at, leakedToken, told, openedIn } from '../fixtures/incident.ts';
import { hostileTexts } from '../security/corpus.ts';
import { input, rendered } from './rig.ts';

// What is written is read by a library of somebody else.

const eventsIn = (text: string) =>
  new ICAL.Component(ICAL.parse(text) as string[])
    .getAllSubcomponents('vevent')
    .map((event) => new ICAL.Event(event));
const read = (drill = false, changes = {}) => eventsIn(rendered('ics', input(leakedToken(drill), changes)));

describe('the calendar', () => {
  test('holds each moment with a name of its own, and alarms before it', () => {
    const [event] = read();
    expect(event?.uid).toBe('gdpr.33-1.01KAMBEROTTER@firebreak.invalid');
    const due = input(leakedToken()).clocks.find(({ duty }) => duty === 'gdpr.33-1')?.dueUtc;
    expect(event?.startDate.toString()).toBe(`${due?.slice(0, 19) ?? ''}Z`);
    expect(event?.summary).toContain('Notify the supervisory authority');
  });

  test('alarms for what is still open, once before each threshold', () => {
    const { state, entries, reveal } = leakedToken();
    const open = { ...state, submissions: new Map() };
    const views = clocks(open, gdpr.obligations, at('2026-11-20T06:00:00Z'), {
      zone: 'UTC',
      holidays: () => null,
    });
    const [event] = eventsIn(
      rendered('ics', input({ ...leakedToken(), entries, state, reveal }, { clocks: views })),
    );
    const alarms = event?.component.getAllSubcomponents('valarm') ?? [];
    expect(alarms.map((alarm) => String(alarm.getFirstPropertyValue('trigger')))).toEqual([
      '-P7D',
      '-P1D',
      '-PT6H',
      '-PT1H',
      '-PT15M',
      'PT0S',
    ]);
  });

  test('says of a drill that it is one in every event', () => {
    const drill = read(true);
    expect(drill.length).toBeGreaterThan(0);
    for (const { summary, description } of drill) {
      expect(summary).toMatch(/^DRILL: /);
      expect(description).toContain('This is an exercise');
    }
  });

  test('takes its stamp and its number from the journal, whatever time it is', () => {
    const later = input(leakedToken(), { now: at('2027-01-01T00:00:00Z') });
    expect(rendered('ics', later)).toBe(rendered('ics', input(leakedToken())));
    const [event] = read();
    const revision = revisions(leakedToken().entries, () => gdpr.obligations, {
      zone: 'Europe/Dublin',
      holidays: () => null,
    }).get('gdpr.33-1');
    expect(event?.sequence).toBe(revision?.sequence);
    expect(event?.sequence).toBeGreaterThan(0);
  });

  test('takes back what was ruled out', () => {
    const { entries, state } = told([
      openedIn('UTC'),
      { kind: 'fact.ruled_out', pub: { fact: 'aware', step: null } },
    ]);
    const found = eventsIn(rendered('ics', input({ ...leakedToken(), entries, state })));
    const cancelled = found.find(({ uid }) => uid.startsWith('gdpr.33-1.'));
    expect(cancelled?.component.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(cancelled?.sequence).toBe(1);
  });

  test('keeps hostile words of a duty inside their line', () => {
    const [first, ...rest] = input(leakedToken()).clocks;
    const events = read().length;
    for (const text of hostileTexts) {
      const hostile = first === undefined ? [] : [{ ...first, title: text, to: text, source: text }];
      const written = rendered('ics', input(leakedToken(), { clocks: [...hostile, ...rest] }));
      expect(eventsIn(written).length).toBe(events);
      expect(written.match(/^UID:/gm)?.length).toBe(events);
    }
  });
});
