import { describe, expect, test } from 'vitest';
import { parseInstant, type Instant } from '../../../src/base/instant.ts';
import { cadenceRules } from '../../../src/model/cadence.ts';
import { cadence, cadenceNotice } from '../../../src/projections/programme/cadence.ts';
import type { CadenceInput } from '../../../src/projections/programme/cadence.ts';
import type { DrillRecord } from '../../../src/projections/programme/record.ts';

/** Two drills that people played, and a clock that is moved over the days on which something becomes due. */

const at = (text: string): Instant => parseInstant(text) ?? (0 as Instant);

const drill = (id: string, begun: string, more: Partial<DrillRecord> = {}): DrillRecord => ({
  id,
  codename: id,
  runbook: 'quiet-key',
  begunAt: at(begun),
  by: 'people',
  passed: true,
  card: null,
  realEvent: false,
  people: ['ada'],
  pci: ['roles', 'legal'],
  gdpr: [],
  items: [],
  calls: [],
  ...more,
});

const first = drill('first', '2026-01-10T10:00:00Z');
const second = drill('second', '2026-06-01T10:00:00Z', {
  runbook: 'wrong-ears',
  people: ['ben'],
  pci: ['backup'],
});

const seen = (now: string, more: Partial<CadenceInput> = {}) =>
  cadence({
    rules: cadenceRules(undefined),
    drills: [first, second],
    scenarios: [
      { runbook: 'quiet-key', title: 'Quiet Key' },
      { runbook: 'wrong-ears', title: 'Wrong Ears' },
    ],
    people: [
      { handle: 'ada', roles: ['responder'] },
      { handle: 'ben', roles: ['commander'] },
      { handle: 'cyd', roles: ['responder'], joined: '2026-11-01' },
      { handle: 'dee', roles: ['legal'] },
    ],
    now: at(now),
    zone: 'Europe/Dublin',
    ...more,
  });
const turn = (view: ReturnType<typeof seen>, person: string) =>
  view.people.find((one) => one.person === person);

describe('the programme', () => {
  test('has its next drill 183 days after the last one, and says when that is over', () => {
    expect(seen('2026-10-31T12:00:00Z').programme).toEqual({
      last: '2026-06-01',
      due: '2026-12-01',
      standing: 'fine',
    });
    expect(seen('2026-11-02T12:00:00Z').programme.standing).toBe('due');
    expect(seen('2026-12-01T23:00:00Z').programme.standing).toBe('due');
    const late = seen('2026-12-02T00:30:00Z');
    expect(late.programme.standing).toBe('overdue');
    expect(late.late).toContain('the next drill: overdue since 2026-12-01');
  });

  test('counts by the days that the workspace names', () => {
    const rules = cadenceRules({ programme_days: 30 });
    expect(seen('2026-07-02T12:00:00Z', { rules }).programme).toMatchObject({
      due: '2026-07-01',
      standing: 'overdue',
    });
    expect(rules.scenario_days).toBe(365);
  });

  test('does not count what the scripted responder plays, nor what nobody played to its score', () => {
    const scripted = drill('scripted', '2026-11-20T10:00:00Z', { by: 'script' });
    const broken = drill('broken', '2026-11-21T10:00:00Z', { passed: null });
    const view = seen('2026-11-27T12:00:00Z', { drills: [first, second, scripted, broken] });
    expect(view).toMatchObject({ played: 2, scripted: 1, programme: { last: '2026-06-01' } });
    const human = seen('2026-11-27T12:00:00Z', {
      drills: [first, second, { ...scripted, by: 'people' }],
    });
    expect(human.programme.last).toBe('2026-11-20');
  });

  test('was never held where there is no drill at all, and that is late', () => {
    const view = seen('2026-11-27T12:00:00Z', { drills: [] });
    expect(view.programme).toEqual({ last: null, due: null, standing: 'never' });
    expect(view.late).toContain('the next drill: never practised');
    expect(cadenceNotice(view)).toBe('Drills: nobody has held one yet. firebreak drill status');
    // A drill of the script can have left work for people.
    const left = { ...view, overdueItems: [{} as (typeof view.overdueItems)[number]] };
    expect(cadenceNotice(left)).toContain('1 of them improvements; next drill never practised');
  });
});

describe('scenarios, people and elements', () => {
  test('each have a year of their own', () => {
    const view = seen('2027-01-11T12:00:00Z');
    expect(view.scenarios.map(({ runbook, standing }) => [runbook, standing])).toEqual([
      ['quiet-key', 'overdue'],
      ['wrong-ears', 'fine'],
    ]);
    expect(turn(view, 'ada')).toMatchObject({ last: '2026-01-10', due: '2027-01-10', standing: 'overdue' });
    expect(turn(view, 'ben')?.standing).toBe('fine');
    const elements = new Map(view.elements.map(({ element, standing }) => [element, standing]));
    expect(elements.get('roles')).toBe('overdue');
    expect(elements.get('backup')).toBe('fine');
    expect(elements.get('brands')).toBe('never');
  });

  test('whoever is new has thirty days, and whoever is not on call is not asked', () => {
    expect(turn(seen('2026-11-27T12:00:00Z'), 'cyd')).toMatchObject({ due: '2026-12-01', standing: 'due' });
    expect(turn(seen('2026-12-02T12:00:00Z'), 'cyd')?.standing).toBe('overdue');
    expect(turn(seen('2026-12-02T12:00:00Z'), 'dee')).toBeUndefined();
  });

  test('nothing is said where everything is in time', () => {
    const calm = seen('2026-06-02T12:00:00Z', { people: [], scenarios: [] });
    const covered = { ...calm, late: [], soon: [] };
    expect(cadenceNotice(covered)).toBeNull();
    expect(cadenceNotice({ ...covered, soon: ['the next drill: due 2026-12-01'] })).toContain('due soon');
  });
});

describe('improvements', () => {
  const item = {
    name: 'first-1',
    number: 1,
    drill: 'first',
    runbook: 'quiet-key',
    observation: 'Nobody had the number',
    action: 'Print it',
    cause: null,
    owner: 'ada',
    due: '2026-11-26',
    priority: 'high' as const,
    openedAt: first.begunAt,
    closed: null,
  };
  test('are late from the day after their day, in the zone of the team, until they are closed', () => {
    const drills = [{ ...first, items: [item] }, second];
    expect(seen('2026-11-26T23:59:00Z', { drills }).overdueItems).toEqual([]);
    expect(seen('2026-11-27T00:01:00Z', { drills }).overdueItems).toHaveLength(1);
    const closed = { how: 'evidence' as const, evidence: 'Photo', retest: null, at: second.begunAt };
    const done = [{ ...first, items: [{ ...item, closed }] }, second];
    expect(seen('2026-11-27T00:01:00Z', { drills: done })).toMatchObject({ overdueItems: [], openItems: 0 });
  });
});
