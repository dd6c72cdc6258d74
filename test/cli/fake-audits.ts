import type {
  AuditDoor,
  AuditReport,
  Due,
  ProbePlan,
  ProbeReport,
  SyncReport,
} from '../../src/app/contract.ts';
import { at } from '../fakes/clock.ts';

/** An audit of nothing. A test overrides the answers it is about. */

export const syncReport = (more: Partial<SyncReport> = {}): SyncReport => ({
  at: at('2026-03-01T09:00:00Z'),
  systems: [],
  differences: [],
  blindSpots: [],
  unowned: [],
  writes: 0,
  ...more,
});

export const notDue: Due = { last: '2026-02-01', due: '2026-05-03', overdue: false, daysLeft: 63 };

export const auditReport = (more: Partial<AuditReport> = {}): AuditReport => ({
  at: at('2026-03-01T09:00:00Z'),
  findings: [],
  questions: [],
  since: { date: null, fresh: [], mended: [], still: [], unseen: [] },
  due: notDue,
  systems: [],
  blindSpots: [],
  lines: {},
  ...more,
});

export const probeReport = (plan: ProbePlan, more: Partial<ProbeReport> = {}): ProbeReport => ({
  ...plan,
  at: at('2026-03-01T09:00:00Z'),
  verdicts: [],
  rate: { sent: 9, limitedAt: 9 },
  skipped: [],
  ...more,
});

export const fakeAudits = (more: Partial<AuditDoor> = {}): AuditDoor => ({
  sync: async () => await Promise.resolve(syncReport()),
  audit: async () => await Promise.resolve(auditReport()),
  due: async () => await Promise.resolve(notDue),
  answer: async () => await Promise.resolve(),
  planProbe: async (url) =>
    await Promise.resolve({ url, host: new URL(url).host, receiver: 'hook', signs: 'meta' as const }),
  probe: async (plan) => await Promise.resolve(probeReport(plan)),
  save: (_report, format) => ({ path: `/home/example/exports/audit.${format}` }),
  draft: () => ({ file: '/work/inventory.yaml', rows: 0, lines: [] }),
  write: () => ({ file: '/work/inventory.yaml', rows: 0 }),
  ...more,
});
