import { expect, test } from 'vitest';
import type { IncidentSummary } from '../../src/app/contract.ts';
import { HOUR } from '../../src/base/duration.ts';
import { instant } from '../../src/base/instant.ts';
import { fakeApp } from './fake-app.ts';
import { firebreak } from './rig.ts';

const since = instant(Date.UTC(2026, 10, 20));

const proved = (more: Pick<IncidentSummary, 'codename' | 'drill' | 'phase'>): IncidentSummary => ({
  id: 'inc-01K0000000000000000000000A' as IncidentSummary['id'],
  title: 'Token in a notebook',
  runbook: 'leaked-whatsapp-token',
  severity: 'high',
  openedAt: since,
  purpose: 'breach',
  done: 3,
  total: 5,
  unsure: 0,
  nextClock: null,
  awaiting: [{ duty: 'gdpr.33-1', since, ageMs: 5 * HOUR, due: null, overdue: false }],
  held: false,
  handed: null,
  ...more,
});

test('an answer that is missing is told of an incident, marked of a drill, and not at all once the drill has ended', async () => {
  const incidents = [
    proved({ codename: 'amber-otter', drill: false, phase: 'closed' }),
    proved({ codename: 'quiet-heron', drill: true, phase: 'open' }),
    proved({ codename: 'pale-wren', drill: true, phase: 'closed' }),
  ];
  const { stderr } = await firebreak(['list'], { app: fakeApp({ incidents: () => incidents }) });
  expect(stderr).toMatch(/! amber-otter: gdpr\.33-1 was .*NOT ACKNOWLEDGED/);
  expect(stderr).toMatch(/! DRILL quiet-heron: gdpr\.33-1 was /);
  expect(stderr).not.toContain('pale-wren');
});
