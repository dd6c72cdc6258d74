import type { AuditDoor, SyncReport } from '../../src/app/contract.ts';
import { at } from '../fakes/clock.ts';

/** An audit of nothing. A test overrides the answers it is about. */

export const syncReport = (more: Partial<SyncReport> = {}): SyncReport => ({
  at: at('2026-03-01T09:00:00Z'),
  systems: [],
  differences: [],
  blindSpots: [],
  writes: 0,
  ...more,
});

export const fakeAudits = (more: Partial<AuditDoor> = {}): AuditDoor => ({
  sync: async () => await Promise.resolve(syncReport()),
  write: () => ({ file: '/work/inventory.yaml', rows: 0 }),
  ...more,
});
